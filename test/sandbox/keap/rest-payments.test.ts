import { afterEach, beforeEach, expect, test } from 'vitest';
import type { KeapSandbox } from '../../../src/sandbox/index.js';
import { createOrder, keap, newOrder, query, rest, stopKeap } from './wire.js';

let sandbox: KeapSandbox;

beforeEach(async () => {
  sandbox = await keap();
  await createOrder(sandbox);
});
afterEach(stopKeap);

const aboveBalance = 'The manual payment amount exceeds the amount due on the invoices being processed.';
const pay = (change: Record<string, unknown> = {}) =>
  rest(sandbox, 'POST', '/orders/2075/payments', {
    payment_method_type: 'Credit Card (Manual)',
    payment_amount: 54.9,
    apply_to_commissions: true,
    payment_time: '2026-01-15T15:31:00Z',
    notes: '[EXT-1001/pay_9f2]',
    ...change,
  });
const charge = (method: string, amount = 54.9) =>
  rest(sandbox, 'POST', '/orders/2075/payments', {
    payment_method_id: method,
    payment_amount: amount,
    apply_to_commissions: false,
    notes: '[EXT-1001/charge]',
  });
const order = async () => (await rest(sandbox, 'GET', '/orders/2075')).body;
const rows = async () => (await rest(sandbox, 'GET', '/orders/2075/payments')).body.invoice_order_payments;

test('a recorded payment makes the order PAID and keeps it from being deleted', async () => {
  const paid = await pay();
  expect(paid.status).toBe(201);
  expect(paid.body).toEqual({
    id: '3301',
    invoice_id: '2087',
    payment_amount: 54.9,
    payment_status_message: 'APPROVED',
    transaction_id: '8120',
  });
  // total_due is what fell due: it stays after payment.
  expect(await order()).toMatchObject({
    status: 'PAID',
    total: { amount: 5490 },
    total_paid: { amount: 5490 },
    total_due: { amount: 5490 },
  });
  expect(await rows()).toEqual([
    {
      id: '3301',
      amount: 54.9,
      note: '[EXT-1001/pay_9f2]',
      invoice_id: '2087',
      payment_id: '5201',
      pay_time: '2026-01-15T15:31:00Z',
      pay_status: 'MANUAL_PAID',
      last_updated_time: expect.any(String),
      skip_commission: false,
    },
  ]);
  const refused = await rest(sandbox, 'DELETE', '/orders/2075');
  expect(refused.status).toBe(400);
  expect(refused.body.message).toBe('Order has transactions and cannot be deleted');
  expect(sandbox.ledger().orders[0]).toMatchObject({ deleted: false, paid: 54.9, owed: 0, payStatus: 1 });
});

test('a full payment sent twice is refused, half a payment sent twice is not', async () => {
  await pay({ payment_amount: 20 });
  await pay({ payment_amount: 20 });
  const above = await pay({ payment_amount: 14.91 });
  expect([above.status, above.body.message]).toEqual([400, aboveBalance]);
  expect((await pay({ payment_amount: 14.9 })).status).toBe(201);
  expect((await pay({ payment_amount: 14.9 })).status).toBe(400);
  expect(sandbox.ledger().orders[0]?.payments).toHaveLength(3);
});

test.each([
  ['a label that is no manual type', { payment_method_type: 'Refund' }],
  ['another case', { payment_method_type: 'cash' }],
  ['a negative amount', { payment_amount: -5 }],
  ['a text for an amount', { payment_amount: '54.90' }],
  ['no word on commissions', { apply_to_commissions: undefined }],
  ['an unknown member', { amount: 1 }],
  ['neither card nor label', { payment_method_type: undefined }],
  ['an unknown card', { payment_method_type: undefined, payment_method_id: '71' }],
])('%s is refused', async (_what, change) => {
  expect((await pay(change)).status).toBe(400);
  expect(sandbox.ledger().orders[0]?.payments).toEqual([]);
});

