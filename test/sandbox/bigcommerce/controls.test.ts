import { afterEach, beforeEach, expect, test } from 'vitest';
import { type BigcommerceSandbox, bigcommerceSeed } from '../../../src/sandbox/index.js';
import { control } from '../http.js';
import { api, bigcommerce, createOrder, product, readLines, readOrder, stopBigcommerce } from './wire.js';

let sandbox: BigcommerceSandbox;

beforeEach(async () => {
  sandbox = await bigcommerce({ clockSpeed: 0.001 });
});
afterEach(stopBigcommerce);

const [authorized] = bigcommerceSeed.authorizedOrderIds;

test('orders come out of the shop, in any state of their payment', async () => {
  const lines = [{ sku: 'TOTE-RED', quantity: 2, priceExTax: 25, priceIncTax: 27.5 }];
  const made = sandbox.controls.seedOrder({ lines, shipping: 4.5, customerId: 11, externalOrderId: 'S-1' });
  expect(made).toMatchObject({ statusId: 7, paymentStatus: 'authorized', orderProductIds: [expect.any(Number)] });
  expect(await readOrder(sandbox, made.orderId)).toMatchObject({
    ...{ status_id: 7, payment_status: 'authorized', total_inc_tax: '59.5000', customer_id: 11, order_source: 'www' },
    ...{ external_order_id: 'S-1', cart_id: expect.any(String) },
  });
  expect(sandbox.controls.seedOrder({ payment: 'captured' })).toMatchObject({
    statusId: 11,
    paymentStatus: 'captured',
  });
  expect(sandbox.controls.seedOrder({ payment: 'none' })).toMatchObject({ statusId: 7, paymentStatus: 'pending' });
  expect(() => sandbox.controls.seedOrder({ lines: [{ sku: 'NONE' }] })).toThrow('no product NONE');
});

test('people set statuses', async () => {
  const { id: orderId } = await createOrder(sandbox);
  const { controls } = sandbox;
  expect(controls.dispute({ orderId }).statusId).toBe(13);
  expect(controls.requireVerification({ orderId }).statusId).toBe(12);
  expect(controls.setStatus({ orderId, statusId: 9 }).statusId).toBe(9);
  expect(controls.cancel({ orderId }).statusId).toBe(5);
  expect(await readOrder(sandbox, orderId)).toMatchObject({ status: 'Cancelled' });
  expect(
    sandbox
      .ledger()
      .orders.at(-1)
      ?.history.map(({ to, by }) => [to, by]),
  ).toEqual([
    ...[
      [7, 'api'],
      [13, 'person'],
      [12, 'person'],
      [9, 'person'],
      [5, 'person'],
    ],
  ]);
  expect(() => controls.cancel({ orderId: 1 })).toThrow('There is no order 1.');
});

test('people edit orders, put them away and take them back', async () => {
  const { id: orderId } = await createOrder(sandbox);
  const changes = { products: [{ ...product('TEA-1'), quantity: 1 }], staff_notes: 'added tea' };
  expect(sandbox.controls.editOrder({ orderId, changes }).orderProductIds).toHaveLength(3);
  expect(await readOrder(sandbox, orderId)).toMatchObject({ staff_notes: 'added tea', total_inc_tax: '77.2000' });
  sandbox.controls.archive({ orderId });
  expect((await api(sandbox, 'GET', `/v2/orders/${orderId}`)).status).toBe(404);
  sandbox.controls.restore({ orderId });
  expect((await api(sandbox, 'GET', `/v2/orders/${orderId}`)).status).toBe(200);
});

test('people pack parcels and take them back', async () => {
  const { id: orderId } = await createOrder(sandbox, { status_id: 11 });
  const [line] = await readLines(sandbox, orderId);
  const items = [{ orderProductId: line.id, quantity: 1 }];
  const shipmentId = sandbox.controls.ship({ orderId, items, trackingNumber: 'T-1', shippingProvider: 'ups' });
  sandbox.controls.ship({ orderId });
  expect(() => sandbox.controls.ship({ orderId })).toThrow('nothing left to ship');
  sandbox.clock.advance(2_000);
  expect(await readOrder(sandbox, orderId)).toMatchObject({ status_id: 2, items_shipped: 3 });
  sandbox.controls.deleteShipment({ shipmentId });
  expect(await readOrder(sandbox, orderId)).toMatchObject({ status_id: 2, items_shipped: 2 });
});

