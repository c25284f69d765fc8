import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { inject } from 'vitest';
import { attending } from '../../../src/activities/attending.js';
import { cancelOwnRun } from '../../../src/activities/cancel-own-run.js';
import { failure } from '../../../src/activities/failure.js';
import { Order } from '../../../src/client/order.js';
import { attributes, connectionQueue, orderWorkflowId } from '../../../src/workflows/contract.js';
import { parseResolve } from '../../../src/workflows/inputs.js';
import type { ShopActivities, ShopOrder, ShopResult, ShopSubscription, Thing } from './stories.js';

/** Waiting times of the kit are this much shorter here: its longest settle wait is then a few hundred milliseconds. */
export const PACE = 0.05;

/** How long an order waits for the shop before a person is asked: 90 days, at the pace of the tests. */
const WAIT_MS = 90 * 24 * 60 * 60_000;

/** What one call of the shop does: its work, or something in its place. */
type Behaviour<F> = (work: F) => F;

/** A platform in memory: what is live, what was asked, and what is to go wrong. */
export class Shop implements ShopActivities {
  readonly live = new Map<string, Thing[]>();
  /** What was live once. The shop takes a new one beside it. */
  readonly dead = new Map<string, Thing[]>();
  readonly calls: string[] = [];
  settled = true;
  /** How much has happened to all orders. */
  news = 0;
  /** Hints that were looked at, in order. */
  readonly looked: string[] = [];
  private readonly planned = new Map<string, Behaviour<() => Promise<unknown>>[]>();

  /** The next calls of `call` (e.g. `create order`) behave like this, in order; later ones work. */
  plan(call: string, ...behaviours: Behaviour<() => Promise<unknown>>[]): void {
    this.planned.set(call, behaviours);
  }

  find = (what: string, reference: string, at?: string) =>
    this.call(`find ${what}`, async () => {
      const there = (this.live.get(`${reference}/${what}`) ?? []).filter(({ id }) => at === undefined || id === at);
      const [first, second] = there;
      if (first === undefined) {
        const dead = this.dead.get(`${reference}/${what}`) ?? [];
        return { state: 'none' as const, passedOver: dead.map((it) => ({ id: it.id, it })) };
      }
      if (second !== undefined)
        return { state: 'several' as const, why: 'there are two', ids: there.map(({ id }) => id) };
      return { state: 'same' as const, it: first };
    });

  create = (what: string, reference: string) =>
    this.call(`create ${what}`, async () => {
      const thing = { id: randomUUID().slice(0, 8) };
      this.live.set(`${reference}/${what}`, [...(this.live.get(`${reference}/${what}`) ?? []), thing]);
      return thing;
    });

  remove = (what: string, reference: string) =>
    this.call(`remove ${what}`, async () => ({
      done: true as const,
      found: this.live.delete(`${reference}/${what}`),
    }));

  read = () => {
    const readAt = Date.now();
    return this.call('read', async () => ({ settled: this.settled, news: this.news, readAt }));
  };

  lookAt = (hint: string) =>
    this.call(`look at ${hint}`, async () => {
      this.looked.push(hint);
      return 'told' as const;
    });

  private async call<T>(name: string, work: () => Promise<T>): Promise<T> {
    this.calls.push(name);
    const behaviour = this.planned.get(name)?.shift();
    return (behaviour === undefined ? work() : behaviour(work)()) as Promise<T>;
  }
}

/** Refused for good. */
export const refused: Behaviour<() => Promise<unknown>> = () => async () => {
  throw failure('Rejected', 'the shop says no');
};

/** The work is done and its answer is lost. */
export const lost: Behaviour<() => Promise<unknown>> = (work) => async () => {
  await work();
  throw failure('OutcomeUnknown', 'the answer was lost');
};

/** The same, and what was made has died before anybody looks for it. */
export const diedUnanswered =
  (shop: Shop, key: string): Behaviour<() => Promise<unknown>> =>
  (work) =>
  async () => {
    await work();
    const made = shop.live.get(key) ?? [];
    shop.live.delete(key);
    shop.dead.set(key, [...(shop.dead.get(key) ?? []), ...made]);
    throw failure('OutcomeUnknown', 'the answer was lost');
  };

