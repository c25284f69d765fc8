import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectNoFailedTask } from '../expect-no-failed-task.js';
import { expectReplays } from '../expect-replays.js';
import { until } from '../serving.js';
import { looksIn, ownEvents, skipDays } from '../skip-time.js';
import { held, openWarehouses, type Warehouse, type WarehouseOrder, type WarehouseRig, waits } from './rig.js';

let rig: WarehouseRig;
let lp: Warehouse;
beforeAll(async () => {
  rig = await openWarehouses();
  const [first] = rig.warehouses;
  if (first === undefined) throw new Error('no warehouse');
  lp = first;
});
const played: string[] = [];
afterAll(async () => {
  expect(played.length).toBeGreaterThan(0);
  for (const workflowId of played) {
    await expectNoFailedTask(rig.client, workflowId);
    await expectReplays(rig.client, workflowId);
  }
  await rig.close();
});

/** An order that waits for the warehouse. */
async function waiting(change: Record<string, unknown> = {}) {
  const input = lp.order(change);
  const { reference } = input;
  const order = await lp.start(input);
  played.push(order.workflowId);
  await waits(order);
  return { input, reference, order };
}

const texts = async (order: WarehouseOrder) => (await order.status()).happenings.map(({ text }) => text);

describe('an order at the warehouse', () => {
  test('is made once, followed, and ends with what was shipped', async () => {
    const { order, reference } = await waiting();
    expect(lp.ledgerOrders(reference)).toMatchObject([
      { warehouseCode: 'LAW', secondaryReference: 'WEB-55110', note: 'GROUND - CHEAPEST', status: 'PRS' },
    ]);
    lp.sandbox.controls.pick({ reference });
    await lp.hint(reference);
    await until(order, ({ waitingFor }) => waitingFor?.includes('PIC') === true);
    lp.sandbox.controls.finalize({
      reference,
      lines: [{ line: '20', serialNumbers: ['SN-1'] }],
      tracking: { carrierCode: 'FX', trackingNumber: '770000111222' },
    });
    await lp.hint(reference);
    expect(await order.result()).toMatchObject({
      outcome: 'completed',
      fulfillment: 'SHIPPED',
      personInvolved: false,
      amendments: 0,
      requestIds: [expect.any(String)],
      lines: [
        { externalLineReference: '10', ordered: 2, shipped: 2, difference: 0 },
        { externalLineReference: '20', ordered: 1, shipped: 1, difference: 0 },
      ],
      shipments: [{ status: 'FIN', trackingNumber: '770000111222' }],
    });
    expect(JSON.stringify(await order.result())).toContain('SN-1');
  });

  test('that ships short says so, line by line', async () => {
    const { order, reference } = await waiting();
    lp.sandbox.controls.pick({ reference });
    lp.sandbox.controls.finalize({ reference, lines: [{ line: '10', quantity: 1 }, { line: '20' }] });
    await lp.hint(reference);
    expect(await order.result()).toMatchObject({
      fulfillment: 'SHIPPED_WITH_DIFFERENCE',
      lines: [{ ordered: 2, shipped: 1, difference: -1 }, { difference: 0 }],
    });
  });

  test('that the warehouse cancels of its own ends as canceled there', async () => {
    const { order, reference } = await waiting();
    lp.sandbox.controls.cancel({ reference });
    await lp.hint(reference);
    expect(await order.result()).toMatchObject({ outcome: 'completed', fulfillment: 'CANCELED' });
  });

  test('is found by a round when no webhook comes', async () => {
    const { order, reference } = await waiting();
    lp.sandbox.controls.pick({ reference });
    lp.sandbox.controls.finalize({ reference });
    // A round comes every 45 s at the pace of the tests.
    expect(await order.result()).toMatchObject({ fulfillment: 'SHIPPED' });
  });

  test('whose answer was lost is adopted, and made once', async () => {
    const input = lp.order();
    const fault = lp.sandbox.faults.add({ kind: 'reset-after', operation: 'orders.create' });
    const order = await lp.start(input);
    await waits(order);
    expect(lp.sandbox.faults.all().find(({ id }) => id === fault.id)?.fired).toBe(1);
    expect(lp.ledgerOrders(input.reference)).toHaveLength(1);
    lp.sandbox.faults.clear();
    lp.sandbox.controls.cancel({ reference: input.reference });
    await lp.hint(input.reference);
    await order.result();
  });

  test('under a reference whose order was canceled is refused: use a new reference', async () => {
    const { order, reference, input } = await waiting();
    lp.sandbox.controls.cancel({ reference });
    await lp.hint(reference);
    await order.result();
    // As behind the retention: a run that knows nothing of the first one.
    await rig.client.workflow
      .start('logisticsPlusOrder', { workflowId: order.workflowId, taskQueue: rig.taskQueue, args: [input] })
      .then((handle) =>
        expect(handle.result()).rejects.toMatchObject({
          cause: { type: 'Conflict', message: expect.stringMatching(/new reference/) },
        }),
      );
    expect(lp.ledgerOrders(reference)).toHaveLength(1);
  });
});

