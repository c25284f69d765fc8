import { describe, expect, test } from 'vitest';
import { atSites, type Made, texts } from './at-a-site.js';
import { statusOfGet } from './by-hand.js';
import { reaches, shows, tell, tellToTheEnd } from './people.js';
import { held } from './rig.js';

/** At the pace of the tests a cancel is answered within 0.2 s, mostly `pending`: what counts is how the order ends. */
const { waiting } = atSites({
  plain: { times: 8 },
  // A search that shows for a minute what is gone.
  lagging: { options: { searchLagMs: 60_000 } },
});

const statusesOf = ({ account, reference }: Made) =>
  account.ledgerOrders(reference).map(({ status, deletedAt }) => (deletedAt === null ? status : 'deleted'));

/** An order whose lamp is on back order: `Processed`, and its child `Back Order`. */
async function split(name: 'plain' | 'lagging' = 'plain'): Promise<Made> {
  const made = await waiting(name, {
    lineItems: [
      { sku: 'MUG-B', orderedQty: 2 },
      { sku: 'LAMP-3', orderedQty: 1 },
    ],
  });
  made.controls.process({ orderNo: made.orderNo });
  await tell(made, shows(`order ${made.orderNo}.001 Back Order`));
  return made;
}

describe.concurrent('a cancel before the order is processed', () => {
  test.each(['plain', 'lagging'] as const)('deletes it, and proves that it is gone: %s', async (name) => {
    const made = await waiting(name);
    const { order, orderNo, sandbox } = made;
    expect(await statusOfGet(sandbox, orderNo)).toBe(200);
    await order.cancel();
    await expect(order.result()).rejects.toMatchObject({
      outcome: { outcome: 'canceled', undone: ['the order is gone'], left: [] },
    });
    expect(statusesOf(made)).toEqual(['deleted']);
    expect(await statusOfGet(sandbox, orderNo)).toBe(404);
    expect(await order.cancel()).toMatchObject({ verdict: 'stopped' });
  });

  test('of an order that somebody deleted is stopped', async () => {
    const made = await waiting('plain');
    made.controls.deleteOrder({ orderNo: made.orderNo });
    await made.order.cancel();
    await expect(made.order.result()).rejects.toMatchObject({ outcome: { outcome: 'canceled', left: [] } });
  });
});

describe.concurrent('a cancel of an order that is processed', () => {
  /** Asked for: the order carries the tag, its history says so, and a person is asked. */
  async function asked(): Promise<Made> {
    const made = await waiting('plain');
    made.controls.process({ orderNo: made.orderNo });
    expect(await made.order.cancel()).toMatchObject({ verdict: 'pending' });
    const hold = await held(made.order);
    expect(hold.question).toContain(`Have order ${made.orderNo} cancelled at the warehouse`);
    expect(hold.choices).toEqual(['retry', 'accept', 'leave']);
    expect(made.account.ledgerOrders(made.reference)).toMatchObject([
      { tags: ['source: web', 'Cancel Order'], audits: [expect.stringMatching(/cancel/i)], status: 'Processed' },
    ]);
    return made;
  }

  test('asks the warehouse by the tag, and is stopped when the warehouse has cancelled', async () => {
    const made = await asked();
    const { order, orderNo, controls } = made;
    const { id } = await held(order);
    await expect(order.resolve({ hold: id, answer: 'accept' })).rejects.toThrow(/not cancelled yet/);
    controls.cancel({ orderNo });
    await tellToTheEnd(made);
    await expect(order.result()).rejects.toMatchObject({ outcome: { outcome: 'canceled', left: [] } });
    expect((await order.status()).outcome?.cancel).toMatchObject({ verdict: 'stopped' });
    expect(statusesOf(made)).toEqual(['Cancelled']);
    expect(await texts(order)).toContain(`${id} has settled itself`);
  });

  test('that the warehouse overtakes is too late, and the order ends with its parcel', async () => {
    const made = await asked();
    made.controls.ship({ orderNo: made.orderNo });
    await tellToTheEnd(made);
    expect(await made.order.result()).toMatchObject({
      outcome: 'too-late',
      fulfillment: 'SHIPPED',
      cancel: { verdict: 'too-late', reason: `shipped: ${made.orderNo}` },
    });
  });

  test('that a person gives up takes the tag off, and lets the order go on', async () => {
    const made = await asked();
    const { id } = await held(made.order);
    await made.order.resolve({ hold: id, answer: 'leave' });
    await reaches(made.order, ({ phase }) => phase === 'waiting');
    expect(made.account.ledgerOrders(made.reference)).toMatchObject([{ tags: ['source: web'], holdCode: 'N' }]);
    made.controls.ship({ orderNo: made.orderNo });
    await tellToTheEnd(made);
    expect(await made.order.result()).toMatchObject({
      outcome: 'too-late',
      fulfillment: 'SHIPPED',
      personInvolved: true,
    });
  });

  test('of an order that has shipped is too late at once', async () => {
    const made = await waiting('plain');
    const { orderNo, controls, order } = made;
    controls.process({ orderNo });
    controls.ship({ orderNo });
    await order.cancel();
    await tellToTheEnd(made);
    expect(await order.result()).toMatchObject({
      outcome: 'too-late',
      fulfillment: 'SHIPPED',
      cancel: { verdict: 'too-late', reason: `shipped: ${orderNo}` },
    });
  });
});

