import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { parseWebhooks } from '../../src/connections.js';
import { addressOf, type RunningGateway, startGateway } from '../../src/gateway.js';
import { hintsWorkflowId } from '../../src/workflows/contract.js';
import { type HintCounts, hintCounts } from '../../src/workflows/hints.js';
import { expectNoFailedTask } from '../stories/expect-no-failed-task.js';
import {
  openWarehouses,
  type Warehouse,
  type WarehouseOrder,
  type WarehouseRig,
  waits,
} from '../stories/logistics-plus/rig.js';
import { until } from '../stories/serving.js';
import { reaches, shows } from '../stories/watching.js';

/** Shares of all messages. What chance does is the same each time. */
const BADLY = { lossShare: 0.3, duplicateShare: 0.3, reorderShare: 0.3 };

/** How the messages of a warehouse come. Milliseconds are of its clock, which is twenty times as fast. */
const badWays = {
  flat: { ...BADLY, form: 'flat' },
  'in data, late': { ...BADLY, form: 'data', delayMs: 20_000 },
  'in a list, before a search shows it': { ...BADLY, form: 'orders' },
} as const;
const ways = {
  ...badWays,
  'none at all': { lossShare: 1 },
  'as they should': {},
  'by hand': { paused: true },
  'by hand, early': { paused: true },
} as const;
type Way = keyof typeof ways;

/** Of a search, where messages come before it shows what they are about: a second. */
const LAG_MS = 20_000;

/** What the warehouse does with an order, and how the order must end. */
const courses = ['SHIPPED', 'SHIPPED_WITH_DIFFERENCE', 'CANCELED'] as const;
type Course = (typeof courses)[number];
const ORDERS = 12;

/** What no webhook tells is found by the next round, some 45 s after the last one at the pace of the tests. */
const BEFORE_A_ROUND_MS = 40_000;
const BY_ROUNDS_MS = 150_000;

const PATH = 'kX3_v9-QmZ7pLw2T';
const SECRET = 'the-secret-of-today';

let rig: WarehouseRig;
let gateway: RunningGateway;
beforeAll(async () => {
  const lagging: Way = 'in a list, before a search shows it';
  rig = await openWarehouses(
    Object.keys(ways).map((way) => (way === lagging ? { options: { searchLagMs: LAG_MS } } : {})),
  );
  const webhook = { path: PATH, secrets: [SECRET] };
  const connections = Object.fromEntries(rig.warehouses.map(({ connection }) => [connection, { webhook }]));
  gateway = await startGateway({
    webhooks: parseWebhooks({ connections }, 'the test', {}),
    temporal: { address: inject('temporalAddress') },
    taskQueue: rig.taskQueue,
    port: 0,
    log: { info: () => {}, warn: () => {} },
  });
  for (const [way, behaviour] of Object.entries(ways)) {
    const warehouse = warehouseOf(way as Way);
    const headers = { 'x-waybill-secret': SECRET };
    warehouse.sandbox.controls.webhook({ url: hookOf(warehouse), headers, ...behaviour });
  }
});
const played: string[] = [];
afterAll(async () => {
  expect(played.length).toBeGreaterThan(0);
  for (const workflowId of played) await expectNoFailedTask(rig.client, workflowId);
  await gateway.stop();
  await rig.close();
});

function warehouseOf(way: Way): Warehouse {
  const warehouse = rig.warehouses[Object.keys(ways).indexOf(way)];
  if (warehouse === undefined) throw new Error('no warehouse');
  return warehouse;
}

const hookOf = ({ connection }: Warehouse) =>
  `${gateway.url}${addressOf({ connection, platform: 'logistics-plus', path: PATH, settings: {} })}`;

async function start(warehouse: Warehouse) {
  const input = { ...warehouse.order(), reference: `H-${randomUUID().slice(0, 8)}` };
  const { reference } = input;
  const order = await warehouse.start(input);
  played.push(order.workflowId);
  return { order, reference };
}

const counts = ({ connection }: Warehouse): Promise<HintCounts> =>
  rig.client.workflow.getHandle(hintsWorkflowId(connection)).query(hintCounts);