test('people capture, void and refund', async () => {
  const { controls, clock } = sandbox;
  expect(controls.capture({ orderId: authorized }).paymentStatus).toBe('capture pending');
  clock.advance(2_000);
  controls.refund({ orderId: authorized, amount: 10 });
  clock.advance(4_000);
  expect(await readOrder(sandbox, authorized)).toMatchObject({ payment_status: 'partially refunded', status_id: 14 });
  controls.refund({ orderId: authorized, offline: true });
  clock.advance(4_000);
  expect(await readOrder(sandbox, authorized)).toMatchObject({ payment_status: 'refunded', status_id: 4 });
  const other = bigcommerceSeed.authorizedOrderIds[1];
  controls.void({ orderId: other });
  clock.advance(2_000);
  expect((await readOrder(sandbox, other)).payment_status).toBe('void');
  expect(() => controls.capture({ orderId: other })).toThrow('cannot be captured');
});

test('a payment may be held, or lapse', async () => {
  for (const paymentStatus of ['held for review', 'void'] as const) {
    sandbox.controls.setPaymentStatus({ orderId: authorized, paymentStatus });
    expect((await readOrder(sandbox, authorized)).payment_status).toBe(paymentStatus);
    expect((await api(sandbox, 'POST', `/v3/orders/${authorized}/payment_actions/capture`)).status).toBe(422);
  }
});

test('money from elsewhere is booked by hand, and may leave a transaction', async () => {
  const { id: orderId } = await createOrder(sandbox);
  sandbox.controls.bookOutsidePayment({ orderId, method: 'Bank' });
  expect(await readOrder(sandbox, orderId)).toMatchObject({
    status_id: 11,
    payment_method: 'Bank',
    payment_status: '',
  });
  expect((await api(sandbox, 'GET', `/v3/orders/${orderId}/transactions`)).status).toBe(204);
  sandbox.controls.settings({ outsideTransactions: true });
  const { id } = await createOrder(sandbox, { status_id: 11 });
  const { data } = (await api(sandbox, 'GET', `/v3/orders/${id}/transactions`)).body;
  expect(data).toMatchObject([{ event: 'purchase', method: 'custom', gateway: 'custom', amount: 67.3 }]);
  const items = [{ item_type: 'ORDER', item_id: id, amount: 67.3 }];
  const quote = await api(sandbox, 'POST', `/v3/orders/${id}/payment_actions/refund_quotes`, { items });
  expect(quote.body.data.refund_methods).toMatchObject([[{ provider_id: 'custom', offline: true }]]);
});

test('controls are reached over HTTP too, and say what they cannot do', async () => {
  const cancel = await control(sandbox, 'POST', '/controls/cancel', { orderId: authorized });
  expect(cancel).toMatchObject({ status: 200, body: { result: { orderId: authorized, statusId: 5 } } });
  expect((await control(sandbox, 'POST', '/controls/cancel', {})).status).toBe(400);
  expect((await control(sandbox, 'POST', '/controls/setStatus', { orderId: authorized, statusId: 15 })).status).toBe(
    400,
  );
});

test('a reset brings the seed back', async () => {
  const before = sandbox.ledger();
  await createOrder(sandbox);
  sandbox.controls.settings({ createdAnswer: 200 });
  sandbox.reset();
  const after = sandbox.ledger();
  expect(after.orders.map(({ id }) => id)).toEqual(before.orders.map(({ id }) => id));
  expect(after.stock).toEqual(before.stock);
  expect((await api(sandbox, 'POST', '/v2/orders', {})).status).toBe(400);
});
