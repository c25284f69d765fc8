import { afterEach, beforeEach, expect, test } from 'vitest';
import { type BigcommerceSandbox, bigcommerceSeed } from '../../../src/sandbox/index.js';
import { api, bigcommerce, createOrder, payHost, readLines, readOrder, stopBigcommerce } from './wire.js';

let sandbox: BigcommerceSandbox;

beforeEach(async () => {
  sandbox = await bigcommerce({ startTime: Date.UTC(2026, 0, 5, 10, 15), clockSpeed: 0.001 });
});
afterEach(stopBigcommerce);

const [authorized] = bigcommerceSeed.authorizedOrderIds;
const gatewayMs = 2_000;
const statusMs = 2_000;

const act = (action: string, body?: unknown, id: number = authorized) =>
  api(sandbox, 'POST', `/v3/orders/${id}/payment_actions/${action}`, body);
const paymentStatus = async (id: number = authorized) => (await readOrder(sandbox, id)).payment_status;
const transactions = async (id: number = authorized) =>
  (await api(sandbox, 'GET', `/v3/orders/${id}/transactions`)).body?.data ?? [];

async function captured(id: number = authorized) {
  await act('capture', undefined, id);
  sandbox.clock.advance(gatewayMs);
  expect(await paymentStatus(id)).toBe('captured');
}

test('a capture is answered at once and ends later, and moves the order on', async () => {
  expect(await transactions()).toMatchObject([{ event: 'authorization', order_id: String(authorized), amount: 33.95 }]);
  const answer = await act('capture');
  expect([answer.status, answer.body]).toEqual([201, {}]);
  expect(await readOrder(sandbox, authorized)).toMatchObject({ payment_status: 'capture pending', status_id: 7 });
  expect((await act('capture')).status).toBe(422);
  sandbox.clock.advance(gatewayMs);
  expect(await readOrder(sandbox, authorized)).toMatchObject({ payment_status: 'captured', status_id: 11 });
  const [first, second] = await transactions();
  expect(second).toMatchObject({ event: 'capture', status: 'ok', amount: 33.95, reference_transaction_id: first.id });
  const again = await act('capture');
  expect(again.body).toMatchObject({ status: 422, title: 'The payment cannot be captured.', errors: {} });
  expect((await act('void')).status).toBe(422);
  expect(sandbox.ledger().orders[0]).toMatchObject({ taken: 33.95, refunded: 0 });
});

test('a capture may leave the status to the caller', async () => {
  sandbox.controls.settings({ captureMovesStatus: false });
  await captured();
  expect((await readOrder(sandbox, authorized)).status_id).toBe(7);
});

test('a void gives the authorization up; the status stays', async () => {
  expect((await act('void')).status).toBe(201);
  expect(await paymentStatus()).toBe('void pending');
  sandbox.clock.advance(gatewayMs);
  expect(await readOrder(sandbox, authorized)).toMatchObject({ payment_status: 'void', status_id: 7 });
  expect((await act('capture')).status).toBe(422);
  expect((await transactions()).at(-1)).toMatchObject({ event: 'void', status: 'ok' });
});

test.each(['authorized', 'declined'] as const)('a capture that is declined leaves the order %s', async (left) => {
  sandbox.controls.declineNext({ action: 'capture', paymentStatus: left });
  await act('capture');
  sandbox.clock.advance(gatewayMs);
  expect(await readOrder(sandbox, authorized)).toMatchObject({ payment_status: left, status_id: 7 });
  expect((await transactions()).at(-1)).toMatchObject({ event: 'capture', status: 'error' });
  expect((await act('capture')).status).toBe(left === 'authorized' ? 201 : 422);
});

test('a decline may be meant for one order', async () => {
  const other = bigcommerceSeed.authorizedOrderIds[1];
  sandbox.controls.declineNext({ action: 'capture', orderId: other });
  await captured();
  await act('capture', undefined, other);
  sandbox.clock.advance(gatewayMs);
  expect(await paymentStatus(other)).toBe('authorized');
});

