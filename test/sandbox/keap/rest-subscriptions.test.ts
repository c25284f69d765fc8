import { afterEach, beforeEach, expect, test } from 'vitest';
import { type KeapSandbox, keapSeed } from '../../../src/sandbox/index.js';
import { keap, query, rest, stopKeap } from './wire.js';

let sandbox: KeapSandbox;

/** Noon of a winter's day on the East Coast. */
const start = Date.parse('2026-01-15T17:00:00Z');
const dayMs = 86_400_000;

beforeEach(async () => {
  sandbox = await keap({ startTime: start, billing: 'off' });
});
afterEach(stopKeap);

const wanted = { contact_id: '55', subscription_plan_id: '5' };
const subscribe = async (more: object = {}) => {
  const { status, body } = await rest(sandbox, 'POST', '/subscriptions', { ...wanted, ...more });
  if (status !== 201) throw new Error(`the subscription was refused: ${JSON.stringify(body)}`);
  return body;
};
const invoice = (id: string) => rest(sandbox, 'POST', `/subscriptions/${id}:invoice`);
const pay = (orderId: string, amount: number) =>
  rest(sandbox, 'POST', `/orders/${orderId}/payments`, {
    payment_method_id: 'pm-71',
    payment_amount: amount,
    apply_to_commissions: false,
  });
const find = async (filter: string) =>
  (await rest(sandbox, 'GET', `/subscriptions${query({ filter })}`)).body.subscriptions.map(
    ({ id }: { id: string }) => id,
  );

test('what a subscription is not told, its plan, its contact and the tenant give', async () => {
  const made = await subscribe();
  expect(made).toMatchObject({
    id: '601',
    quantity: 1,
    active: true,
    contact_id: '55',
    product_id: '27',
    subscription_plan_id: '5',
    billing_amount: 15,
    auto_charge: true,
    billing_frequency: 1,
    billing_cycle: 'MONTH',
    start_date: '2026-01-15',
    next_bill_date: '2026-01-15',
    payment_method_id: 'pm-71',
    merchant_account_id: '9',
    max_charge_attempts: 3,
    days_between_retries: 2,
    custom_fields: [],
  });
  expect(made).not.toHaveProperty('end_date');
  expect(made).not.toHaveProperty('last_bill_date');
  expect((await rest(sandbox, 'GET', '/subscriptions/601')).body).toEqual(made);
  expect((await rest(sandbox, 'GET', '/subscriptions/999')).status).toBe(404);
});

test('a plan with so many cycles gives the day of the last', async () => {
  expect(await subscribe({ subscription_plan_id: '8', start_date: '2026-01-31' })).toMatchObject({
    start_date: '2026-01-31',
    end_date: '2026-03-31',
  });
});

test.each([
  [{ contact_id: '1' }, 'contact_id is invalid'],
  [{ subscription_plan_id: '1' }, 'subscription_plan_id is invalid'],
  [{ quantity: 0 }, 'quantity is invalid'],
  [{ billing_amount: -1 }, 'billing_amount is invalid'],
  [{ start_date: '2026-01-14' }, 'start_date is invalid'],
  [{ payment_method_id: 'pm-1' }, 'payment_method_id is invalid'],
  [{ custom_fields: [{ id: '31', content: 'of orders' }] }, 'custom_fields.id is invalid'],
  [{ next_bill_date: '2026-02-01' }, 'Unrecognized property: next_bill_date'],
])('%o is refused and leaves nothing', async (member, message) => {
  const answer = await rest(sandbox, 'POST', '/subscriptions', { ...wanted, ...member });
  expect([answer.status, answer.body.message]).toEqual([400, message]);
  expect(sandbox.ledger().subscriptions).toEqual([]);
});

test('a second one for the same contact and plan has to be allowed', async () => {
  const { id } = await subscribe();
  expect((await subscribe()).id).toBe(id);
  expect((await subscribe({ allow_duplicate: true })).id).not.toBe(id);
  expect((await subscribe({ subscription_plan_id: '6' })).id).toBe('603');
});

