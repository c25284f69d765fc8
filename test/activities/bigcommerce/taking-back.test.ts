import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { BigcommerceLine } from '../../../src/workflows/bigcommerce/contract.js';
import { failureOf } from '../hands.js';
import { at, openShop, orderOf, type Shop } from './rig.js';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ gatewayDelayMs: 0, statusDelayMs: 0, inventory: { refund_order_stock_adjustment: false } });
});
beforeEach(() => shop.sandbox.reset());
afterAll(() => shop.stop());

/** An order of the shop, its card captured: three mugs and shipping. */
function captured() {
  const { orderId } = shop.sandbox.controls.seedOrder({ payment: 'captured', lines: [{ sku: 'MUG-B', quantity: 3 }] });
  return at(String(orderId));
}

async function linesOf(order: ReturnType<typeof at>): Promise<readonly BigcommerceLine[]> {
  return (await shop.hands.readBack({ ...orderOf(), order: undefined }, order)).lines;
}

describe('a refund', () => {
  test('of all is what was paid, to the cent, by one method', async () => {
    const order = captured();
    const planned = await shop.hands.planRefund(order, 'all', await linesOf(order));
    if (!('refund' in planned)) throw new Error(JSON.stringify(planned));
    expect(Number(planned.refund.amount)).toBe(shop.there(order.orderId).taken);
    expect(planned.refund.items.map(({ type }) => type)).toEqual(['PRODUCT', 'SHIPPING']);
    expect(planned.refund.payments).toHaveLength(1);
    const { refundId } = await shop.hands.refundAll(order, planned.refund);
    expect(await shop.hands.findRefund(order, planned.refund)).toMatchObject({ state: 'same', it: { refundId } });
    expect(await shop.hands.readRefund(order, refundId)).toMatchObject({ state: 'done' });
    expect(await shop.hands.planRefund(order, 'all', await linesOf(order))).toEqual({ nothing: true });
    const { refunded, taken } = shop.there(order.orderId);
    expect(refunded).toBe(taken);
  });

  test('of what does not ship keeps shipping', async () => {
    const order = captured();
    const lines = await linesOf(order);
    const [line] = lines;
    const items = [{ orderProductId: Number(line?.orderProductId), quantity: 1 }];
    shop.sandbox.controls.ship({ orderId: Number(order.orderId), items, trackingNumber: '1Z1' });
    const planned = await shop.hands.planRefund(order, 'unshipped', lines);
    expect(planned).toMatchObject({ refund: { items: [{ type: 'PRODUCT', quantity: 2 }] } });
  });

  test('that somebody made a part of is completed to the cent', async () => {
    const order = captured();
    shop.sandbox.controls.refund({ orderId: Number(order.orderId), amount: 10 });
    const planned = await shop.hands.planRefund(order, 'all', await linesOf(order));
    if (!('refund' in planned)) throw new Error(JSON.stringify(planned));
    expect(Number(planned.refund.amount)).toBeCloseTo(shop.there(order.orderId).taken - 10, 2);
  });

  test('that was declined is told with its reason, and may be made again', async () => {
    const order = captured();
    shop.sandbox.controls.declineNext({ action: 'refund', message: 'No funds.' });
    const planned = await shop.hands.planRefund(order, 'all', await linesOf(order));
    if (!('refund' in planned)) throw new Error(JSON.stringify(planned));
    const { refundId } = await shop.hands.refundAll(order, planned.refund);
    expect(await shop.hands.readRefund(order, refundId)).toMatchObject({ state: 'declined', reason: 'No funds.' });
    expect(await shop.hands.findRefund(order, planned.refund)).toEqual({ state: 'none' });
  });

  test('of money that BigCommerce never had is none', async () => {
    const { orderId } = await shop.hands.createOrder(orderOf());
    await shop.hands.bookPayment(at(orderId), { payment_provider_id: 'pay_1' });
    expect(await shop.hands.planRefund(at(orderId), 'all', await linesOf(at(orderId)))).toEqual({ nothing: true });
  });
});