test('a gateway may be held until somebody says how it ends', async () => {
  sandbox.controls.holdGateways({ held: true });
  await act('capture');
  sandbox.clock.advance(3_600_000);
  expect(await paymentStatus()).toBe('capture pending');
  expect(sandbox.controls.settleGateways({ orderId: authorized })).toBe(1);
  expect(await paymentStatus()).toBe('captured');
});

test('what was paid elsewhere has neither status nor transactions', async () => {
  const { id } = await createOrder(sandbox);
  const booked = { status_id: 11, payment_method: 'Card (Acme Pay)', payment_provider_id: 'pay_7f3a19' };
  expect((await api(sandbox, 'PUT', `/v2/orders/${id}`, booked)).body).toMatchObject({ ...booked, payment_status: '' });
  expect((await api(sandbox, 'GET', `/v3/orders/${id}/transactions`)).status).toBe(204);
  expect((await act('capture', undefined, id)).status).toBe(422);
});

/** An order of 67.30, paid elsewhere, with the ids of its parts. */
async function paidElsewhere(changes: object = {}) {
  const { id } = await createOrder(sandbox, { status_id: 11, ...changes });
  const [first, second] = await readLines(sandbox, id);
  const [address] = (await api(sandbox, 'GET', `/v2/orders/${id}/shipping_addresses`)).body;
  const items = [
    { item_type: 'PRODUCT', item_id: first.id, quantity: 2, reason: 'WF-2026-000815 full' },
    { item_type: 'PRODUCT', item_id: second.id, quantity: 1, reason: 'WF-2026-000815 full' },
    { item_type: 'SHIPPING', item_id: address.id, amount: 9, reason: 'WF-2026-000815 full' },
  ];
  return { id, items };
}

test('a quote comes to the cent, with tax, and stores nothing', async () => {
  const { id, items } = await paidElsewhere();
  for (let i = 0; i < 2; i += 1) {
    const { status, body } = await act('refund_quotes', { items }, id);
    expect(status).toBe(201);
    expect(body).toEqual({
      data: {
        ...{ order_id: id, total_refund_amount: 67.3, total_refund_tax_amount: 5.3, order_level_refund_amount: 0 },
        ...{ rounding: 0, adjustment: 0, tax_inclusive: false },
        refund_methods: [
          [
            {
              ...{ provider_id: 'custom', provider_description: 'Custom', amount: 67.3, offline: true },
              ...{ offline_provider: true, offline_reason: 'This is an offline payment provider.' },
            },
          ],
        ],
      },
      meta: {},
    });
  }
  expect(sandbox.ledger().orders.at(-1)?.refunds).toEqual([]);
});

test('money of a card goes back by its gateway, once and later', async () => {
  await captured();
  const items = [{ item_type: 'ORDER', item_id: authorized, amount: 33.95, reason: 'R-1' }];
  const quote = (await act('refund_quotes', { items })).body.data;
  expect(quote).toMatchObject({ total_refund_amount: 33.95, order_level_refund_amount: 33.95 });
  expect(quote.refund_methods.map((options: object[]) => options)).toMatchObject([
    [{ provider_id: 'stripe', offline: false }],
    [{ provider_id: 'custom', offline: true }],
  ]);
  const payments = [{ provider_id: 'stripe', amount: 33.95, offline: false }];
  const answer = await act('refunds', { items, payments });
  expect(answer.status).toBe(201);
  expect(answer.body.data).toMatchObject({
    ...{ order_id: authorized, total_amount: 33.95, uses_merchant_override_values: false },
    items: [{ item_type: 'ORDER', reason: 'R-1', requested_amount: 33.95 }],
    payments: [{ provider_id: 'stripe', is_declined: false, transaction_id: '' }],
  });
  expect(await readOrder(sandbox, authorized)).toMatchObject({ payment_status: 'captured', status_id: 11 });
  const again = await act('refunds', { items, payments });
  expect([again.status, again.body.data[0].status]).toEqual([422, 422]);
  sandbox.clock.advance(gatewayMs);
  expect(await readOrder(sandbox, authorized)).toMatchObject({ payment_status: 'refunded', status_id: 11 });
  sandbox.clock.advance(statusMs);
  expect((await readOrder(sandbox, authorized)).status_id).toBe(4);
  const [refund] = (await api(sandbox, 'GET', `/v3/orders/${authorized}/payment_actions/refunds`)).body.data;
  const last = (await transactions()).at(-1);
  expect(last).toMatchObject({ event: 'refund', status: 'ok', amount: 33.95 });
  expect(refund.payments).toMatchObject([{ is_declined: false, transaction_id: String(last.id) }]);
  const late = await act('refunds', { items, payments });
  expect(late.body.data[0].title).toBe('Refund amount is greater than remaining amount');
  expect(sandbox.ledger().orders[0]).toMatchObject({ taken: 33.95, refunded: 33.95 });
  expect(sandbox.ledger().mails).toMatchObject([{ kind: 'refund', refundId: refund.id }]);
});

