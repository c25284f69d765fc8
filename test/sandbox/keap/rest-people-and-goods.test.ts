import { afterEach, beforeEach, expect, test } from 'vitest';
import type { KeapSandbox } from '../../../src/sandbox/index.js';
import { keap, query, rest, stopKeap } from './wire.js';

let sandbox: KeapSandbox;

beforeEach(async () => {
  sandbox = await keap();
});
afterEach(stopKeap);

const bob = {
  given_name: 'Bob',
  family_name: 'Reed',
  email_addresses: [{ email: 'bob@example.com', field: 'EMAIL1' }],
  phone_numbers: [{ number: '555-0100', field: 'PHONE1' }],
};

test('a contact is made anew each time, unless a duplicate option finds it', async () => {
  const first = await rest(sandbox, 'POST', '/contacts', bob);
  const second = await rest(sandbox, 'POST', '/contacts', bob);
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.body.id).not.toBe(first.body.id);
  const upper = { ...bob, given_name: 'Robert', email_addresses: [{ email: 'BOB@example.com', field: 'EMAIL1' }] };
  const again = await rest(sandbox, 'POST', '/contacts?duplicate_option=Email', upper);
  expect([again.status, again.body.id, again.body.given_name]).toEqual([200, first.body.id, 'Robert']);
  const other = await rest(sandbox, 'POST', '/contacts?duplicate_option=EmailAndName', { ...bob, given_name: 'Bea' });
  expect(other.status).toBe(201);
  expect((await rest(sandbox, 'POST', '/contacts?duplicate_option=Phone', bob)).status).toBe(400);
});

test('lists of a contact replace what is stored; what is not given stays', async () => {
  const { body } = await rest(sandbox, 'POST', '/contacts', bob);
  const phone_numbers = [{ number: '555-0111', field: 'PHONE2' }];
  const patched = await rest(sandbox, 'PATCH', `/contacts/${body.id}`, { phone_numbers });
  expect(patched.body.phone_numbers).toEqual(phone_numbers);
  expect(patched.body.email_addresses).toMatchObject(bob.email_addresses);
  await rest(sandbox, 'PATCH', `/contacts/${body.id}`, { email_addresses: [] });
  expect((await rest(sandbox, 'GET', `/contacts/${body.id}`)).body.email_addresses).toEqual([]);
});

test.each([
  ['no way to reach them', { given_name: 'Bob' }],
  ['an unknown member', { ...bob, email: 'bob@example.com' }],
  ['a region without a country', { ...bob, addresses: [{ field: 'BILLING', region: 'Arizona' }] }],
  ['an unknown custom field', { ...bob, custom_fields: [{ id: '1', content: 'x' }] }],
])('a contact with %s is refused', async (_what, body) => {
  expect((await rest(sandbox, 'POST', '/contacts', body)).status).toBe(400);
  expect(sandbox.ledger().contacts).toHaveLength(1);
});

test('contacts are found by address, in any case, and cut down to the members wanted', async () => {
  const path = `/contacts${query({ filter: 'email==ADA@example.com', page_size: '2', fields: 'given_name' })}`;
  expect((await rest(sandbox, 'GET', path)).body).toEqual({
    contacts: [{ id: '55', given_name: 'Ada' }],
    next_page_token: '',
  });
  const none = await rest(sandbox, 'GET', `/contacts${query({ filter: 'email==nobody@example.com' })}`);
  expect(none.body.contacts).toEqual([]);
  expect((await rest(sandbox, 'GET', `/contacts${query({ filter: 'mail==a' })}`)).status).toBe(400);
  expect((await rest(sandbox, 'GET', '/contacts/55')).body.addresses).toMatchObject([
    { field: 'BILLING', line1: '1 Mill Lane', country_code: 'USA', region_code: 'US-AZ' },
  ]);
});

test('a SKU may name one product, none, or two', async () => {
  const bySku = async (sku: string) =>
    (await rest(sandbox, 'GET', `/products${query({ filter: `sku==${sku}` })}`)).body.products;
  expect(await bySku('MUG-B')).toMatchObject([
    {
      id: '17',
      name: 'Blue mug',
      active: true,
      price: { amount: 2495, currency_code: 'USD', formatted_amount: '$24.95' },
    },
  ]);
  expect(await bySku('TWIN-1')).toHaveLength(2);
  expect(await bySku('OLD-1')).toMatchObject([{ active: false }]);
  expect(await bySku('NONE')).toEqual([]);
});

test('a product is made with its price in cents', async () => {
  const made = await rest(sandbox, 'POST', '/products', {
    name: 'Cup',
    price: 1250,
    short_description: 'A cup',
    sku: 'CUP',
  });
  expect(made.status).toBe(201);
  expect(made.body.price.amount).toBe(1250);
  expect((await rest(sandbox, 'GET', `/products/${made.body.id}`)).body).toEqual(made.body);
  expect((await rest(sandbox, 'POST', '/products', { name: 'Cup', price: 12.5, short_description: '' })).status).toBe(
    400,
  );
  expect((await rest(sandbox, 'GET', '/products/999')).status).toBe(404);
});

test('the model lists the order fields, and a new label of the same letters gets a digit', async () => {
  const { body } = await rest(sandbox, 'GET', '/orders/model');
  expect(body.custom_fields[0]).toEqual({
    id: '31',
    label: 'External Order Id',
    record_type: 'ORDER',
    field_type: 'TEXT',
    group_id: '4',
    group_name: 'Custom Fields',
    field_name: '_ExternalOrderId',
    options: [],
  });
  expect(body.custom_fields.map((field: { field_type: string }) => field.field_type)).toEqual([
    'TEXT',
    'TEXT_AREA',
    'DATE',
    'DROPDOWN',
  ]);
  const made = await rest(sandbox, 'POST', '/orders/model/customFields', {
    label: 'External Order-Id',
    field_type: 'TEXT',
  });
  expect([made.status, made.body.field_name]).toEqual([201, '_ExternalOrderId0']);
  expect((await rest(sandbox, 'POST', '/orders/model/customFields', { label: 'x', field_type: 'Text' })).status).toBe(
    400,
  );
});

test('the account tells its gateways, its user and that it is switched on', async () => {
  expect((await rest(sandbox, 'GET', '/merchants')).body).toMatchObject({
    default_merchant_account_id: '9',
    merchant_accounts: [{ id: '9', type: 'AUTHORIZE', is_test: true }],
  });
  expect((await rest(sandbox, 'GET', '/oauth/connect/userinfo')).body).toMatchObject({ sub: '1', is_admin: true });
  expect((await rest(sandbox, 'GET', '/settings/applications:isEnabled')).body).toEqual({ isEnabled: true });
});