test('where a duplicate is refused, it is a 400', async () => {
  await stopKeap();
  sandbox = await keap({ duplicateSubscription: 'refused' });
  await subscribe();
  expect((await rest(sandbox, 'POST', '/subscriptions', wanted)).status).toBe(400);
  expect(sandbox.ledger().subscriptions).toHaveLength(1);
});

test('it is found by contact, plan, status, amount and custom field, also when it is stopped', async () => {
  const field = keapSeed.subscriptionFields[0].id;
  const carrying = (content: string) => ({ custom_fields: [{ id: String(field), content }], allow_duplicate: true });
  await subscribe(carrying('SUB-1'));
  await subscribe(carrying('SUB-2'));
  await subscribe({ subscription_plan_id: '7' });
  await rest(sandbox, 'POST', '/subscriptions/602:deactivate', { reason: 'moved away' });
  expect(await find('contact_id==55')).toEqual(['601', '602', '603']);
  expect(await find('contact_id==55;subscription_plan_id==5')).toEqual(['601', '602']);
  expect(await find('subscription_plan_ids==6,7')).toEqual(['603']);
  expect(await find('status==active')).toEqual(['601', '603']);
  expect(await find('billing_amount>=100')).toEqual(['603']);
  expect(await find('_externalsubscriptionid==sub-2')).toEqual(['602']);
  expect(await find('_ExternalSubscriptionId==SUB-*')).toEqual(['601', '602']);
  expect((await rest(sandbox, 'GET', `/subscriptions${query({ filter: 'product_id==27' })}`)).status).toBe(400);
  const newest = await rest(sandbox, 'GET', `/subscriptions${query({ order_by: 'id desc', page_size: '1' })}`);
  expect(newest.body.subscriptions).toMatchObject([{ id: '603' }]);
  expect(newest.body.next_page_token).not.toBe('');
});

test('a new one is missing from lists as long as the lag is, and read by its id at once', async () => {
  sandbox.controls.settings({ searchLagMs: 60_000 });
  const { id } = await subscribe();
  expect(await find('contact_id==55')).toEqual([]);
  expect((await rest(sandbox, 'GET', `/subscriptions/${id}`)).status).toBe(200);
  sandbox.clock.advance(60_000);
  expect(await find('contact_id==55')).toEqual([id]);
});

test('a due cycle becomes an order, and with nothing due the answer is the same order again', async () => {
  const { id } = await subscribe({ quantity: 2, auto_charge: false, start_date: '2026-01-20' });
  expect((await invoice(id)).status).toBe(400);
  await rest(sandbox, 'PATCH', `/subscriptions/${id}`, { next_bill_date: '2026-01-15', billing_cycle: 'WEEK' });
  const first = await invoice(id);
  expect(first.body).toMatchObject({
    title: 'Tea club',
    status: 'DRAFT',
    total: { amount: 3000 },
    order_items: [{ item_type: 'SUBSCRIPTION', quantity: 2, subscription_id: id, subscription_plan: { id: '5' } }],
  });
  expect((await invoice(id)).body.id).toBe(first.body.id);
  expect((await rest(sandbox, 'GET', `/subscriptions/${id}`)).body).toMatchObject({
    last_bill_date: '2026-01-15',
    next_bill_date: '2026-01-22',
  });
  expect(sandbox.ledger().subscriptions).toMatchObject([
    { nextBillDate: '2026-01-22', billings: [{ days: ['2026-01-15'], by: 'rest', owed: 30, charges: [] }] },
  ]);
});

test.each([
  [true, [['2026-01-15'], ['2026-02-15'], ['2026-03-15']], 1500],
  [false, [['2026-01-15', '2026-02-15', '2026-03-15']], 4500],
])(
  'several due cycles, with an invoice for each: %s; the answer is the newest',
  async (invoicePerCycle, days, total) => {
    sandbox.controls.settings({ invoicePerCycle });
    const { id } = await subscribe();
    sandbox.clock.advance(70 * dayMs);
    const { body } = await invoice(id);
    const billings = sandbox.ledger().subscriptions[0]?.billings ?? [];
    expect(billings.map((billing) => billing.days)).toEqual(days);
    expect(body).toMatchObject({ id: String(billings.at(-1)?.jobId), total: { amount: total } });
  },
);

