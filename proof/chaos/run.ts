import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { countBreaches } from '../../bench/limiter.js';
import { FreeAccounts, type Imitated, imitate, ofEach } from '../../test/stories/accounts.js';
import { howOf } from '../../test/stories/endings.js';
import { quiet } from '../../test/stories/serving.js';
import type { Account } from '../../test/stories/tested.js';
import { judgeHistories } from '../judge/histories.js';
import { judgeOrder } from '../judge/order.js';
import { disclosed, personalIn } from '../judge/privacy.js';
import type { AnyStory } from '../stories.js';
import { Dice } from './dice.js';
import { describePlan, type Plan, planOf } from './plan.js';
import { startFileServer } from './server.js';
import { travel } from './travel.js';
import { startWorkers, type Workers } from './workers.js';

export interface ChaosOptions {
  /** The Temporal CLI. */
  readonly executable: string;
  readonly seed: number;
  /** The numbers of the orders, in the sequence in which they are handed in. */
  readonly orders: readonly number[];
  readonly stories: readonly AnyStory[];
  /** At least and at most, from one kill of a worker to the next. */
  readonly killEveryMs: readonly [number, number];
  readonly restartEveryMs: number;
  /** Orders that are under way at the same time. */
  readonly inFlight: number;
  /** Connections of each way to talk to a platform; each carries one order at a time. */
  readonly accountsOfEach: number;
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
  readonly seconds: number;
  readonly runs: number;
  readonly replayed: number;
  /** With the logs, and the histories of what went wrong. */
  readonly folder: string;
}

/** All waiting times are so much shorter: as in the tests with faults, which look for lost writes as long. */
const PACE = 0.05;

/** Two beside each other: one is left when the other is killed. */
const WORKERS = 2;

/** Low enough that the orders of a story, which share it, have to wait for it. */
const LIMIT = { limit: 20, perMs: 1_000 };

/**
 * A write that is lost and found nowhere takes a minute by itself; several faults, a process that dies meanwhile and a
 * server that is away make it a few.
 */
const BUDGET_MS = 240_000;

/** A request that is worked late is worked within the time-out of its fault. */
const QUIET_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 100;

/** What has happened is in the list of runs a moment later. */
const LISTED_WITHIN_MS = 15_000;

const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Hands orders in while faults strike, workers die and the server is killed; then judges all that there is. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { seed, orders, stories, inFlight, progress = () => {} } = options;
  build();
  quiet();
  const folder = await mkdtemp(join(tmpdir(), 'waybill-chaos-'));
  await mkdir(join(folder, 'state'));
  const server = await startFileServer(options.executable, folder);
  const client = new Client({ connection: await Connection.connect({ address: server.address }) });
  const taskQueue = 'chaos';
  const imitated = new Map<AnyStory, Imitated<Account>>();
  for (const story of stories) {
    const wanted = ofEach(story.variants, options.accountsOfEach).map((one) => ({
      ...one,
      settings: { limits: [LIMIT] },
    }));
    imitated.set(story, await imitate(story, wanted, PACE, 'one'));
  }
  const connections = Object.assign({}, ...[...imitated.values()].map((each) => each.connections));
  const workers = await startWorkers(WORKERS, { address: server.address, taskQueue, connections, folder, pace: PACE });
  const accounts = new Map(
    [...imitated].map(([story, each]) => [story, new FreeAccounts(each.accounts(client, taskQueue))]),
  );

  const violations: Violation[] = [];
  const tallies = new Map<string, Tally>(stories.map(({ contract }) => [contract.name, emptyTally()]));
  const accepted = new Map<string, number>();
  const words = new Set<string>(stories.map(({ key }) => key));
  /** When the requests of each story came, on the machine's clock: its connections have one key, and one limit. */
  const arrivals = new Map<string, number[]>();

  const one = async (plan: Plan): Promise<void> => {
    const { n, story, journey } = plan;
    const free = accounts.get(story) as FreeAccounts<Account>;
    await free.lend(journey.variant, async (account) => {
      const { sandbox } = account;
      for (const fault of [...plan.faults, ...plan.background]) sandbox.faults.add(fault as never);
      const input = account.order({
        ...journey.order,
        ...(story.reference === undefined && { reference: `C-${seed}-${n}` }),
      });
      for (const word of personalIn(input)) words.add(word);
      const tally = tallies.get(story.contract.name) as Tally;
      tally.orders += 1;
      const problems: string[] = [];
      try {
        const { end, held } = await travel(client, account, plan, input, BUDGET_MS, (id) => accepted.set(id, n));
        tally[howOf(end)] += 1;
        tally.held += held;
        await quietAt(account);
        problems.push(
          ...judgeOrder({ story, journey, input, end, ledger: sandbox.ledger() }, plan.cancel !== undefined),
        );
      } catch (error) {
        problems.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
      }
      const ledger = sandbox.ledger();
      tally.requests += ledger.requests.length;
      tally.faults += ledger.requests.filter(({ fault }) => fault !== null).length;
      const times = arrivals.get(story.contract.name) ?? [];
      arrivals.set(story.contract.name, [
        ...times,
        ...ledger.requests.map(({ time }) => momentOf(sandbox.clock, time)),
      ]);
      for (const problem of problems) {
        violations.push({
          n,
          text: `${problem}\n    reference ${input.reference} at ${account.connection}\n    ledger: ${extract(ledger)}`,
        });
        progress(`VIOLATION ${describePlan(plan)}\n${problem}\n`);
      }
    });
    progress(`order ${n} is over`);
  };

  const begin = performance.now();
  const storm = startStorm(options, workers, () => server.restart());
  const queue = orders.map((n) => planOf(seed, n, stories));
  const lane = async () => {
    for (let plan = queue.shift(); plan !== undefined; plan = queue.shift()) await one(plan);
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  const seconds = (performance.now() - begin) / 1_000;
  await storm.stop();

  for (const [story, times] of arrivals) {
    const breaches = countBreaches(
      times.toSorted((a, b) => a - b),
      [LIMIT],
    );
    if (breaches > 0) violations.push({ text: `${story}: ${breaches} requests above its limit` });
  }
  violations.push(...(await judgeCount(client, stories, accepted)));
  const codePath = root('dist/workflow-bundle.js');
  const { runs, replayed, accused } = await judgeHistories(client, { codePath }, words);
  for (const { workflowId, problems } of accused) {
    const n = accepted.get(workflowId);
    violations.push({ ...(n !== undefined && { n }), text: `${workflowId}: ${problems.join('; ')}` });
  }
  const log = await readFile(workers.logFile, 'utf8');
  for (const word of disclosed(log, words)) violations.push({ text: `the log of the workers discloses "${word}"` });

  for (const [workflowId, n] of accepted) {
    if (!violations.some((each) => each.n === n)) continue;
    const history = await client.workflow.getHandle(workflowId).fetchHistory();
    await writeFile(join(folder, `order-${n}.json`), historyToJSON(history));
  }
  const { kills, endedByThemselves } = workers;
  await workers.close();
  await client.connection.close();
  await server.stop();
  await Promise.all([...imitated.values()].map((each) => each.stop()));
  if (violations.length === 0) await rm(folder, { recursive: true });
  const { restarts } = server;
  return { violations, tallies, kills, endedByThemselves, restarts, seconds, runs, replayed, folder };
}

