import { expect } from 'vitest';
import { Order } from '../../src/client/order.js';
import { orderWorkflowId, type Resolve } from '../../src/workflows/contract.js';
import { FreeAccounts, type Opened, ofEach, openAccounts, type Rig, type Wanted } from './accounts.js';
import { type End, endOf, type HoldAt, holdOf } from './endings.js';
import { expectNoFailedTask } from './expect-no-failed-task.js';
import { type ServingOptions, until } from './serving.js';
import type { Account, FaultOf, InputOf, Judge, LedgerOf, OrderOf, SandboxOf } from './tested.js';

/** One named path of the story: what is ordered, what goes wrong or is asked meanwhile, and what must come of it. */
export interface Scenario<A extends Account> {
  /** Also the name of its recording: lower-case letters, digits and hyphens. */
  readonly name: string;
  readonly variant: A['variant'];
  /** An account that is otherwise than usual, for this scenario alone. */
  readonly account?: Omit<Wanted<A>, 'variant'>;
  /** Members of the order that differ from the plain one. */
  readonly order?: Record<string, unknown> | (() => Record<string, unknown>);
  /** Each of them must have struck when the scenario is over. */
  readonly faults?: readonly FaultOf<A>[];
  /** Plays it, up to the point from which the order ends by itself. Without it the order is just started. */
  readonly play?: (stage: Stage<A>) => Promise<OrderOf<A>>;
  /** Of the result, or of the outcome with the `failure` type, when the order did not complete. */
  readonly ends: Record<string, unknown>;
  /** The ledger is the judge. */
  readonly ledger: Judge<A>;
}

/** Every named path of a story. */
export interface Scenarios<A extends Account> {
  readonly story: Opened<A>;
  readonly variants: readonly A['variant'][];
  readonly all: readonly Scenario<A>[];
  /** Where their recordings are. */
  readonly folder: URL;
  readonly pace?: number;
}

/** e.g. `happy-rest`: what a scenario is called in tests and recordings. */
export const fullName = <A extends Account>({ variants }: Scenarios<A>, { name, variant }: Scenario<A>): string =>
  variants.length > 1 ? `${name}-${variant}` : name;

export type CancelBy = 'update' | 'button';

/** What a scenario plays with. */
export interface Stage<A extends Account> {
  readonly rig: Rig<A>;
  readonly account: A;
  readonly sandbox: SandboxOf<A>;
  readonly input: InputOf<A>;
  start(): Promise<OrderOf<A>>;
  /** Starts a run without our client, as Temporal's CLI does: with this input, under this id. */
  startBare(input?: Record<string, unknown>, workflowId?: string): Promise<OrderOf<A>>;
  /** Waits for the next hold of the order, or of a part of it. */
  held(order: OrderOf<A>): Promise<HoldAt>;
  /** Waits for the next hold and answers it. */
  answer(order: OrderOf<A>, answer: Resolve['answer'], more?: Pick<Resolve, 'id' | 'input'>): Promise<void>;
  /** The order's hold has settled itself: the next one is another. */
  settled(): void;
  /** Asks for a cancel, as a client does or by Temporal's own, and waits until the order knows of it. */
  askCancel(order: OrderOf<A>, by: CancelBy): Promise<void>;
  /** How the order ended, without an exception. */
  ended(order: OrderOf<A>): Promise<End>;
}

/** Longer than any scenario takes on a busy machine. A test's own time-out could not say what it waits for. */
export const DEADLINE_MS = 80_000;

/** A place where scenarios are played, many at once. */
export interface Theatre<A extends Account> {
  readonly rig: Rig<A>;
  /** Plays a scenario and judges it. The answer is the workflow id of the run that it is about. */
  play(scenario: Scenario<A>): Promise<string>;
  close(): Promise<void>;
}

/**
 * @param chosen those that are to be played
 * @param atATime as many of one variant as run at a time
 */