describe('the stock of an order', () => {
  const onHand = (sku: string) =>
    Object.values(shop.sandbox.ledger().stock.find((each) => each.sku === sku)?.onHand ?? {}).reduce(
      (a, b) => a + b,
      0,
    );

  test('is read on the level that it is tracked on, and corrected once', async () => {
    const products = [
      { product_id: 113, quantity: 2 },
      { product_id: 115, variant_id: 421, quantity: 1 },
      { product_id: 116, quantity: 2 },
      { name: 'Engraving', quantity: 1, price_ex_tax: '1', price_inc_tax: '1' },
    ];
    const order = orderOf({ products });
    const before = [onHand('TEA-1'), onHand('TOTE-RED')];
    const { orderId } = await shop.hands.createOrder(order);
    const { lines } = await shop.hands.readBack(order, at(orderId));
    const stock = await shop.hands.readStock(at(orderId), lines);
    expect(stock).toMatchObject([
      { by: 'product_id', id: '113', ordered: 2 },
      { by: 'variant_id', id: '421', ordered: 1 },
    ]);
    await shop.hands.cancelOrder(at(orderId));
    expect(await shop.hands.correctStock(at(orderId), stock)).toEqual({ corrected: 'done' });
    expect(await shop.hands.correctStock(at(orderId), stock)).toEqual({ corrected: 'done' });
    await shop.sandbox.clock.advance(60_000);
    expect([onHand('TEA-1'), onHand('TOTE-RED')]).toEqual(before);
  });

  test('is not corrected again when nobody knows whether it was', async () => {
    const { orderId } = await shop.hands.createOrder(orderOf());
    const { lines } = await shop.hands.readBack(orderOf(), at(orderId));
    const stock = await shop.hands.readStock(at(orderId), lines);
    shop.sandbox.faults.add({ kind: 'reset-after', operation: 'inventory.adjustRelative' });
    expect(await failureOf(shop.hands.correctStock(at(orderId), stock))).toMatchObject({ type: 'OutcomeUnknown' });
    expect(await shop.hands.correctStock(at(orderId), stock)).toEqual({ corrected: 'unknown' });
    expect(shop.asked().filter((name) => name === 'inventory.adjustRelative')).toHaveLength(1);
  });

  test('may be corrected after a refusal', async () => {
    const { orderId } = await shop.hands.createOrder(orderOf());
    const { lines } = await shop.hands.readBack(orderOf(), at(orderId));
    const stock = await shop.hands.readStock(at(orderId), lines);
    shop.sandbox.faults.add({ kind: 'business', operation: 'inventory.adjustRelative' });
    expect(await failureOf(shop.hands.correctStock(at(orderId), stock))).toMatchObject({ type: 'Rejected' });
    expect(await shop.hands.correctStock(at(orderId), stock)).toEqual({ corrected: 'done' });
  });
});

describe('a cancel', () => {
  test('is done once, and never after a parcel has left', async () => {
    const { orderId } = await shop.hands.createOrder(orderOf());
    expect(await shop.hands.cancelOrder(at(orderId))).toEqual({ done: true, now: true });
    expect(await shop.hands.cancelOrder(at(orderId))).toEqual({ done: true, now: false });
    const order = captured();
    shop.sandbox.controls.ship({ orderId: Number(order.orderId), trackingNumber: '1Z1' });
    expect(await shop.hands.cancelOrder(order)).toMatchObject({
      done: false,
      why: expect.stringContaining('have left'),
    });
  });

  test('of a double archives it, once it is cancelled', async () => {
    const [ours, double] = [await shop.hands.createOrder(orderOf()), await shop.hands.createOrder(orderOf())];
    expect(await shop.hands.isDouble(orderOf(), at(double.orderId))).toEqual({ double: true });
    expect(await shop.hands.archiveDouble(at(double.orderId))).toEqual({ archived: false });
    await shop.hands.cancelOrder(at(double.orderId));
    expect(await shop.hands.archiveDouble(at(double.orderId))).toEqual({ archived: true });
    expect(shop.there(double.orderId).archivedAt).not.toBeNull();
    expect(shop.there(ours.orderId).archivedAt).toBeNull();
  });
});