/** What the order has said of its shipments, as often as it did. */
async function shown(order: WarehouseOrder): Promise<string[]> {
  const { happenings } = await order.status();
  return happenings.flatMap(({ text }) => /^shipment \w+ (\w+)$/.exec(text)?.[1] ?? []);
}

const inTurn = (status: string) => ['ENT', 'PIC', 'FIN', 'CAN'].indexOf(status);

/** What people at the warehouse do, with a while between. */
async function fulfil({ sandbox }: Warehouse, reference: string, course: Course): Promise<void> {
  const { controls } = sandbox;
  const aWhile = () => new Promise((resolve) => setTimeout(resolve, Math.random() * 2_000));
  await aWhile();
  controls.pick({ reference });
  await aWhile();
  const short = [{ line: '10', quantity: 1 }, { line: '20' }];
  if (course === 'CANCELED') controls.cancel({ reference });
  else controls.finalize({ reference, lines: course === 'SHIPPED' ? [] : short });
}

/** Plays a dozen orders from their start to their end, and compares each with the ledger. */
async function play(warehouse: Warehouse, early: (reference: string) => void = () => {}) {
  const orders = await Promise.all(
    Array.from({ length: ORDERS }, async (_, n) => {
      const course = courses[n % courses.length] ?? 'SHIPPED';
      const { order, reference } = await start(warehouse);
      early(reference);
      // Where a search lags, it would be picked before the order has seen it.
      await reaches(order, shows(' ENT'));
      await fulfil(warehouse, reference, course);
      return { order, reference, course, result: await order.result() };
    }),
  );
  for (const { order, reference, course, result } of orders) {
    const [made, ...others] = warehouse.ledgerOrders(reference);
    expect(others).toEqual([]);
    expect(made?.status).toBe(course === 'CANCELED' ? 'CAN' : 'FIN');
    expect(result).toMatchObject({ outcome: 'completed', fulfillment: course, orderId: made?.id });
    const states = await shown(order);
    expect(states[0]).toBe('ENT');
    // None twice, and none after one that comes later.
    expect(states).toEqual([...new Set(states)].sort((one, other) => inTurn(one) - inTurn(other)));
  }
  return orders;
}

test.concurrent.each(Object.keys(badWays) as (keyof typeof badWays)[])(
  'webhooks of which some are lost, doubled or overtaken, %s: each order ends right, and sees each state once',
  { timeout: BY_ROUNDS_MS },
  async (way) => {
    const warehouse = warehouseOf(way);
    const { sandbox } = warehouse;
    // About an order that is only being made.
    const orders = await play(warehouse, (reference) => sandbox.controls.sendWebhook({ reference }));
    const before = await counts(warehouse);
    // After the end: what it is, and what it was before.
    for (const { reference } of orders) {
      sandbox.controls.sendWebhook({ reference });
      sandbox.controls.sendWebhook({ reference, status: 'PRS', shipments: [] });
    }
    await vi.waitFor(
      async () => expect((await counts(warehouse)).received).toBeGreaterThanOrEqual(before.received + ORDERS),
      { timeout: 20_000 },
    );
    for (const { order, result } of orders) expect(await order.result()).toEqual(result);

    const { webhooks, orders: made } = sandbox.ledger();
    const { received, failed, dropped } = await counts(warehouse);
    // The test means nothing unless it went badly.
    expect(webhooks.filter(({ end }) => end === 'lost').length).toBeGreaterThan(0);
    expect(webhooks.filter(({ duplicate }) => duplicate).length).toBeGreaterThan(0);
    expect(webhooks.some(({ messageId }, i) => messageId < (webhooks[i - 1]?.messageId ?? 0))).toBe(true);
    const arrived = webhooks.filter(({ end }) => end !== 'lost');
    expect(new Set(arrived.map(({ status }) => status))).toEqual(new Set([200]));
    // What comes while a signal is on its way goes with the next, and there each hint is one.
    expect(received).toBeLessThanOrEqual(arrived.length);
    expect({ failed, dropped, orders: made.length }).toEqual({ failed: 0, dropped: 0, orders: ORDERS });
  },
);