export async function openTheatre<A extends Account>(
  { story, variants, pace }: Scenarios<A>,
  chosen: readonly Scenario<A>[],
  atATime: number,
  options: ServingOptions = {},
): Promise<Theatre<A>> {
  const special = chosen.filter(({ account }) => account !== undefined);
  const wanted: Wanted<A>[] = [
    ...special.map(({ variant, account }) => ({ variant, ...account })),
    ...ofEach(variants, atATime),
  ];
  const rig = await openAccounts(story, wanted, { ...(pace === undefined ? {} : { pace }), ...options });
  const free = new FreeAccounts(rig.accounts.slice(special.length));
  return {
    rig,
    play(scenario) {
      const own = rig.accounts[special.indexOf(scenario)];
      if (own !== undefined) return play(story, scenario, rig, own);
      return free.lend(scenario.variant, (account) => play(story, scenario, rig, account));
    },
    close: () => rig.close(),
  };
}

async function play<A extends Account>(
  { contract }: Opened<A>,
  scenario: Scenario<A>,
  rig: Rig<A>,
  account: A,
): Promise<string> {
  const change = typeof scenario.order === 'function' ? scenario.order() : scenario.order;
  const input = account.order(change) as InputOf<A>;
  const handle = rig.client.workflow.getHandle(orderWorkflowId(contract.name, input));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(async () => {
      const status = await new Order(rig.client, handle, contract.name).status().catch(String);
      reject(new Error(`not over after ${DEADLINE_MS} ms: ${JSON.stringify(status, null, 2)}`));
    }, DEADLINE_MS);
  });
  try {
    return await Promise.race([judged(contract.name, scenario, rig, account, input), late]);
  } catch (error) {
    // What still runs must not go on in the next scenario of this account.
    await handle.terminate().catch(() => undefined);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function judged<A extends Account>(
  story: string,
  scenario: Scenario<A>,
  rig: Rig<A>,
  account: A,
  input: InputOf<A>,
): Promise<string> {
  const { sandbox } = account;
  const faults = (scenario.faults ?? []).map((fault) => sandbox.faults.add(fault));
  const stage = stageOf(story, rig, account, input);
  const order = await (scenario.play ?? (({ start }: Stage<A>) => start()))(stage);
  expect(await stage.ended(order)).toMatchObject(scenario.ends);
  scenario.ledger(sandbox.ledger() as LedgerOf<A>, input);
  for (const { id, rule } of faults) {
    const fired = sandbox.faults.all().find((record) => record.id === id)?.fired;
    expect(fired, `${rule.kind} at ${rule.operation}`).toBe(rule.times);
  }
  await expectNoFailedTask(rig.client, order.workflowId);
  return order.workflowId;
}

/** Often enough that nobody waits for it, seldom enough for a busy machine. */
const LOOK_EVERY_MS = 100;

function stageOf<A extends Account>(story: string, rig: Rig<A>, account: A, input: InputOf<A>): Stage<A> {
  const { client, taskQueue } = rig;
  /** By workflow: how many holds are over. */
  const over = new Map<string, number>();
  const isOver = (workflowId: string) => void over.set(workflowId, (over.get(workflowId) ?? 0) + 1);
  const held = async (order: OrderOf<A>): Promise<HoldAt> => {
    for (;;) {
      const hold = await holdOf(client, order);
      if (hold?.id === `hold-${(over.get(hold?.at.workflowId ?? '') ?? 0) + 1}`) return hold;
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  };
  return {
    rig,
    account,
    sandbox: account.sandbox,
    input,
    start: () => account.start(input) as Promise<OrderOf<A>>,
    async startBare(bare = input, workflowId = orderWorkflowId(story, { ...input, ...bare })) {
      const handle = await client.workflow.start(story, { workflowId, taskQueue, args: [bare] });
      return new Order(client, handle, story) as OrderOf<A>;
    },
    held,
    async answer(order, answer, more) {
      const { id: hold, at } = await held(order);
      await at.resolve({ hold, answer, ...more });
      isOver(at.workflowId);
    },
    settled() {
      isOver(orderWorkflowId(story, input));
    },
    async askCancel(order, by) {
      if (by === 'update') return void (await order.cancel());
      await client.workflow.getHandle(order.workflowId).cancel();
      await until(
        order,
        ({ state, happenings }) => state !== 'running' || happenings.some(({ text }) => text === 'cancel asked for'),
      );
    },
    ended: (order) => endOf(order),
  };
}