test('a refund that is declined leaves the money where it was', async () => {
  await captured();
  sandbox.controls.declineNext({ action: 'refund', message: 'Try later' });
  const items = [{ item_type: 'ORDER', item_id: authorized, amount: 10 }];
  const body = { items, payments: [{ provider_id: 'stripe', amount: 10, offline: false }] };
  expect((await act('refunds', body)).status).toBe(201);
  sandbox.clock.advance(gatewayMs + statusMs);
  expect(await readOrder(sandbox, authorized)).toMatchObject({ payment_status: 'captured', status_id: 11 });
  const [refund] = (await api(sandbox, 'GET', '/v3/orders/payment_actions/refunds')).body.data;
  expect(refund.payments).toMatchObject([{ is_declined: true, declined_message: 'Try later' }]);
  expect((await transactions()).at(-1)).toMatchObject({ event: 'refund', status: 'error' });
  expect(sandbox.ledger().orders[0]?.refunded).toBe(0);
  expect((await act('refunds', body)).status).toBe(201);
});

test('parts go back one after the other, never more than was paid', async () => {
  const { id, items } = await paidElsewhere();
  const [goods, engraving, shipping] = items;
  const pay = (amount: number) => [{ provider_id: 'custom', amount, offline: true }];
  const one = [{ ...goods, quantity: 1 }];
  expect((await act('refund_quotes', { items: one }, id)).body.data.total_refund_amount).toBe(27.5);
  expect((await act('refunds', { items: one, payments: pay(27.5) }, id)).status).toBe(201);
  sandbox.clock.advance(gatewayMs + statusMs);
  expect(await readOrder(sandbox, id)).toMatchObject({ payment_status: 'partially refunded', status_id: 14 });
  expect((await readLines(sandbox, id))[0]).toMatchObject({ quantity_refunded: 1, refund_amount: '0.0000' });
  const tooMany = await act('refund_quotes', { items: [goods] }, id);
  expect(tooMany.body).toMatchObject({ status: 422, title: 'Refund quantity is greater than remaining quantity.' });
  const rest = [...one, engraving, shipping];
  expect((await act('refund_quotes', { items: rest }, id)).body.data.total_refund_amount).toBe(39.8);
  const split = await act('refunds', { items: rest, payments: pay(30) }, id);
  expect(split.body.data[0].title).toBe('The payment amounts do not match the refund amount.');
  const wrong = await act('refunds', { items: rest, payments: [{ provider_id: 'stripe', amount: 39.8 }] }, id);
  expect(wrong.body.data[0].title).toBe('Invalid split payment for the refund.');
  const guest = await act('refunds', { items: rest, payments: [{ provider_id: 'storecredit', amount: 39.8 }] }, id);
  expect(guest.body.data[0].title).toBe('Unable to provide store credit for a guest customer.');
  expect((await act('refunds', { items: rest, payments: pay(39.8) }, id)).status).toBe(201);
  sandbox.clock.advance(gatewayMs + statusMs);
  expect(await readOrder(sandbox, id)).toMatchObject({ payment_status: 'refunded', status_id: 4 });
});

