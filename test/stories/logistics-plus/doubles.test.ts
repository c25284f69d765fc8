import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endOf } from '../endings.js';
import { expectNoFailedTask } from '../expect-no-failed-task.js';
import { until } from '../serving.js';
import { createByHand } from './by-hand.js';
import {
  held,
  openWarehouses,
  plainOrder,
  type Warehouse,
  type WarehouseOrder,
  type WarehouseRig,
  waits,
} from './rig.js';

/** The longest lag of reads that the sandbox offers; 3 s at the pace of the tests. */
const LONGEST_LAG_MS = 60_000;

/** Long enough that the order is seen without shipments first, and within the minutes in which it is looked for. */
const SHIPMENT_DELAY_MS = 90_000;

let rig: WarehouseRig;
let byPrefix: Warehouse;
let lagging: Warehouse;
let plain: Warehouse;
let strange: Warehouse;
let slow: Warehouse;
beforeAll(async () => {
  rig = await openWarehouses([
    { options: { referenceMatch: 'prefix' } },
    { options: { searchLagMs: LONGEST_LAG_MS } },
    {},
    { options: { unknownStatusShare: 1, extraFieldShare: 1 } },
    { options: { shipmentDelayMs: SHIPMENT_DELAY_MS } },
  ]);
  const [first, second, third, fourth, fifth] = rig.warehouses;
  if (!first || !second || !third || !fourth || !fifth) throw new Error('too few warehouses');
  [byPrefix, lagging, plain, strange, slow] = [first, second, third, fourth, fifth];
});
afterAll(() => rig.close());

/** The order goes out, and what the ledger has of it is what was ordered, once. */
async function ship(warehouse: Warehouse, order: WarehouseOrder, reference: string): Promise<void> {
  const { controls } = warehouse.sandbox;
  const { orderLines } = plainOrder();
  const live = () => warehouse.ledgerOrders(reference).filter(({ status }) => status !== 'CAN');
  expect(live()).toMatchObject([{ lines: orderLines, shipments: [{ lines: orderLines }] }]);
  const orderId = live()[0]?.id ?? '';
  controls.pick({ orderId });
  controls.finalize({ orderId });
  await warehouse.hint(reference);
  expect(await order.result()).toMatchObject({ outcome: 'completed', fulfillment: 'SHIPPED', orderId });
  expect(live()).toMatchObject([{ id: orderId, status: 'FIN', shipments: [{ lines: orderLines }] }]);
  await expectNoFailedTask(rig.client, order.workflowId);
}

/** Starts an order and waits until it waits for the warehouse. */
async function waiting(warehouse: Warehouse, change: Record<string, unknown> = {}) {
  const input = warehouse.order(change);
  const order = await warehouse.start(input);
  await waits(order);
  return { input, order, reference: input.reference };
}

const createsOf = ({ sandbox }: Warehouse) =>
  sandbox.ledger().requests.filter(({ operation }) => operation === 'orders.create');

describe('a search that matches the beginning of references', () => {
  test('does not take an order for another whose reference goes on', async () => {
    const longer = await waiting(byPrefix, { reference: 'P-100-2' });
    const shorter = await waiting(byPrefix, { reference: 'P-100' });
    expect(byPrefix.ledgerOrders('P-100')).toHaveLength(1);
    expect(byPrefix.ledgerOrders('P-100-2')).toHaveLength(1);
    // Its end is the other's end only.
    await ship(byPrefix, longer.order, longer.reference);
    await byPrefix.hint(shorter.reference);
    expect(await shorter.order.status()).toMatchObject({ state: 'running', phase: 'waiting' });
    expect(byPrefix.ledgerOrders('P-100')).toMatchObject([{ status: 'PRS' }]);
    await ship(byPrefix, shorter.order, shorter.reference);
  });

  test.each(['reset-before', 'reset-after'] as const)('finds our own after a lost answer: %s', async (kind) => {
    const reference = `P-${kind}`;
    const longer = await waiting(byPrefix, { reference: `${reference}-2` });
    byPrefix.sandbox.faults.add({ kind, operation: 'orders.create' });
    const shorter = await waiting(byPrefix, { reference });
    expect(byPrefix.sandbox.faults.all().at(-1)?.fired).toBe(1);
    expect(byPrefix.ledgerOrders(reference)).toHaveLength(1);
    expect(byPrefix.ledgerOrders(`${reference}-2`)).toHaveLength(1);
    await ship(byPrefix, shorter.order, reference);
    await ship(byPrefix, longer.order, longer.reference);
  });
});