test.concurrent('without a single webhook each order ends right, by rounds', { timeout: BY_ROUNDS_MS }, async () => {
  const warehouse = warehouseOf('none at all');
  await play(warehouse);
  const { webhooks } = warehouse.sandbox.ledger();
  expect(webhooks.length).toBeGreaterThanOrEqual(2 * ORDERS);
  expect(webhooks.filter(({ end }) => end !== 'lost')).toEqual([]);
  await expect(counts(warehouse)).rejects.toThrow(/not found/);
});

test.concurrent('with webhooks as they should be each order ends right, before a round comes', {
  timeout: BEFORE_A_ROUND_MS,
}, async () => {
  await play(warehouseOf('as they should'));
});

test.concurrent('a webhook that comes before the order waits, or knows that it was made, is not lost', async () => {
  const warehouse = warehouseOf('by hand, early');
  const { sandbox } = warehouse;
  const creating = sandbox.hold({ operation: 'orders.create', at: 'done' });
  const { order, reference } = await start(warehouse);
  await creating.reached;
  sandbox.controls.pick({ reference });
  sandbox.controls.sendWebhook({ reference });
  await vi.waitFor(async () => expect((await counts(warehouse)).told).toBeGreaterThan(0), { timeout: 20_000 });
  creating.release();
  await until(order, ({ waitingFor }) => waitingFor?.includes('PIC') === true);
  sandbox.controls.finalize({ reference });
  sandbox.controls.sendWebhook({ reference });
  expect(await order.result()).toMatchObject({ fulfillment: 'SHIPPED' });
  expect(await shown(order)).toEqual(['PIC']);
});

test.concurrent('who does not show the secret, or sends what is no webhook, wakes nobody', async () => {
  const warehouse = warehouseOf('by hand');
  const { sandbox, connection } = warehouse;
  const [{ order, reference }, another] = await Promise.all([start(warehouse), start(warehouse)]);
  await Promise.all([waits(order), waits(another.order)]);
  sandbox.controls.pick({ reference });
  const requests = () => sandbox.ledger().requests.filter(({ path }) => path.includes(reference)).length;
  const before = requests();
  const hook = hookOf(warehouse);
  const body = JSON.stringify({ primaryReference: reference, status: 'PRS' });
  const post = async (url: string, secret: string | undefined, sent: string) => {
    const headers = secret === undefined ? {} : { 'x-waybill-secret': secret };
    const answer = await fetch(url, { method: 'POST', headers, body: sent });
    await answer.arrayBuffer();
    return answer.status;
  };
  expect({
    'no secret': await post(hook, undefined, body),
    'another secret': await post(hook, 'the-secret-of-nobody', body),
    'the secret in the wrong place': await post(`${hook}?x-waybill-secret=${SECRET}`, undefined, body),
    'another address': await post(`${hook}x`, SECRET, body),
    'another connection': await post(hook.replace(connection, 'logistics-plus/nobody'), SECRET, body),
    '1 MiB': await post(hook, SECRET, body.padEnd(1024 * 1024, ' ')),
    'no JSON': await post(hook, SECRET, `${body}}`),
    'nothing in it': await post(hook, SECRET, JSON.stringify({ orders: [reference] })),
  }).toEqual({
    'no secret': 401,
    'another secret': 401,
    'the secret in the wrong place': 401,
    'another address': 404,
    'another connection': 404,
    '1 MiB': 413,
    'no JSON': 400,
    'nothing in it': 200,
  });
  // A good one that comes after them is read; they were not.
  sandbox.controls.pick({ reference: another.reference });
  expect(await post(hook, SECRET, JSON.stringify({ primaryReference: another.reference }))).toBe(200);
  await until(another.order, ({ waitingFor }) => waitingFor?.includes('PIC') === true);
  expect(requests()).toBe(before);
  expect(await shown(order)).toEqual(['ENT']);

  for (const each of [reference, another.reference]) {
    sandbox.controls.finalize({ reference: each });
    sandbox.controls.sendWebhook({ reference: each });
  }
  expect(await order.result()).toMatchObject({ fulfillment: 'SHIPPED' });
  expect(await another.order.result()).toMatchObject({ fulfillment: 'SHIPPED' });
});