test('discounts, adjustments and tax alone', async () => {
  const { id, items } = await paidElsewhere({ discount_amount: '5.83' });
  const [goods, engraving] = items;
  const quoted = async (body: object) => (await act('refund_quotes', body, id)).body.data;
  expect(await quoted({ items: [goods] })).toMatchObject({ total_refund_amount: 49.5, total_refund_tax_amount: 4.5 });
  const adjustments = [{ amount: -1.5, description: 'restocking' }];
  expect(await quoted({ items: [{ ...engraving, adjustments }] })).toMatchObject({
    ...{ total_refund_amount: 1.47, adjustment: -1.5 },
  });
  expect(await quoted({ tax_adjustment_amount: 2 })).toMatchObject({
    total_refund_amount: 2,
    total_refund_tax_amount: 2,
  });
  const added = await act('refund_quotes', { items: [{ ...engraving, adjustments: [{ amount: 1 }] }] }, id);
  expect(added.status).toBe(422);
});

test.each<[string, object, object]>([
  ['nothing', {}, { items: 'error.path.missing' }],
  ['no kind', { items: [{ item_id: 1 }] }, { 'items[0].item_type': 'error.path.missing' }],
  ['no amount', { items: [{ item_type: 'SHIPPING', item_id: 1 }] }, { 'items[0].amount': 'error.path.missing' }],
  ['no quantity', { items: [{ item_type: 'PRODUCT', item_id: 1 }] }, { 'items[0].quantity': 'error.path.missing' }],
])('a quote of %s is refused', async (_, body, errors) => {
  const { id } = await paidElsewhere();
  const answer = await act('refund_quotes', body, id);
  expect(answer.body).toMatchObject({ status: 422, title: 'JSON data is missing or invalid', errors });
});

test('money that has not been taken cannot go back; nor, where told, what is not settled or was taken elsewhere', async () => {
  const items = [{ item_type: 'ORDER', item_id: authorized, amount: 1 }];
  expect((await act('refund_quotes', { items })).body.title).toBe('Refund amount is greater than remaining amount');
  await captured();
  sandbox.controls.settings({ settlementMs: 86_400_000, outsideRefunds: 'refuse' });
  const body = { items, payments: [{ provider_id: 'stripe', amount: 1, offline: false }] };
  expect((await act('refunds', body)).body.data[0].title).toBe('The transaction has not been settled yet.');
  sandbox.clock.advance(86_400_000);
  expect((await act('refunds', body)).status).toBe(201);
  const outside = await paidElsewhere();
  expect((await act('refund_quotes', { items: outside.items }, outside.id)).status).toBe(422);
});

test('a customer may get store credit', async () => {
  const { orderId: id } = sandbox.controls.seedOrder({ customerId: 12 });
  await captured(id);
  const items = [{ item_type: 'ORDER', item_id: id, amount: 5 }];
  const ways = (await act('refund_quotes', { items }, id)).body.data.refund_methods;
  expect(ways.map(([way]: { provider_id: string }[]) => way?.provider_id)).toEqual(['stripe', 'storecredit', 'custom']);
  expect((await act('refunds', { items, payments: [{ provider_id: 'storecredit', amount: 5 }] }, id)).status).toBe(201);
  sandbox.clock.advance(gatewayMs);
  const { data } = (await api(sandbox, 'GET', '/v3/customers?id:in=12')).body;
  expect(data[0].store_credit_amounts).toEqual([{ amount: 5 }]);
});

const { instruments, paymentMethods, giftCertificate } = bigcommerceSeed;
const stored = (token: string) => ({ type: 'stored_card', token });
const access = async (id: number) =>
  (await api(sandbox, 'POST', '/v3/payments/access_tokens', { order: { id, is_recurring: false } })).body.data?.id;
