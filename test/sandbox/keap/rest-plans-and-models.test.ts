import { afterEach, beforeEach, expect, test } from 'vitest';
import type { KeapSandbox } from '../../../src/sandbox/index.js';
import { createOrder, keap, query, rest, restV1, stopKeap } from './wire.js';

let sandbox: KeapSandbox;

beforeEach(async () => {
  sandbox = await keap({ startTime: Date.parse('2026-01-15T17:00:00Z'), billing: 'off' });
});
afterEach(stopKeap);

const plans = async (product: string, filter = '') =>
  (await rest(sandbox, 'GET', `/products/${product}/subscriptions${query({ filter })}`)).body.subscriptions.map(
    ({ id }: { id: string }) => id,
  );

test('the plans of a product, of all products, of one cycle', async () => {
  expect(await plans('27')).toEqual(['5', '6', '7', '8', '9']);
  expect(await plans('17')).toEqual([]);
  expect(await plans('-', 'active==true;cycle_type==MONTHLY')).toEqual(['5', '8']);
  expect((await rest(sandbox, 'GET', '/products/1/subscriptions')).status).toBe(404);
  expect((await rest(sandbox, 'GET', '/products/27/subscriptions/8')).body).toMatchObject({
    id: '8',
    active: true,
    frequency: 1,
    cycle_type: 'MONTHLY',
    total_cycles: 3,
    plan_price: { amount: 1400, currency_code: 'USD' },
  });
  expect((await rest(sandbox, 'GET', '/products/27')).body.subscription_plans[3]).toEqual({
    id: '8',
    active: true,
    prorate: false,
    billing_cycle: 'MONTHLY',
    billing_frequency: 1,
    number_of_cycles: 3,
    plan_price: { amount: 1400, currency_code: 'USD', formatted_amount: '$14.00' },
    order_index: 3,
  });
});

test('a plan is made, changed and deleted; its price goes in in minor units', async () => {
  const made = await rest(sandbox, 'POST', '/products/18/subscriptions', { cycle_type: 'DAILY', plan_price: 990 });
  expect([made.status, made.body]).toMatchObject([201, { id: '10', active: true, plan_price: { amount: 990 } }]);
  const path = '/products/18/subscriptions/10';
  const change = { cycle_type: 'WEEKLY', plan_price: 1000, frequency: 2, active: false };
  expect((await rest(sandbox, 'PATCH', path, change)).body).toMatchObject({ cycle_type: 'WEEKLY', frequency: 2 });
  expect((await rest(sandbox, 'PATCH', path, { active: true })).status).toBe(400);
  expect((await rest(sandbox, 'GET', '/products/17/subscriptions/10')).status).toBe(404);
  expect((await rest(sandbox, 'DELETE', path)).status).toBe(204);
  expect((await rest(sandbox, 'DELETE', path)).status).toBe(404);
});

test('the model of subscriptions has fields of its own, which are made, changed and deleted', async () => {
  const model = async () => (await rest(sandbox, 'GET', '/subscriptions/model')).body.custom_fields;
  expect(await model()).toMatchObject([
    { id: '41', record_type: 'SUBSCRIPTION', field_name: '_ExternalSubscriptionId', field_type: 'TEXT', group_id: '6' },
    { id: '42', field_type: 'DROPDOWN', options: [{ label: 'Small' }, { label: 'Large' }] },
    { id: '43', field_type: 'WHOLE_NUMBER' },
    { id: '44', field_type: 'DATE' },
  ]);
  const path = '/subscriptions/model/customFields';
  const made = await rest(sandbox, 'POST', path, { label: 'Roast', field_type: 'TEXT' });
  expect([made.status, made.body]).toMatchObject([201, { id: '45', field_name: '_Roast' }]);
  expect((await rest(sandbox, 'POST', path, { label: 'x', field_type: 'TEXT', group_id: '4' })).status).toBe(400);
  const subscriptionId = sandbox.controls.seedSubscription({ customFields: { _Roast: 'dark' } });
  const renamed = await rest(sandbox, 'PATCH', `${path}/45`, { label: 'Roasting', group_id: '6' });
  expect(renamed.body).toMatchObject({ label: 'Roasting', field_name: '_Roast' });
  expect((await rest(sandbox, 'DELETE', `${path}/45`)).status).toBe(204);
  expect((await rest(sandbox, 'DELETE', `${path}/31`)).status).toBe(404);
  expect((await rest(sandbox, 'GET', `/subscriptions/${subscriptionId}`)).body.custom_fields).toEqual([]);
  expect(await model()).toHaveLength(4);
});