/** The workers are those of the build, and it is today's. */
function build(): void {
  const { status, stderr } = spawnSync(process.execPath, [root('tools/setup.mjs')], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

/** Kills workers and the server until it is stopped. */
function startStorm(
  { seed, killEveryMs, restartEveryMs }: ChaosOptions,
  workers: Workers,
  restart: () => Promise<void>,
): { stop(): Promise<void> } {
  const over = new AbortController();
  const { signal } = over;
  const whileItLasts = async (everyMs: () => number, act: () => Promise<void>) => {
    for (;;) {
      await pause(everyMs(), undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      await act();
    }
  };
  const dice = new Dice(seed, 0);
  const all = Promise.all([
    whileItLasts(
      () => dice.between(...killEveryMs),
      () => workers.killOne(dice),
    ),
    whileItLasts(() => restartEveryMs, restart),
  ]);
  return {
    async stop() {
      over.abort();
      await all;
    },
  };
}

/** Waits until no request is under way at the platform: one whose sender has given up may still be worked. */
async function quietAt({ sandbox }: Account): Promise<void> {
  for (let waited = 0; waited < QUIET_WITHIN_MS; waited += LOOK_EVERY_MS) {
    const open = sandbox
      .ledger()
      .requests.some(
        ({ admitted, worked, fault }) => admitted && !worked && (fault === null || fault === 'late-before'),
      );
    if (!open) return;
    await pause(LOOK_EVERY_MS);
  }
}

/** A time of an imitation's clock, which runs faster, as one of `performance.now()`. */
const momentOf = (clock: Account['sandbox']['clock'], time: number): number =>
  performance.now() - (clock.precise() - time) / clock.speed;

/** As many orders are listed as were accepted, and no others. */
async function judgeCount(
  client: Client,
  stories: readonly AnyStory[],
  accepted: ReadonlyMap<string, number>,
): Promise<Violation[]> {
  const types = stories.map(({ contract }) => `"${contract.name}"`).join(', ');
  // A subscription has a run for each cycle.
  const query = `WorkflowType IN (${types}) AND ExecutionStatus != "ContinuedAsNew"`;
  let count = 0;
  for (let waited = 0; waited < LISTED_WITHIN_MS; waited += LOOK_EVERY_MS) {
    ({ count } = await client.workflow.count(query));
    if (count === accepted.size) return [];
    await pause(LOOK_EVERY_MS);
  }
  return [{ text: `${accepted.size} orders were accepted, and ${count} are listed` }];
}

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