test('a month that has no such day is billed on its last', async () => {
  const { id } = await subscribe({ start_date: '2026-01-31' });
  sandbox.clock.advance(30 * dayMs);
  await invoice(id);
  expect((await rest(sandbox, 'GET', `/subscriptions/${id}`)).body.next_bill_date).toBe('2026-02-28');
});

test('the invoice of a cycle is charged like any order, and its charge stands with the subscription', async () => {
  const { id } = await subscribe();
  const { body: order } = await invoice(id);
  sandbox.controls.nextCharge({ outcome: 'decline' });
  expect((await pay(order.id, 15)).body.payment_status_message).toBe('DECLINED');
  expect((await pay(order.id, 15)).body.payment_status_message).toBe('APPROVED');
  expect((await pay(order.id, 15)).status).toBe(400);
  expect(sandbox.ledger().subscriptions[0]?.billings).toMatchObject([
    {
      invoiceId: Number(order.invoice_id),
      owed: 0,
      charges: [
        { status: 'FAILED', amount: 15, by: 'others' },
        { status: 'APPROVED', amount: 15, by: 'others' },
      ],
    },
  ]);
});

test('a lost answer leaves the subscription, and a second one without allowing duplicates makes none', async () => {
  for (const operation of ['subscriptions.create', 'subscriptions.invoice', 'subscriptions.deactivate']) {
    sandbox.faults.add({ kind: 'reset-after', operation });
  }
  await expect(subscribe()).rejects.toThrow('fetch failed');
  const { id } = await subscribe();
  await expect(invoice(id)).rejects.toThrow('fetch failed');
  await invoice(id);
  const stop = () => rest(sandbox, 'POST', `/subscriptions/${id}:deactivate`, {});
  await expect(stop()).rejects.toThrow('fetch failed');
  expect(sandbox.ledger().subscriptions).toMatchObject([{ status: 'Inactive', billings: [{ days: ['2026-01-15'] }] }]);
});

test('deactivated it is billed no more, its record stays, and it can be made active again', async () => {
  const { id } = await subscribe({ start_date: '2026-01-16' });
  const stopped = await rest(sandbox, 'POST', `/subscriptions/${id}:deactivate`, { reason: 'moved away' });
  expect([stopped.status, stopped.body]).toEqual([200, null]);
  expect((await rest(sandbox, 'GET', `/subscriptions/${id}`)).body).toMatchObject({
    active: false,
    reason_stopped: 'moved away',
    end_date: '2026-01-15',
    next_bill_date: '2026-01-16',
  });
  sandbox.clock.advance(2 * dayMs);
  expect((await invoice(id)).status).toBe(400);
  const again = await rest(sandbox, 'PATCH', `/subscriptions/${id}`, { active: true });
  expect(again.body).toMatchObject({ active: true });
  expect(again.body).not.toHaveProperty('end_date');
  expect((await invoice(id)).status).toBe(200);
  expect((await rest(sandbox, 'POST', '/subscriptions/999:deactivate', { reason: 'x' })).status).toBe(404);
});

test('a mask picks what a change changes, and a list of custom fields replaces the old one', async () => {
  const { id } = await subscribe({ custom_fields: [{ id: '41', content: 'SUB-1' }] });
  const change = { quantity: 3, billing_amount: 12.5, auto_charge: false, custom_fields: [{ id: '43', content: 6 }] };
  const masked = await rest(sandbox, 'PATCH', `/subscriptions/${id}${query({ update_mask: 'quantity' })}`, change);
  expect(masked.body).toMatchObject({ quantity: 3, billing_amount: 15, custom_fields: [{ id: '41' }] });
  const all = await rest(sandbox, 'PATCH', `/subscriptions/${id}`, change);
  expect(all.body).toMatchObject({ billing_amount: 12.5, auto_charge: false });
  expect(all.body.custom_fields).toEqual([{ id: '43', content: '6' }]);
  for (const wrong of [{ next_bill_date: '2026-01-14' }, { end_date: '2026-01-14' }, { billing_frequency: 0 }]) {
    expect((await rest(sandbox, 'PATCH', `/subscriptions/${id}`, wrong)).status).toBe(400);
  }
});