describe.concurrent('a cancel of an order with a back order', () => {
  test('deletes the back order, and is stopped when the warehouse has cancelled the rest', async () => {
    const made = await split();
    const { order, orderNo, controls } = made;
    expect(await order.cancel()).toMatchObject({ verdict: 'pending' });
    await held(order);
    expect(statusesOf(made)).toEqual(['Processed', 'deleted']);
    controls.cancel({ orderNo });
    await tellToTheEnd(made);
    await expect(order.result()).rejects.toMatchObject({ outcome: { outcome: 'canceled', left: [] } });
    expect((await order.status()).outcome?.cancel).toMatchObject({ verdict: 'stopped' });
    expect(statusesOf(made)).toEqual(['Cancelled', 'deleted']);
  });

  test('is partly, when the rest ships all the same', async () => {
    const made = await split();
    const { order, orderNo, controls } = made;
    await order.cancel();
    await held(order);
    controls.ship({ orderNo });
    await tellToTheEnd(made);
    expect(await order.result()).toMatchObject({
      outcome: 'partly',
      fulfillment: 'PARTLY_CANCELED',
      cancel: { verdict: 'partly', reason: `shipped: ${orderNo}` },
      lines: [
        { sku: 'MUG-B', ordered: 2, shipped: 2 },
        { sku: 'LAMP-3', ordered: 1, shipped: 0, difference: -1 },
      ],
    });
    expect(statusesOf(made)).toEqual(['Shipped', 'deleted']);
  });

  test.each(['plain', 'lagging'] as const)('is partly, when the rest has shipped before: %s', async (name) => {
    const made = await split(name);
    const { order, orderNo, controls } = made;
    controls.ship({ orderNo });
    await tell(made, shows(`order ${orderNo} Shipped`));
    await order.cancel();
    expect(await order.result()).toMatchObject({
      outcome: 'partly',
      fulfillment: 'PARTLY_CANCELED',
      cancel: { verdict: 'partly', reason: `shipped: ${orderNo}` },
    });
    expect(statusesOf(made)).toEqual(['Shipped', 'deleted']);
  });

  test('asks for both when both are processed, and every one counts', async () => {
    const made = await split();
    const { order, orderNo, controls } = made;
    controls.receiveStock({ sku: 'LAMP-3', quantity: 1 });
    controls.process({ orderNo: `${orderNo}.001` });
    await tell(made, shows(`order ${orderNo}.001 Processed`));
    await order.cancel();
    await held(order);
    const tags = made.account.ledgerOrders(made.reference).map((each) => each.tags.includes('Cancel Order'));
    expect(tags).toEqual([true, true]);
    controls.cancel({ orderNo: `${orderNo}.001` });
    controls.ship({ orderNo });
    await tellToTheEnd(made);
    expect(await order.result()).toMatchObject({ outcome: 'partly', fulfillment: 'PARTLY_CANCELED' });
    expect(statusesOf(made)).toEqual(['Shipped', 'Cancelled']);
  });
});

test('an order that a person abandons once it is processed is not left there in silence', async () => {
  const made = await waiting('plain');
  const { order, orderNo, controls } = made;
  controls.setStatus({ orderNo, status: 'Error' });
  await tell(made, ({ hold }) => hold !== undefined);
  const { id } = await held(order);
  controls.setStatus({ orderNo, status: 'Processed' });
  // Nobody told of it, and the person is quicker.
  await order.resolve({ hold: id, answer: 'abandon' });
  await reaches(order, ({ hold }) => hold !== undefined && hold.id !== id);
  expect(made.account.ledgerOrders(made.reference)).toMatchObject([{ tags: expect.arrayContaining(['Cancel Order']) }]);
  controls.cancel({ orderNo });
  const hold = await held(order);
  await order.resolve({ hold: hold.id, answer: 'retry' });
  await expect(order.result()).rejects.toMatchObject({ outcome: { outcome: 'failed', left: [] } });
  expect(statusesOf(made)).toEqual(['Cancelled']);
});