const pay = (token: string, instrument: object) =>
  payHost(sandbox, token, { payment: { instrument, payment_method_id: paymentMethods.card, save_instrument: false } });

test('the payments host takes what an incomplete order costs', async () => {
  const { id } = await createOrder(sandbox, { status_id: 0 });
  const methods = await api(sandbox, 'GET', `/v3/payments/methods?order_id=${id}`);
  expect(methods.body.data[0]).toMatchObject({ id: 'stripe.card', type: 'card', test_mode: true });
  const answer = await pay(await access(id), stored(instruments.good));
  expect(answer.status).toBe(201);
  expect(answer.body.data).toMatchObject({ transaction_type: 'purchase', status: 'success' });
  expect(await readOrder(sandbox, id)).toMatchObject({ status_id: 11, payment_status: 'captured' });
  expect(await transactions(id)).toMatchObject([{ event: 'purchase', amount: 67.3, gateway: 'stripe' }]);
  expect(await access(id)).toBeUndefined();
});

test('a card may be authorized only, and its end may come later', async () => {
  sandbox.controls.settings({ cardPayments: 'authorization', paymentAnswer: 'pending' });
  const { id } = await createOrder(sandbox, { status_id: 0 });
  const token = await access(id);
  const answer = await pay(token, stored(instruments.good));
  expect(answer.body.data).toMatchObject({ transaction_type: 'authorization', status: 'pending' });
  expect((await pay(token, stored(instruments.good))).body).toMatchObject({ status: 409, code: 30_105 });
  expect((await readOrder(sandbox, id)).status_id).toBe(0);
  sandbox.clock.advance(gatewayMs);
  expect(await readOrder(sandbox, id)).toMatchObject({ status_id: 7, payment_status: 'authorized' });
  expect((await pay(token, stored(instruments.good))).body.code).toBe(30_101);
});

test.each<[string, object, number]>([
  ['a refused card', stored(instruments.refused), 30_104],
  ['an expired card', stored(instruments.expired), 30_103],
  ['a card without money', stored(instruments.noFunds), 30_106],
  ['an unknown card', stored('instrument-unknown'), 30_051],
  ['nothing', {}, 10_001],
])('%s pays nothing', async (_, instrument, code) => {
  const { id } = await createOrder(sandbox, { status_id: 0 });
  const answer = await pay(await access(id), instrument);
  expect(answer.body).toMatchObject({ status: answer.status, title: expect.any(String), code });
  expect((await readOrder(sandbox, id)).status_id).toBe(0);
  expect(sandbox.ledger().orders.at(-1)?.taken).toBe(0);
});

test('a gift certificate pays a part and leaves the order pending; a card pays the rest', async () => {
  const { id } = await createOrder(sandbox, { status_id: 0 });
  const token = await access(id);
  await pay(token, { type: 'gift_certificate', gift_certificate_code: giftCertificate.code });
  expect(await readOrder(sandbox, id)).toMatchObject({ status_id: 1, gift_certificate_amount: '20.0000' });
  expect((await pay(token, stored(instruments.good))).status).toBe(201);
  expect(await readOrder(sandbox, id)).toMatchObject({ status_id: 11, payment_status: 'captured' });
  const items = [{ item_type: 'ORDER', item_id: id, amount: 50 }];
  const [way] = (await act('refund_quotes', { items }, id)).body.data.refund_methods;
  expect(way).toMatchObject([
    { provider_id: 'stripe', amount: 47.3 },
    { provider_id: 'giftcertificate', amount: 2.7 },
  ]);
});

test('a payment token lasts an hour, and belongs to an incomplete order', async () => {
  const { id } = await createOrder(sandbox, { status_id: 0 });
  const token = await access(id);
  sandbox.clock.advance(3_600_001);
  expect((await pay(token, stored(instruments.good))).status).toBe(401);
  const other = await createOrder(sandbox);
  const refused = await api(sandbox, 'POST', '/v3/payments/access_tokens', { order: { id: other.id } });
  expect(refused.body).toMatchObject({ status: 422, code: 30_101 });
});
