import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { breachesIn } from '../../bench/limiter.js';
import type { FreeAccounts } from '../../test/stories/accounts.js';
import { howOf } from '../../test/stories/endings.js';
import { quiet } from '../../test/stories/serving.js';
import type { Account } from '../../test/stories/tested.js';
import { judgeCount } from '../judge/count.js';
import { judgeHistories } from '../judge/histories.js';
import { judgeOrder } from '../judge/order.js';
import { disclosed, personalIn } from '../judge/privacy.js';
import { describePlan, type Plan, planOf } from './plan.js';
import { LIMIT, openStage, type Stage, type StageOptions, workflowBundle } from './stage.js';
import { Stalls } from './stalls.js';
import { type StormOptions, startStorm } from './storm.js';
import { travel } from './travel.js';

export interface ChaosOptions extends StageOptions, StormOptions {
  /** The numbers of the orders, in the sequence in which they are handed in. */
  readonly orders: readonly number[];
  /** Orders that are under way at the same time. */
  readonly inFlight: number;
  readonly progress?: (text: string) => void;
}

/** Something that must not be. */
export interface Violation {
  /** The order; none when it is about the run. */
  readonly n?: number;
  readonly text: string;
}

/** What became of the orders of one story. */
export interface Tally {
  orders: number;
  completed: number;
  failed: number;
  canceled: number;
  /** How often a person was asked. */
  held: number;
  faults: number;
  requests: number;
}

export interface ChaosResult {
  readonly violations: readonly Violation[];
  readonly tallies: ReadonlyMap<string, Tally>;
  readonly kills: number;
  readonly endedByThemselves: number;
  readonly restarts: number;
  /** How often this process was late for a fifth of a second and more: limits are not judged just then. */
  readonly stood: number;
  readonly seconds: number;
  readonly runs: number;
  readonly replayed: number;
  /** With the logs, and the histories of what went wrong. */
  readonly folder: string;
}

/** What was seen of a run. */
interface Seen {
  readonly violations: Violation[];
  readonly tallies: ReadonlyMap<string, Tally>;
  /** The number of each order that was started, by its workflow id. */
  readonly accepted: Map<string, number>;
  /** Keys, and what is about a person. */
  readonly words: Set<string>;
  /** When the requests came, on the machine's clock, by what their limit is counted for. */
  readonly arrivals: Map<string, { readonly story: string; readonly times: number[] }>;
}

/**
 * A write that is lost and found nowhere takes a minute by itself; several faults, processes that die meanwhile and a
 * server that is away make it a few.
 */
const BUDGET_MS = 300_000;

/** A request that is worked late is worked within the time-out of its fault. */
const QUIET_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 100;