/** Nothing is done, and nobody can say so. */
export const lostBefore: Behaviour<() => Promise<unknown>> = () => async () => {
  throw failure('OutcomeUnknown', 'the answer was lost');
};

/** Certainly not done; may be repeated. */
export const unavailable: Behaviour<() => Promise<unknown>> = () => async () => {
  throw failure('Unavailable', 'the shop is closed');
};

/** Works once `gate` is open. `entered` tells that the call has begun. */
export function gated(): { behaviour: Behaviour<() => Promise<unknown>>; entered: Promise<void>; open: () => void } {
  let enter = () => {};
  let open = () => {};
  const entered = new Promise<void>((resolve) => {
    enter = resolve;
  });
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const behaviour: Behaviour<() => Promise<unknown>> = (work) => async () => {
    enter();
    await gate;
    return work();
  };
  return { behaviour, entered, open };
}

export interface ShopRig {
  readonly shop: Shop;
  readonly client: Client;
  /** Starts an order under a reference of its own. */
  start(
    order?: Partial<ShopSubscription>,
    story?: 'shopOrder' | 'shopWait' | 'shopSubscription' | 'shopCycle',
  ): Promise<{ order: Order<ShopResult>; handle: WorkflowHandle }>;
  /** Nobody runs the orders until this is done; then another process does. */
  away(meanwhile: () => Promise<void>): Promise<void>;
  readonly taskQueue: string;
  readonly bundle: { code: string };
  close(): Promise<void>;
}

/** One shop, one worker, one task queue. Orders are listed by their connection over all rigs of the test run. */
export async function openShop(corner = 'shop/corner'): Promise<ShopRig> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const address = inject('temporalAddress');
  const bundle = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('./stories.ts', import.meta.url)),
    logger: new DefaultLogger('ERROR'),
  });
  const native = await NativeConnection.connect({ address });
  const connection = await Connection.connect({ address });
  const client = new Client({ connection });
  const taskQueue = `kit-${randomUUID()}`;
  const shop = new Shop();
  const storiesWorker = () =>
    Worker.create({
      connection: native,
      taskQueue,
      workflowBundle: bundle,
      activities: {
        admit: async (_story: string, _id: string, order: unknown) => ({ order, pace: PACE, waitMs: WAIT_MS }),
        parseUpdate: async (_story: string, _name: string, _order: object, value: unknown) => value,
        correct: async (_story: string, order: object, change: object) => ({ ...order, ...change }),
        parseResolve: async (answer: unknown) => {
          const parsed = parseResolve(answer);
          if ('problems' in parsed) throw failure('Rejected', parsed.problems.join('; '));
          return parsed.value;
        },
        cancelOwnRun,
      },
    });
  let stories = await storiesWorker();
  const hands = await Worker.create({
    connection: native,
    taskQueue: connectionQueue(taskQueue, corner),
    activities: { find: shop.find, create: shop.create, remove: shop.remove, read: shop.read, lookAt: shop.lookAt },
    interceptors: { activity: [attending(PACE)] },
  });
  let told = stories.run();
  const running = hands.run();
  return {
    shop,
    client,
    bundle,
    taskQueue,
    async start(change = {}, story = 'shopOrder') {
      const input: ShopOrder = { connection: corner, reference: randomUUID().slice(0, 8), resend: 1, ...change };
      const handle = await client.workflow.start(story, {
        taskQueue,
        workflowId: orderWorkflowId(story, input),
        args: [input],
        typedSearchAttributes: [
          { key: attributes.connection, value: input.connection },
          { key: attributes.reference, value: input.reference.toUpperCase() },
          { key: attributes.phase, value: 'working' },
        ],
      });
      return { order: new Order<ShopResult>(client, handle, story), handle };
    },
    async away(meanwhile) {
      stories.shutdown();
      await told;
      await meanwhile();
      stories = await storiesWorker();
      told = stories.run();
    },
    async close() {
      stories.shutdown();
      hands.shutdown();
      await Promise.all([told, running]);
      await native.close();
      await connection.close();
    },
  };
}