test('fields of subscriptions stand under a tab and a group of their own', async () => {
  const path = '/subscriptions/model/customFields';
  expect((await rest(sandbox, 'GET', `${path}/tabs`)).body.tabs).toMatchObject([
    { id: '5', record_type: 'SUBSCRIPTION' },
  ]);
  expect((await rest(sandbox, 'GET', `${path}/groups`)).body.groups).toMatchObject([{ id: '6', tab_id: '5' }]);
  expect((await rest(sandbox, 'GET', `${path}/groups?tab_id=3`)).body.groups).toEqual([]);
});

test('numbers and dates of custom fields are compared as such', async () => {
  sandbox.controls.seedSubscription({ customFields: { _Cups: '9', _TastingDate: '2026-03-01T05:00:00.000Z' } });
  sandbox.controls.seedSubscription({ customFields: { _Cups: '10' } });
  const found = async (filter: string) =>
    (await rest(sandbox, 'GET', `/subscriptions${query({ filter })}`)).body.subscriptions.length;
  expect(await found('_Cups>9')).toBe(1);
  expect(await found('_Cups>=9')).toBe(2);
  expect(await found('_TastingDate>=2026-03-01T00:00:00.000Z')).toBe(1);
});

test('v1 makes and lists subscriptions, with numbers for ids', async () => {
  const wanted = { contact_id: 55, subscription_plan_id: 5, first_bill_date: '2026-02-01', credit_card_id: 72 };
  const made = await restV1(sandbox, 'POST', '/subscriptions', wanted);
  expect([made.status, made.body]).toMatchObject([
    201,
    {
      id: 601,
      active: true,
      billing_amount: 15,
      billing_cycle: 'MONTH',
      credit_card_id: 72,
      next_bill_date: '2026-02-01',
      auto_charge: true,
    },
  ]);
  expect((await restV1(sandbox, 'POST', '/subscriptions', wanted)).body.id).toBe(601);
  await restV1(sandbox, 'POST', '/subscriptions', { ...wanted, allow_duplicate: true });
  const listed = await restV1(sandbox, 'GET', `/subscriptions${query({ contact_id: '55', limit: '1', offset: '1' })}`);
  expect(listed.body).toMatchObject({ count: 2, subscriptions: [{ id: 602 }] });
  const refused = await restV1(sandbox, 'POST', '/subscriptions', { ...wanted, first_bill_date: '2026-01-14' });
  expect([refused.status, refused.body.message]).toEqual([400, 'first_bill_date is invalid']);
  const unknown = await restV1(sandbox, 'GET', '/subscriptions/601');
  expect([unknown.status, unknown.body]).toMatchObject([404, { message: 'Resource not found', cause: null }]);
});

test('v1 has the model in words of its own', async () => {
  const { body } = await restV1(sandbox, 'GET', '/subscriptions/model');
  expect(body.custom_fields).toMatchObject([
    { id: 41, field_name: '_ExternalSubscriptionId', field_type: 'Text' },
    { field_type: 'Dropdown' },
    { field_type: 'WholeNumber' },
    { field_type: 'Date' },
  ]);
});

test('v1 lists transactions of a contact', async () => {
  const { id } = await createOrder(sandbox);
  sandbox.controls.payByHand({ orderId: Number(id) });
  const listed = await restV1(sandbox, 'GET', `/transactions${query({ contact_id: '55' })}`);
  expect(listed.body).toMatchObject({ count: 1, transactions: [{ type: 'MANUAL', amount: 54.9, order_ids: id }] });
  expect((await restV1(sandbox, 'GET', `/transactions${query({ contact_id: '56' })}`)).body.count).toBe(0);
  expect((await restV1(sandbox, 'GET', '/transactions/1')).status).toBe(404);
});

test('a fault of v1 has the form of v1', async () => {
  sandbox.faults.add({ kind: '500-after', operation: 'hooks.list' });
  sandbox.faults.add({ kind: 'business', operation: 'v1.subscriptions.list', message: 'no' });
  expect((await restV1(sandbox, 'GET', '/hooks')).body).toMatchObject({
    message: 'Internal server error',
    cause: null,
  });
  expect((await restV1(sandbox, 'GET', '/subscriptions')).body).toMatchObject({ message: 'no', stackTrace: [] });
});