/** Hands orders in while faults strike, workers die and the server is killed; then judges all that there is. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { seed, orders, stories, inFlight, progress = () => {} } = options;
  quiet();
  const stage = await openStage(options);
  const { folder, server, workers } = stage;
  const seen: Seen = {
    violations: [],
    tallies: new Map(stories.map(({ contract }) => [contract.name, emptyTally()])),
    accepted: new Map(),
    words: new Set(stories.map(({ key }) => key)),
    arrivals: new Map(),
  };
  const { violations, tallies } = seen;
  const stalls = new Stalls();
  try {
    const begin = performance.now();
    const storm = startStorm(stage, options);
    const queue = orders.map((n) => planOf(seed, n, stories));
    const lane = async () => {
      for (let plan = queue.shift(); plan !== undefined; plan = queue.shift()) {
        for (const problem of await carry(stage, plan, `C-${seed}-${plan.n}`, seen)) {
          violations.push({ n: plan.n, text: problem });
          progress(`VIOLATION ${describePlan(plan)}\n${problem}\n`);
        }
        progress(`order ${plan.n} is over`);
      }
    };
    await Promise.all(Array.from({ length: inFlight }, lane));
    const seconds = (performance.now() - begin) / 1_000;
    await storm.stop();
    const { runs, replayed } = await judgeAll(stage, options, seen, stalls);
    const { kills, endedByThemselves } = workers;
    const { restarts } = server;
    const stood = stalls.number;
    return { violations, tallies, kills, endedByThemselves, restarts, stood, seconds, runs, replayed, folder };
  } finally {
    stalls.stop();
    await stage.close();
    if (violations.length === 0) await rm(folder, { recursive: true });
  }
}

/** Takes one order through what is planned for it. @returns what must not be */
async function carry(stage: Stage, plan: Plan, reference: string, seen: Seen): Promise<string[]> {
  const { n, story, journey } = plan;
  const { name } = story.contract;
  const free = stage.accounts.get(story) as FreeAccounts<Account>;
  return free.lend(journey.variant, async (account) => {
    const { sandbox } = account;
    for (const fault of [...plan.faults, ...plan.background]) sandbox.faults.add(fault as never);
    const input = account.order({ ...journey.order, ...(story.reference === undefined && { reference }) });
    for (const word of personalIn(input)) seen.words.add(word);
    const tally = seen.tallies.get(name) as Tally;
    tally.orders += 1;
    const problems: string[] = [];
    try {
      const started = (workflowId: string) => seen.accepted.set(workflowId, n);
      const { end, held } = await travel(stage.client, account, plan, input, BUDGET_MS, started);
      tally[howOf(end)] += 1;
      tally.held += held;
      await quietAt(account);
      const ledger = sandbox.ledger();
      const was = { canceled: plan.cancel !== undefined, held: held > 0 };
      problems.push(...judgeOrder({ story, journey, input, end, ledger }, was));
    } catch (error) {
      problems.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    const ledger = sandbox.ledger();
    tally.requests += ledger.requests.length;
    tally.faults += ledger.requests.filter(({ fault }) => fault !== null).length;
    const times = ledger.requests.map(({ time }) => momentOf(sandbox.clock, time));
    const limited = stage.limited.get(account.connection) as string;
    const earlier = seen.arrivals.get(limited)?.times ?? [];
    seen.arrivals.set(limited, { story: name, times: [...earlier, ...times] });
    const where = `reference ${input.reference} at ${account.connection}`;
    return problems.map((problem) => `${problem}\n    ${where}\n    ledger: ${extract(ledger)}`);
  });
}

/** What is judged when all orders are over. */
async function judgeAll(
  stage: Stage,
  { stories }: ChaosOptions,
  seen: Seen,
  stalls: Stalls,
): Promise<{ runs: number; replayed: number }> {
  const { client, folder, workers } = stage;
  const { violations, accepted, words } = seen;
  for (const { story, times } of seen.arrivals.values()) {
    const inOrder = times.toSorted((one, other) => one - other);
    const all = breachesIn(inOrder, [LIMIT]);
    // What is stamped late comes near what follows, and stands among it in this window.
    const breaches = all.filter((at) => !stalls.within(at - 2 * LIMIT.perMs, at));
    if (breaches.length === 0) continue;
    // The log of the workers says when one was killed.
    const when = breaches.map((at) => new Date(performance.timeOrigin + at).toISOString());
    violations.push({ text: `${story}: ${breaches.length} requests above a limit, at ${when.join(', ')}` });
  }
  const types = stories.map(({ contract }) => contract.name);
  for (const text of await judgeCount(client, types, accepted.size)) violations.push({ text });
  const { runs, replayed, accused } = await judgeHistories(client, workflowBundle, words);
  for (const { workflowId, problems } of accused) {
    const n = accepted.get(workflowId);
    violations.push({ ...(n !== undefined && { n }), text: `${workflowId}: ${problems.join('; ')}` });
  }
  const log = await readFile(workers.logFile, 'utf8');
  for (const word of disclosed(log, words)) violations.push({ text: `the log of the workers discloses "${word}"` });
  const against = new Set(violations.map(({ n }) => n));
  for (const [workflowId, n] of accepted) {
    if (!against.has(n)) continue;
    const history = await client.workflow.getHandle(workflowId).fetchHistory();
    await writeFile(join(folder, `order-${n}.json`), historyToJSON(history));
  }
  return { runs, replayed };
}

/** Waits until no request is under way at the platform: one whose sender has given up may still be worked. */
async function quietAt({ sandbox }: Account): Promise<void> {
  for (let waited = 0; waited < QUIET_WITHIN_MS; waited += LOOK_EVERY_MS) {
    const { requests } = sandbox.ledger();
    const open = ({ admitted, worked, fault }: (typeof requests)[number]) =>
      admitted && !worked && (fault === null || fault === 'late-before');
    if (!requests.some(open)) return;
    await pause(LOOK_EVERY_MS);
  }
}

/** A time of an imitation's clock, which runs faster, as one of `performance.now()`. */
const momentOf = (clock: Account['sandbox']['clock'], time: number): number =>
  performance.now() - (clock.precise() - time) / clock.speed;

const emptyTally = (): Tally => ({ orders: 0, completed: 0, failed: 0, canceled: 0, held: 0, faults: 0, requests: 0 });

/** Long enough for a few orders with their lines. */
const EXTRACT = 6_000;

/** What the platform was asked, and what it has. */
function extract({ requests, orders }: ReturnType<Account['sandbox']['ledger']>): string {
  const asked = requests.map(
    ({ operation, fault, status }) => `${operation}${fault === null ? '' : ` (${fault})`} ${status ?? '-'}`,
  );
  return `${JSON.stringify(orders).slice(0, EXTRACT)}\n    requests: ${asked.join(', ')}`;
}
