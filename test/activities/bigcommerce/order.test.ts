import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { failureOf } from '../hands.js';
import { address, at, openShop, orderOf, type Shop } from './rig.js';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
beforeEach(() => shop.sandbox.reset());
afterAll(() => shop.stop());

const create = async (order = orderOf()) => (await shop.hands.createOrder(order)).orderId;

describe('an order', () => {
  test('is created under its reference, and its lines are mapped back', async () => {
    const content = {
      date_created: '2026-01-05T10:15:00+02:00',
      staff_notes: 'Fragile',
      shipping_addresses: [{ ...address, city: 'Salem', shipping_method: 'Flat rate' }],
    };
    const order = orderOf(content);
    const orderId = await create(order);
    expect(shop.there(orderId)).toMatchObject({ externalOrderId: order.reference, statusId: 7, channelId: 1 });
    expect(shop.there(orderId).createdAt).toBe(Date.parse('2026-01-05T08:15:00Z'));
    const made = await shop.hands.readBack(order, at(orderId));
    expect(made).toMatchObject({
      currency: 'USD',
      lines: [
        { ref: '1', productId: '113', quantity: 2, type: 'physical' },
        { ref: '2', productId: '0', quantity: 1 },
      ],
    });
    expect(Number(made.total)).toBe(67.3);
    expect(made.lines.map(({ orderProductId }) => Number(orderProductId))).toEqual(
      shop.there(orderId).lines.map(({ id }) => id),
    );
  });

  test('for the Payments API is Incomplete', async () => {
    const payment = {
      kind: 'payments-api',
      payment_method_id: 'stripe.card',
      instrument: { type: 'stored_card', token: 'x' },
    };
    expect(shop.there(await create(orderOf({}, { payment }))).statusId).toBe(0);
  });

  test('out of stock is refused with the product', async () => {
    const order = orderOf({ products: [{ product_id: 115, variant_id: 422, quantity: 1 }] });
    expect(await failureOf(shop.hands.createOrder(order))).toMatchObject({
      type: 'Rejected',
      message: expect.stringMatching(/OutOfStock: product 115/),
    });
  });
});

describe('a look for an order', () => {
  test.each<[string, (id: string) => unknown, object, object]>([
    ['as it was made', () => undefined, {}, { state: 'same' }],
    ['with other lines', () => undefined, { products: [{ product_id: 111, quantity: 1 }] }, { state: 'other' }],
    ['for somebody else', () => undefined, { billing_address: { ...address, zip: '10001' } }, { state: 'other' }],
    ['that was cancelled', (id) => put(id, 5), {}, { state: 'none' }],
    ['that is completed', (id) => put(id, 10), {}, { state: 'finished' }],
    ['that has shipped', (id) => put(id, 2), {}, { state: 'finished' }],
  ])('%s', async (_, happens, change, found) => {
    const orderId = await create();
    happens(orderId);
    expect(await shop.hands.findOrder(orderOf(change))).toMatchObject(found);
  });

  const put = (id: string, statusId: 2 | 5 | 10) => shop.sandbox.controls.setStatus({ orderId: Number(id), statusId });

  test('finds nothing under another reference, and tells dead ones of its content', async () => {
    expect(await shop.hands.findOrder(orderOf())).toEqual({ state: 'none' });
    const id = await create();
    put(id, 5);
    expect(await shop.hands.findOrder(orderOf())).toMatchObject({ state: 'none', passedOver: [{ id }] });
  });

  test('takes the first of several that nobody has touched, and else leaves it to a person', async () => {
    const [first, second] = [await create(), await create()];
    expect(await shop.hands.findOrder(orderOf())).toEqual({ state: 'same', it: { orderId: first } });
    shop.sandbox.controls.bookOutsidePayment({ orderId: Number(second) });
    expect(await shop.hands.findOrder(orderOf())).toMatchObject({ state: 'several', ids: [first, second] });
  });

  test('sees one that the search does not show yet', async () => {
    const id = await create();
    shop.sandbox.controls.editOrder({ orderId: Number(id), changes: { staff_notes: 'x' } });
    expect(await shop.hands.findOrder(orderOf(), id)).toMatchObject({ state: 'same', it: { orderId: id } });
    expect(await shop.hands.findOrder(orderOf(), '999999')).toEqual({ state: 'none' });
  });
});

test('the words of the store are shown without the people concerned', async () => {
  shop.sandbox.faults.add({ kind: 'business', operation: 'orders.create', message: 'Mara Lindqvist has moved' });
  const { message } = await failureOf(shop.hands.createOrder(orderOf()));
  expect(message).not.toMatch(/Mara|Lindqvist/);
});

test('a parcel that has appeared meanwhile is not posted again, which the store would take', async () => {
  const order = orderOf({ shipping_addresses: [{ ...address, shipping_method: 'Flat rate' }] });
  const of = at(await create(order));
  const made = await shop.hands.readBack(order, of);
  const parcel = { tracking_number: '1ZFIRST', lines: [{ ref: '1', quantity: 1 }] };
  const planned = await shop.hands.planShipment(of, made, parcel);
  if (!('parcel' in planned)) throw new Error('it cannot be posted');
  await shop.hands.createShipment(of, planned.parcel);
  expect(await failureOf(shop.hands.createShipment(of, planned.parcel))).toMatchObject({ type: 'OutcomeUnknown' });
  expect(shop.there(of.orderId).shipments).toHaveLength(1);
});