describe('an amendment', () => {
  test('is done when order and shipment show it', async () => {
    const { order, reference, input } = await waiting();
    const orderLines = [{ externalLineReference: '10', productCode: 'MUG-B', quantity: 5 }];
    expect(await order.send('amend', { ...input, orderLines })).toMatchObject({ verdict: 'done' });
    const [there] = lp.ledgerOrders(reference);
    expect(there?.shipments[0]?.lines).toMatchObject([{ productCode: 'MUG-B', quantity: 5 }]);
    // The same once more is harmless.
    expect(await order.send('amend', { ...input, orderLines })).toMatchObject({ verdict: 'done' });
    expect(lp.ledgerOrders(reference)[0]?.patches).toHaveLength(1);
    lp.sandbox.controls.pick({ reference });
    lp.sandbox.controls.finalize({ reference });
    await lp.hint(reference);
    expect(await order.result()).toMatchObject({
      fulfillment: 'SHIPPED',
      amendments: 1,
      lines: [{ externalLineReference: '10', ordered: 5, shipped: 5 }],
    });
  });

  test('of an order that is being picked comes too late, with the state', async () => {
    const { order, reference, input } = await waiting();
    lp.sandbox.controls.pick({ reference });
    await expect(order.send('amend', { ...input, note: 'other' })).rejects.toThrow(/too late: shipment \w+ is PIC/);
    expect(lp.ledgerOrders(reference)[0]?.patches).toHaveLength(0);
    await rig.client.workflow.getHandle(order.workflowId).terminate();
  });

  test('that changes nothing, changes what is fixed, or cannot be read is refused by name', async () => {
    const { order, input, reference } = await waiting();
    await expect(order.send('amend', input)).rejects.toThrow(/changes nothing/);
    await expect(order.send('amend', { ...input, warehouseCode: 'CLW' })).rejects.toThrow(/warehouseCode/);
    await expect(order.send('amend', { ...input, orderLines: [] })).rejects.toThrow(/orderLines/);
    expect(lp.ledgerOrders(reference)[0]?.patches).toHaveLength(0);
    await rig.client.workflow.getHandle(order.workflowId).terminate();
  });
});

describe('two amendments that come in one task', () => {
  test('are served one after the other, and replay', async () => {
    const { order, reference, input } = await waiting();
    const five = [{ externalLineReference: '10', productCode: 'MUG-B', quantity: 5 }];
    // Whoever gets no answer sends once more, and the next process is given both.
    await rig.stopWorker();
    const sent = Promise.all([1, 2].map(() => order.send('amend', { ...input, orderLines: five })));
    await rig.startWorker();
    expect(await sent).toHaveLength(2);
    lp.sandbox.controls.pick({ reference });
    lp.sandbox.controls.finalize({ reference });
    await lp.hint(reference);
    expect(await order.result()).toMatchObject({ amendments: 1, lines: [{ ordered: 5, shipped: 5 }] });
  });
});

describe('a cancel', () => {
  test('asks the warehouse, and is stopped when the warehouse has canceled', async () => {
    const { order, reference } = await waiting();
    expect(await order.cancel()).toMatchObject({ verdict: 'pending' });
    const hold = await held(order);
    expect(hold.choices).toEqual(['retry', 'accept', 'leave']);
    await expect(order.resolve({ hold: hold.id, answer: 'accept' })).rejects.toThrow(/not canceled yet/);
    lp.sandbox.controls.cancel({ reference });
    await lp.hint(reference);
    await expect(order.result()).rejects.toMatchObject({
      outcome: { outcome: 'canceled', left: [], undone: ['the order is canceled at the warehouse'] },
    });
    expect((await order.status()).outcome?.cancel).toMatchObject({ verdict: 'stopped' });
    expect(lp.ledgerOrders(reference)).toMatchObject([{ status: 'CAN' }]);
  });

  test('that the warehouse overtakes is too late, and the order ends with its shipment', async () => {
    const { order, reference } = await waiting();
    await order.cancel();
    await held(order);
    lp.sandbox.controls.pick({ reference });
    lp.sandbox.controls.finalize({ reference });
    await lp.hint(reference);
    expect(await order.result()).toMatchObject({
      outcome: 'too-late',
      fulfillment: 'SHIPPED',
      cancel: { verdict: 'too-late', reason: expect.stringContaining('shipped') },
    });
  });

  test('that a person gives up lets the order go on', async () => {
    const { order, reference } = await waiting();
    await order.cancel();
    const hold = await held(order);
    await order.resolve({ hold: hold.id, answer: 'leave' });
    await until(order, ({ phase }) => phase === 'waiting');
    expect(await texts(order)).toContain('cancel refused: the warehouse did not cancel it');
    lp.sandbox.controls.pick({ reference });
    lp.sandbox.controls.finalize({ reference });
    await lp.hint(reference);
    expect(await order.result()).toMatchObject({ outcome: 'too-late', fulfillment: 'SHIPPED', personInvolved: true });
  });
});

test('sixty days at the warehouse cost six looks and fewer than a hundred events', async () => {
  // Real waiting times: the days are skipped, not shortened.
  const slow = await openWarehouses([{ options: { searchLagMs: 0 } }], { pace: 1 });
  try {
    const [warehouse] = slow.warehouses;
    if (warehouse === undefined) throw new Error('no warehouse');
    const input = { ...warehouse.order(), reference: `S-${randomUUID().slice(0, 8)}` };
    const order = await warehouse.start(input);
    await waits(order);
    const handle = slow.client.workflow.getHandle(order.workflowId);
    const before = (await handle.fetchHistory()).events?.length ?? 0;
    await skipDays(slow.client, handle, 60, (ms) => warehouse.sandbox.clock.advance(ms));
    const events = await ownEvents(handle);
    expect(events.length - before).toBeLessThanOrEqual(100);
    expect(looksIn(events)).toBe(1 + 6);
    warehouse.sandbox.controls.pick({ reference: input.reference });
    warehouse.sandbox.controls.finalize({ reference: input.reference });
    await warehouse.hint(input.reference);
    expect(await order.result()).toMatchObject({ outcome: 'completed', fulfillment: 'SHIPPED' });
  } finally {
    await slow.close();
  }
});