test('cards are found by contact and charged; a declined charge is a 201 that says so', async () => {
  const methods = (await rest(sandbox, 'GET', '/contacts/55/paymentMethods')).body.records;
  expect(methods).toHaveLength(2);
  expect(methods[0]).toMatchObject({
    credit_card_id: '71',
    merchant_account_id: '9',
    card_info: { brand: 'Visa', last_four: '1111', expiration_month: '12', expiration_year: '2099' },
  });
  const [good, bad] = methods.map((method: { payment_method_id: string }) => method.payment_method_id);

  const declined = await charge(bad);
  expect([declined.status, declined.body.payment_status_message]).toEqual([201, 'DECLINED']);
  expect(await rows()).toMatchObject([{ pay_status: 'FAILED', amount: 54.9 }]);
  expect(await order()).toMatchObject({ status: 'DRAFT', total_paid: { amount: 0 } });
  const failed = await rest(sandbox, 'GET', `/sales/transactions${query({ filter: 'order_id==2075' })}`);
  expect(failed.body.transactions).toMatchObject([
    { status: 'FAILED', transaction_method: 'CAPTURE', is_successful: false },
  ]);

  const approved = await charge(good);
  expect([approved.status, approved.body.payment_status_message]).toEqual([201, 'APPROVED']);
  expect(await order()).toMatchObject({ status: 'PAID' });
  const filter = 'order_id==2075;is_successful==true';
  const done = await rest(sandbox, 'GET', `/sales/transactions${query({ filter })}`);
  expect(done.body.transactions).toMatchObject([{ status: 'APPROVED', amount: 54.9, order_ids: ['2075'] }]);
  const payments = await rest(sandbox, 'GET', `/sales/payments${query({ filter: 'order_id==2075' })}`);
  expect(payments.body.payments).toMatchObject([
    { type: 'Credit Card', amount: 54.9, status: 'APPROVED', contact_id: '55' },
  ]);
  expect((await charge(good, 0.01)).status).toBe(400);
});

test('a failed attempt does not keep an order from being deleted, unless it is told to', async () => {
  await charge('pm-72');
  expect((await rest(sandbox, 'DELETE', '/orders/2075')).status).toBe(204);
  await stopKeap();
  sandbox = await keap({ failedChargesBlockDelete: true });
  await createOrder(sandbox);
  await charge('pm-72');
  expect((await rest(sandbox, 'DELETE', '/orders/2075')).status).toBe(400);
});

test('a pending charge owes the money still, until it is settled', async () => {
  sandbox.faults.add({ kind: 'pending', operation: 'orderPayments.create' });
  expect((await charge('pm-71')).body.payment_status_message).toBe('PENDING');
  expect(await order()).toMatchObject({ status: 'DRAFT', total_paid: { amount: 0 } });
  const filter = 'order_id==2075';
  const open = await rest(sandbox, 'GET', `/sales/transactions${query({ filter })}`);
  expect(open.body.transactions).toMatchObject([{ status: 'PENDING', is_successful: false }]);
  expect((await rest(sandbox, 'DELETE', '/orders/2075')).status).toBe(400);
  sandbox.controls.settleCharges({ orderId: 2075, approved: true });
  expect(await order()).toMatchObject({ status: 'PAID' });
  expect(await rows()).toMatchObject([{ pay_status: 'APPROVED' }]);
});

test('a refund in the app adds a row that points back, and leaves the order PAID', async () => {
  await pay();
  sandbox.controls.refundOrder({ orderId: 2075 });
  expect(await rows()).toMatchObject([
    { id: '3301', pay_status: 'MANUAL_PAID' },
    { pay_status: 'REFUNDED', amount: -54.9, refund_invoice_payment_id: '3301' },
  ]);
  expect(await order()).toMatchObject({ status: 'PAID', refund_total: { amount: 5490 }, refund_status: '2' });
  expect(() => sandbox.controls.refundOrder({ orderId: 2075, paymentId: 3301 })).toThrow('refunded already');
});

test('a total with a fraction of a cent is never paid, although nothing is owed', async () => {
  const order_items = [{ product_id: '17', quantity: 3, price_per_unit: 3.333 }];
  await rest(sandbox, 'POST', '/orders', { ...newOrder('EXT-2'), order_items });
  const body = { payment_method_type: 'Cash', payment_amount: 10, apply_to_commissions: false };
  expect((await rest(sandbox, 'POST', '/orders/2076/payments', body)).status).toBe(201);
  expect((await rest(sandbox, 'GET', '/orders/2076')).body.status).toBe('DRAFT');
  expect(sandbox.ledger().orders[1]).toMatchObject({ total: 9.999, paid: 10, owed: 0, payStatus: 0 });
});
