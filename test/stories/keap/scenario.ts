import { expect } from 'vitest';
import { Order } from '../../../src/client/order.js';
import { OrderNotCompletedError } from '../../../src/client.js';
import { type KeapOrderResult, keapOrder } from '../../../src/contracts.js';
import { type KeapFault, type KeapLedger, type KeapSandbox, keapSeed } from '../../../src/sandbox/index.js';
import { attributes, type Hold, orderWorkflowId, type Resolve } from '../../../src/workflows/contract.js';
import { expectNoFailedTask } from '../expect-no-failed-task.js';
import { type plainOrder, type Rig, type Shop, type Transport, until } from './rig.js';

/** One named path of the story: what is ordered, what goes wrong or is asked meanwhile, and what must come of it. */
export interface Scenario {
  /** Also the name of its recording: lower-case letters, digits and hyphens. */
  readonly name: string;
  readonly transport: Transport;
  /** Members of the order that differ from the plain one. */
  readonly order?: Record<string, unknown> | (() => Record<string, unknown>);
  /** Each of them must have struck when the scenario is over. */
  readonly faults?: readonly KeapFault[];
  /** Plays it, up to the point from which the order ends by itself. Without it the order is just started. */
  readonly play?: (stage: Stage) => Promise<Started>;
  /** Of the result, or of the outcome with the `failure` type, when the order did not complete. */
  readonly ends: Record<string, unknown>;
  /** The ledger is the judge. */
  readonly ledger: (ledger: KeapLedger, input: Input) => void;
}

export type Input = ReturnType<typeof plainOrder> & { readonly connection: string; readonly reference: string };
type Started = Order<KeapOrderResult>;

/** What a scenario plays with. */
export interface Stage {
  readonly rig: Rig;
  readonly sandbox: KeapSandbox;
  readonly input: Input;
  start(): Promise<Started>;
  /** Starts a run without our client, as Temporal's CLI does. */
  startBare(workflowId: string, input: unknown): Promise<Started>;
  /** Waits for the order's next hold. */
  held(order: Started): Promise<Hold>;
  /** Waits for the order's next hold and answers it. */
  answer(order: Started, answer: Resolve['answer'], more?: Pick<Resolve, 'id' | 'input'>): Promise<void>;
  /** Asks for a cancel, as a client does or by Temporal's own, and waits until the order knows of it. */
  askCancel(order: Started, by: CancelBy): Promise<void>;
  /** How the order ended, without an exception. */
  ended(order: Started): Promise<Record<string, unknown>>;
  /** What a person does at Keap, by its REST interface. */
  byHand(method: 'POST', path: string, body: unknown): Promise<Record<string, unknown>>;
}

export type CancelBy = 'update' | 'button';

/** Longer than any scenario takes on a busy machine, shorter than a test's own time-out, which could not say what it waits for. */
const DEADLINE_MS = 45_000;

/** Plays a scenario at a shop and judges it. The answer is the workflow id of the run that it is about. */
export async function play(scenario: Scenario, rig: Rig, shop: Shop): Promise<string> {
  const change = typeof scenario.order === 'function' ? scenario.order() : scenario.order;
  const input = shop.order(change) as Input;
  const handle = rig.client.workflow.getHandle(orderWorkflowId(keapOrder.name, input));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(async () => {
      const status = await new Order(rig.client, handle, keapOrder.name).status().catch(String);
      reject(new Error(`not over after ${DEADLINE_MS} ms: ${JSON.stringify(status, null, 2)}`));
    }, DEADLINE_MS);
  });
  try {
    return await Promise.race([judged(scenario, rig, shop, input), late]);
  } catch (error) {
    // What still runs must not go on in the next scenario of this shop.
    await handle.terminate().catch(() => undefined);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function judged(scenario: Scenario, rig: Rig, shop: Shop, input: Input): Promise<string> {
  const { sandbox } = shop;
  const faults = (scenario.faults ?? []).map((fault) => sandbox.faults.add(fault));
  const stage = stageOf(rig, shop, input);
  const order = await (scenario.play ?? (({ start }) => start()))(stage);
  expect(await stage.ended(order)).toMatchObject(scenario.ends);
  scenario.ledger(sandbox.ledger(), input);
  for (const { id, rule } of faults) {
    const fired = sandbox.faults.all().find((record) => record.id === id)?.fired;
    expect(fired, `${rule.kind} at ${rule.operation}`).toBe(rule.times);
  }
  await expectNoFailedTask(rig.client, order.workflowId);
  return order.workflowId;
}

/** Often enough that nobody waits for it, seldom enough for a busy machine. */
const LOOK_EVERY_MS = 100;

function stageOf(rig: Rig, shop: Shop, input: Input): Stage {
  let answered = 0;
  const held = async (order: Started): Promise<Hold> => {
    const handle = rig.client.workflow.getHandle(order.workflowId);
    for (;;) {
      // The attribute costs the worker nothing, and without a cache each query replays the whole order.
      const { typedSearchAttributes } = await handle.describe();
      if (typedSearchAttributes.get(attributes.phase) === 'held') {
        const { hold } = await order.status();
        if (hold?.id === `hold-${answered + 1}`) return hold;
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  };
  return {
    rig,
    sandbox: shop.sandbox,
    input,
    start: () => shop.start(input),
    async startBare(workflowId, bare) {
      const { client, taskQueue } = rig;
      return new Order(
        client,
        await client.workflow.start(keapOrder.name, { workflowId, taskQueue, args: [bare] }),
        keapOrder.name,
      );
    },
    held,
    async answer(order, answer, more) {
      const { id: hold } = await held(order);
      await order.resolve({ hold, answer, ...more });
      answered++;
    },
    async askCancel(order, by) {
      if (by === 'update') return void (await order.cancel());
      await rig.client.workflow.getHandle(order.workflowId).cancel();
      await until(
        order,
        ({ state, happenings }) => state !== 'running' || happenings.some(({ text }) => text === 'cancel asked for'),
      );
    },
    ended: (order) => endOf(order),
    async byHand(method, path, body) {
      const answer = await fetch(`${shop.sandbox.restUrl}${path}`, {
        method,
        headers: { 'content-type': 'application/json', 'X-Keap-API-Key': keapSeed.serviceAccountKey },
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as Record<string, unknown>;
    },
  };
}

async function endOf(order: Started): Promise<Record<string, unknown>> {
  try {
    return { ...(await order.result()) };
  } catch (error) {
    if (!(error instanceof OrderNotCompletedError)) throw error;
    return { ...error.outcome, ...(error.failure && { failure: error.failure.type }) };
  }
}