test.each([{ kind: 'reset-after' as const }, { kind: '500-after' as const }])(
  'a lost answer under the longest lag of the search makes one order: $kind',
  async (fault) => {
    lagging.sandbox.reset();
    lagging.sandbox.faults.add({ ...fault, operation: 'orders.create' });
    const { order, reference } = await waiting(lagging);
    expect(lagging.sandbox.ledger().faults).toMatchObject([{ fired: 1 }]);
    expect(createsOf(lagging)).toHaveLength(1);
    await ship(lagging, order, reference);
    expect(lagging.ledgerOrders(reference)).toHaveLength(1);
  },
);

test('what the warehouse cancels before a lost order is found, while its cancel waits, ends as canceled', async () => {
  lagging.sandbox.reset();
  lagging.sandbox.faults.add({ kind: 'reset-after', operation: 'orders.create' });
  const input = lagging.order();
  const order = await lagging.start(input);
  await until(order, () => createsOf(lagging).length > 0);
  expect(await order.cancel()).toMatchObject({ verdict: 'pending' });
  const [made, ...more] = lagging.ledgerOrders(input.reference);
  expect(more).toEqual([]);
  lagging.sandbox.controls.cancel({ orderId: made?.id ?? '' });
  expect(await endOf(order)).toMatchObject({ outcome: 'canceled', left: [], cancel: { verdict: 'stopped' } });
  expect(lagging.ledgerOrders(input.reference)).toMatchObject([{ status: 'CAN' }]);
  expect(createsOf(lagging)).toHaveLength(1);
  await expectNoFailedTask(rig.client, order.workflowId);
});

test('a double that somebody else made is held, and settles itself when it is canceled', async () => {
  const { order, input, reference } = await waiting(plain);
  const ours = plain.ledgerOrders(reference)[0]?.id ?? '';
  const double = await createByHand(plain.sandbox, input);
  expect(plain.ledgerOrders(reference).map(({ id }) => id)).toEqual([ours, double]);
  await plain.hint(reference);
  const { question, facts, choices } = await held(order);
  expect(question).toContain(reference);
  expect(facts).toEqual([`ours: ${ours}`, `others: ${double}`]);
  expect(choices).toEqual(['retry', 'abandon']);
  plain.sandbox.controls.cancel({ orderId: double });
  await plain.hint(reference);
  const { happenings } = await until(order, ({ hold, phase }) => hold === undefined && phase === 'waiting');
  expect(happenings.map(({ text }) => text)).toContain('hold-1 has settled itself');
  expect(plain.ledgerOrders(reference)).toMatchObject([
    { id: ours, status: 'PRS' },
    { id: double, status: 'CAN' },
  ]);
  await ship(plain, order, reference);
});

describe('a status that nobody documented', () => {
  test('is waited on, and said', async () => {
    const { order, input, reference } = await waiting(plain);
    plain.sandbox.controls.setShipmentStatus({ reference, status: 'QQQ' });
    await plain.hint(reference);
    const { waitingFor, state } = await until(order, (now) => now.waitingFor?.includes('QQQ') === true);
    expect(waitingFor).toContain('has the unknown status QQQ');
    expect(state).toBe('running');
    await expect(order.send('amend', { ...input, note: 'other' })).rejects.toThrow(/too late: shipment \w+ is QQQ/);
    expect(plain.ledgerOrders(reference)).toMatchObject([{ note: input.note, patches: [] }]);
    plain.sandbox.controls.setShipmentStatus({ reference, status: 'ENT' });
    await ship(plain, order, reference);
  });

  test('on every open shipment, with fields that nobody documented, hinders no order', async () => {
    const { order, reference } = await waiting(strange);
    expect((await order.status()).waitingFor).toContain('unknown status');
    await ship(strange, order, reference);
    expect(strange.ledgerOrders(reference)).toHaveLength(1);
  });
});

describe('shipments that come after their order', () => {
  test('are waited for', async () => {
    const input = slow.order();
    const order = await slow.start(input);
    const { waitingFor } = await until(order, (now) => now.waitingFor?.includes('no shipment yet') === true);
    expect(waitingFor).toContain('order PRS, no shipment yet');
    expect(slow.ledgerOrders(input.reference)).toMatchObject([{ shipments: [] }]);
    await until(order, (now) => now.waitingFor?.includes('ENT') === true);
    await ship(slow, order, input.reference);
    expect(slow.ledgerOrders(input.reference)).toHaveLength(1);
  });

  test('do not keep a lost order from being found', async () => {
    slow.sandbox.faults.add({ kind: 'reset-after', operation: 'orders.create' });
    const { order, reference } = await waiting(slow);
    await until(order, (now) => now.waitingFor?.includes('ENT') === true);
    expect(slow.sandbox.faults.all().at(-1)?.fired).toBe(1);
    await ship(slow, order, reference);
    expect(slow.ledgerOrders(reference)).toHaveLength(1);
  });
});
