import { afterEach, beforeEach, expect, test } from 'vitest';
import { type BigcommerceSandbox, bigcommerceSeed } from '../../../src/sandbox/index.js';
import {
  address,
  api,
  bigcommerce,
  content,
  createOrder,
  product,
  readLines,
  readOrder,
  stopBigcommerce,
} from './wire.js';

let sandbox: BigcommerceSandbox;

beforeEach(async () => {
  sandbox = await bigcommerce({ startTime: Date.UTC(2026, 0, 5, 10, 15), clockSpeed: 0.001 });
});
afterEach(stopBigcommerce);

const firstId = bigcommerceSeed.authorizedOrderIds.length + 100;
const said = (answer: { body: unknown }) => (answer.body as { message: string }[])[0]?.message;

test('an order is made as it is told, with money in texts of four decimals and dates of RFC 2822', async () => {
  const answer = await api(sandbox, 'POST', '/v2/orders', content);
  expect(answer.status).toBe(201);
  expect(answer.body).toMatchObject({
    ...{ id: firstId, customer_id: 0, channel_id: 1, status_id: 7, status: 'Awaiting Payment' },
    ...{ date_created: 'Mon, 05 Jan 2026 10:15:00 +0000', date_modified: 'Mon, 05 Jan 2026 10:15:00 +0000' },
    ...{ date_shipped: '', subtotal_ex_tax: '53.0000', subtotal_inc_tax: '58.3000', subtotal_tax: '5.3000' },
    ...{ base_shipping_cost: '9.0000', shipping_cost_inc_tax: '9.0000', shipping_cost_tax: '0.0000' },
    ...{ total_ex_tax: '62.0000', total_inc_tax: '67.3000', total_tax: '5.3000', items_total: 3, items_shipped: 0 },
    ...{ payment_status: '', refunded_amount: '0.0000', order_source: 'external', ebay_order_id: '0', cart_id: null },
    ...{ external_order_id: 'WF-2026-000815', external_id: null, external_source: null, is_deleted: false },
    ...{ currency_code: 'USD', currency_exchange_rate: '1.0000000000', credit_card_type: null },
    products: { resource: `/orders/${firstId}/products` },
    shipping_addresses: { resource: `/orders/${firstId}/shippingaddresses` },
  });
  expect(await readOrder(sandbox, firstId)).toEqual(answer.body);
  expect(await readLines(sandbox, firstId)).toMatchObject([
    { order_id: firstId, ...product('MUG-B'), sku: 'MUG-B', price_ex_tax: '25.0000', total_inc_tax: '55.0000' },
    { product_id: 0, variant_id: 0, name: 'Engraving', sku: 'ENGRAVE', price_tax: '0.3000', quantity_shipped: 0 },
  ]);
  const addresses = await api(sandbox, 'GET', `/v2/orders/${firstId}/shipping_addresses`);
  expect(addresses.body).toMatchObject([{ id: expect.any(Number), shipping_method: 'Flat rate', items_total: 3 }]);
});

test('what is left out gets what the platform puts there', async () => {
  const made = await createOrder(sandbox, {
    ...{ status_id: undefined, external_order_id: undefined, payment_method: undefined, shipping_addresses: undefined },
    ...{ shipping_cost_ex_tax: undefined, shipping_cost_inc_tax: undefined },
    products: [{ product_id: product('MUG-B').product_id, quantity: 1 }],
  });
  expect(made).toMatchObject({
    status_id: 1,
    payment_method: '',
    external_order_id: '',
    total_inc_tax: '24.9500',
    total_tax: '0.0000',
  });
  const [shipTo] = (await api(sandbox, 'GET', `/v2/orders/${made.id}/shipping_addresses`)).body;
  expect(shipTo).toMatchObject({ street_1: address.street_1, shipping_method: 'None', cost_inc_tax: '0.0000' });
});

test('nothing is unique: the same order again is another one', async () => {
  const first = await createOrder(sandbox);
  const second = await createOrder(sandbox);
  expect(second.id).toBe(first.id + 1);
  expect(second.external_order_id).toBe(first.external_order_id);
});

const [mug, engraving] = content.products;
test.each<[string, object, number, string]>([
  ['no products', { products: undefined }, 400, "The required field 'products' was not supplied."],
  ['an empty list of products', { products: [] }, 400, "The required field 'products' was not supplied."],
  ['no billing address', { billing_address: undefined }, 400, "The required field 'billing_address' was not supplied."],
  [
    'a field that is read-only',
    { total_tax: '1' },
    400,
    "The field 'total_tax' cannot be written to. Please remove it from your request before trying again.",
  ],
  ['a field that nobody knows', { tags: [] }, 400, "The field 'tags' is not supported by this resource."],
  ['a null', { staff_notes: null }, 400, "The field 'staff_notes' does not allow null values."],
  ['an unknown customer', { customer_id: 99 }, 400, "The field 'customer_id' is invalid."],
  ['a channel that is not connected', { channel_id: 3 }, 400, "The field 'channel_id' is invalid."],
  ['a status that is none', { status_id: 15 }, 400, "The field 'status_id' is invalid."],
  ['one half of a pair', { shipping_cost_inc_tax: undefined }, 400, "The field 'shipping_cost_inc_tax' is invalid."],
  ['one half of the totals', { total_ex_tax: 60 }, 400, "The field 'total_inc_tax' is invalid."],
  ['an amount below zero', { discount_amount: -1 }, 400, "The field 'discount_amount' is invalid."],
  ['a bad e-mail', { billing_address: { ...address, email: 'nobody' } }, 400, "The field 'email' is invalid."],
  [
    'a state of null',
    { billing_address: { ...address, state: null } },
    400,
    "The field 'state' does not allow null values.",
  ],
  ['a short postal code', { billing_address: { ...address, zip: '1' } }, 400, "The field 'zip' is invalid."],
  [
    'a product without a name',
    { products: [{ quantity: 1 }] },
    400,
    "The field 'products.product_id, products.name' is invalid.",
  ],
  [
    'a product that is not there',
    { products: [{ product_id: 1, quantity: 1 }] },
    400,
    "The field 'products.product_id' is invalid.",
  ],
  ['no quantity', { products: [{ ...mug, quantity: undefined }] }, 400, "The field 'quantity' is invalid."],
  ['a quantity of none', { products: [{ ...mug, quantity: 0 }] }, 400, "The field 'quantity' is invalid."],
  [
    'one price of a line',
    { products: [{ ...mug, price_inc_tax: undefined }] },
    400,
    "The field 'products.price_inc_tax' is invalid.",
  ],
  [
    'the other price of a line',
    { products: [{ ...engraving, price_ex_tax: undefined }] },
    400,
    "The field 'products.price_ex_tax' is invalid.",
  ],
  [
    'a variant of another product',
    { products: [{ ...mug, variant_id: 421 }] },
    400,
    "The field 'products.variant_id' is invalid.",
  ],
  [
    'no choice of a variant',
    { products: [{ product_id: 115, quantity: 1 }] },
    400,
    'The options of one or more products are invalid.',
  ],
  ['another currency', { default_currency_code: 'EUR' }, 400, "The field 'default_currency_code' is invalid."],
  ['a date that is not of RFC 2822', { date_created: '2026-01-05' }, 400, "The field 'date_created' is invalid."],
])('%s is refused', async (_, changes, status, message) => {
  const answer = await api(sandbox, 'POST', '/v2/orders', { ...content, ...changes });
  expect([answer.status, said(answer)]).toEqual([status, message]);
  expect(answer.body).toEqual([
    { status, message, ...(answer.body[0].details && { details: answer.body[0].details }) },
  ]);
  expect(sandbox.ledger().orders).toHaveLength(bigcommerceSeed.authorizedOrderIds.length);
});

test('a country has to be told, and its code goes before its name', async () => {
  const { country, country_iso2, ...rest } = address;
  const without = await api(sandbox, 'POST', '/v2/orders', { ...content, billing_address: rest });
  expect(without.body).toEqual([
    {
      ...{ status: 400, message: "The field 'billing_address.country' is invalid." },
      details: { invalid_reason: 'Billing address country not supplied.' },
    },
  ]);
  const made = await createOrder(sandbox, { billing_address: { ...rest, country: 'Germany', country_iso2: 'CA' } });
  expect(made.billing_address).toMatchObject({ country: 'Canada', country_iso2: 'CA' });
  const named = await createOrder(sandbox, { billing_address: { ...rest, country: 'Germany' } });
  expect(named.billing_address).toMatchObject({ country: 'Germany', country_iso2: 'DE' });
});

test('a variant is named by its options too, whose values are texts', async () => {
  const options = [{ id: 200, value: '180' }];
  const made = await createOrder(sandbox, { products: [{ product_id: 115, quantity: 1, product_options: options }] });
  const [line] = await readLines(sandbox, made.id);
  expect(line).toMatchObject({
    variant_id: 421,
    sku: 'TOTE-RED',
    product_options: [{ value: '180', display_value: 'Red' }],
  });
  const products = [{ product_id: 115, quantity: 1, product_options: [{ id: 200, value: 180 }] }];
  const answer = await api(sandbox, 'POST', '/v2/orders', { ...content, products });
  expect(answer.body[0].details.errors).toMatchObject([{ type: 'InvalidProductOptionValue', product: { id: 115 } }]);
});

test('totals that are told hold, and leave each other alone', async () => {
  const told = { subtotal_ex_tax: 50, subtotal_inc_tax: 55, total_ex_tax: '60', total_inc_tax: '66' };
  expect(await createOrder(sandbox, told)).toMatchObject({
    subtotal_tax: '5.0000',
    total_inc_tax: '66.0000',
    total_tax: '6.0000',
  });
  const one = await createOrder(sandbox, { subtotal_ex_tax: 50, subtotal_inc_tax: 55 });
  expect(one).toMatchObject({ subtotal_inc_tax: '55.0000', total_inc_tax: '67.3000' });
});

test('a discount is spread over the lines', async () => {
  const made = await createOrder(sandbox, { discount_amount: '5.83' });
  expect(made).toMatchObject({ discount_amount: '5.8300', total_inc_tax: '61.4700', subtotal_inc_tax: '58.3000' });
  const lines = await readLines(sandbox, made.id);
  expect(lines).toMatchObject([
    { discounted_total_inc_tax: '49.5000', applied_discounts: [{ id: 'manual-discount', amount: '5.5000' }] },
    { discounted_total_inc_tax: '2.9700', applied_discounts: [{ id: 'manual-discount', amount: '0.3300' }] },
  ]);
});

test('fees are asked for too, and replaced as a whole', async () => {
  const fee = { type: 'custom_fee', display_name_customer: 'Rush', source: 'app', cost_ex_tax: 4, cost_inc_tax: 4.4 };
  const made = await createOrder(sandbox, { fees: [fee] });
  expect(made.total_inc_tax).toBe('71.7000');
  const { fees } = (await api(sandbox, 'GET', `/v2/orders/${made.id}/fees`)).body;
  expect(fees).toMatchObject([{ display_name_customer: 'Rush', cost_tax: '0.4000' }]);
  const changed = await api(sandbox, 'PUT', `/v2/orders/${made.id}`, { fees: [{ ...fee, cost_inc_tax: 5 }] });
  expect(changed.body.total_inc_tax).toBe('72.3000');
  expect((await api(sandbox, 'GET', `/v2/orders/${made.id}/fees`)).body.fees[0].id).not.toBe(fees[0].id);
  expect((await api(sandbox, 'PUT', `/v2/orders/${made.id}`, { fees: [] })).body.total_inc_tax).toBe('67.3000');
});

test('a change is a patch; a line without an id is one more, however often it is sent', async () => {
  const { id } = await createOrder(sandbox);
  const [first] = await readLines(sandbox, id);
  sandbox.clock.advance(60_000);
  const changed = await api(sandbox, 'PUT', `/v2/orders/${id}`, { staff_notes: 'call first' });
  expect(changed.status).toBe(200);
  expect(changed.body).toMatchObject({ staff_notes: 'call first', payment_method: 'Manual', total_inc_tax: '67.3000' });
  expect(changed.body.date_modified).toBe('Mon, 05 Jan 2026 10:16:00 +0000');
  const more = { products: [{ ...product('TEA-1'), quantity: 1 }] };
  for (const total of ['77.2000', '87.1000']) {
    expect((await api(sandbox, 'PUT', `/v2/orders/${id}`, more)).body.total_inc_tax).toBe(total);
  }
  await api(sandbox, 'PUT', `/v2/orders/${id}`, { products: [{ id: first.id, quantity: 0 }] });
  const lines = await readLines(sandbox, id);
  expect(lines).toHaveLength(4);
  expect(lines[0]).toMatchObject({ id: first.id, quantity: 0, total_inc_tax: '0.0000' });
  sandbox.controls.settings({ emptyLines: 'go' });
  expect(await readLines(sandbox, id)).toHaveLength(3);
});

test('any status may follow any other, and no money moves', async () => {
  const { id } = await createOrder(sandbox);
  for (const statusId of [5, 11, 2, 0, 13, 4, 1]) {
    const { body } = await api(sandbox, 'PUT', `/v2/orders/${id}`, { status_id: statusId });
    expect(body).toMatchObject({ status_id: statusId, payment_status: '' });
  }
  expect(sandbox.ledger().orders.at(-1)).toMatchObject({ transactions: [], history: Array(8).fill({ by: 'api' }) });
});

test.each(['external_id', 'external_merchant_id', 'default_currency_code', 'payment_status'])(
  '%s cannot be changed',
  async (name) => {
    const { id } = await createOrder(sandbox, { external_id: 'E-1', external_merchant_id: 'M-1' });
    const answer = await api(sandbox, 'PUT', `/v2/orders/${id}`, { [name]: 'x' });
    expect([answer.status, said(answer)]).toEqual([
      400,
      `The field '${name}' cannot be written to. Please remove it from your request before trying again.`,
    ]);
  },
);

test('lists are bare arrays, and nothing is 204 without a body', async () => {
  const nothing = await api(sandbox, 'GET', '/v2/orders?external_order_id=WF-2026-000815&limit=10');
  expect([nothing.status, nothing.text]).toEqual([204, '']);
  const { id } = await createOrder(sandbox);
  const found = await api(sandbox, 'GET', '/v2/orders?external_order_id=WF-2026-000815');
  expect([found.status, found.body.map((order: { id: number }) => order.id)]).toEqual([200, [id]]);
  expect((await api(sandbox, 'GET', '/v2/orders?external_order_id=wf-2026-000815')).status).toBe(204);
  expect((await api(sandbox, 'GET', `/v2/orders/count?external_order_id=WF-2026-000815`)).body.count).toBe(1);
  expect((await api(sandbox, 'GET', `/v2/orders?min_id=${id}&page=2`)).status).toBe(204);
});

test('lists are filtered, sorted and paged', async () => {
  const before = sandbox.clock.now();
  sandbox.clock.advance(3_600_000);
  const first = await createOrder(sandbox);
  sandbox.clock.advance(3_600_000);
  const second = await createOrder(sandbox, { customer_id: 12, external_order_id: 'B', status_id: 11 });
  const ids = async (query: string) => {
    const { body } = await api(sandbox, 'GET', `/v2/orders?${query}`);
    return body === null ? [] : body.map((order: { id: number }) => order.id);
  };
  const since = (time: number) => encodeURIComponent(new Date(time).toUTCString().replace('GMT', '+0000'));
  expect(await ids(`min_date_modified=${since(before + 3_600_000)}`)).toEqual([first.id, second.id]);
  expect(await ids(`min_date_created=${new Date(before + 7_200_000).toISOString()}`)).toEqual([second.id]);
  expect(await ids('status_id=11')).toEqual([second.id]);
  expect(await ids('customer_id=12')).toEqual([second.id]);
  expect(await ids(`min_id=${first.id}&sort=date_created:desc`)).toEqual([second.id, first.id]);
  expect(await ids('min_total=60&max_total=67.3')).toEqual([first.id, second.id]);
  expect(await ids('limit=2&page=5')).toEqual([first.id, second.id]);
  const count = (await api(sandbox, 'GET', '/v2/orders/count')).body;
  expect(count.count).toBe(firstId - 100 + 2);
  expect(count.statuses).toContainEqual(expect.objectContaining({ id: 11, count: 1 }));
});

test.each([
  ['an unknown filter', 'staff_notes=x', 400, "The field 'staff_notes' is not supported by this resource."],
  ['a bad number', 'min_id=x', 400, "The field 'min_id' is invalid."],
  [
    'a date with a plus that nobody encoded',
    'min_date_modified=2026-01-05T00:00:00+00:00',
    400,
    "The field 'min_date_modified' is invalid.",
  ],
  ['a field that does not sort', 'sort=total', 400, "The field 'sort' is invalid."],
  ['too large a page', 'limit=251', 413, 'The limit may be 250 at most.'],
])('%s is refused', async (_, query, status, message) => {
  const answer = await api(sandbox, 'GET', `/v2/orders?${query}`);
  expect([answer.status, said(answer)]).toEqual([status, message]);
});

test('what a filter and a count find may differ', async () => {
  const made = await createOrder(sandbox, { external_order_id: 'A-1', status_id: 0 });
  await createOrder(sandbox, { external_order_id: 'a-12' });
  sandbox.controls.settings({ referenceFilter: 'loose', countsIncomplete: false });
  expect((await api(sandbox, 'GET', '/v2/orders?external_order_id=A-1')).body).toHaveLength(2);
  const all = (await api(sandbox, 'GET', '/v2/orders')).body;
  expect(all.map(({ id }: { id: number }) => id)).toContain(made.id);
  expect((await api(sandbox, 'GET', '/v2/orders/count')).body.count).toBe(all.length - 1);
});

test('a line that is changed loses its part of a discount', async () => {
  const { id } = await createOrder(sandbox, { discount_amount: '5.83' });
  const [first] = await readLines(sandbox, id);
  const { body } = await api(sandbox, 'PUT', `/v2/orders/${id}`, { products: [{ id: first.id, name: 'Mug' }] });
  expect(body).toMatchObject({ discount_amount: '0.3300', total_inc_tax: '66.9700' });
});

test('a list may lag behind, and so may a read of what is new', async () => {
  sandbox.controls.settings({ searchLagMs: 5_000, readLagMs: 1_000 });
  const { id } = await createOrder(sandbox);
  expect((await api(sandbox, 'GET', `/v2/orders/${id}`)).status).toBe(404);
  sandbox.clock.advance(1_000);
  expect((await api(sandbox, 'GET', `/v2/orders/${id}`)).status).toBe(200);
  expect((await api(sandbox, 'GET', '/v2/orders?external_order_id=WF-2026-000815')).status).toBe(204);
  sandbox.clock.advance(4_000);
  expect((await api(sandbox, 'GET', '/v2/orders?external_order_id=WF-2026-000815')).status).toBe(200);
});

test('what is archived is gone from reads and lists, and its stock stays taken', async () => {
  const { id } = await createOrder(sandbox);
  const stock = sandbox.ledger().stock;
  expect((await api(sandbox, 'DELETE', `/v2/orders/${id}`)).status).toBe(204);
  expect((await api(sandbox, 'GET', `/v2/orders/${id}`)).body).toEqual([
    { status: 404, message: 'The requested resource was not found.' },
  ]);
  expect((await api(sandbox, 'GET', '/v2/orders?external_order_id=WF-2026-000815')).status).toBe(204);
  expect((await api(sandbox, 'DELETE', `/v2/orders/${id}`)).status).toBe(404);
  sandbox.controls.settings({ archivedAnswer: 200, archivedAgainAnswer: 204 });
  expect((await api(sandbox, 'GET', `/v2/orders/${id}`)).body).toMatchObject({ id, is_deleted: true });
  expect((await api(sandbox, 'DELETE', `/v2/orders/${id}`)).status).toBe(204);
  expect(sandbox.ledger().stock).toEqual(stock);
  const other = await createOrder(sandbox);
  expect((await api(sandbox, 'PUT', `/v2/orders/${other.id}`, { is_deleted: true })).body.is_deleted).toBe(true);
});

test('nobody archives everything by one call, unless told', async () => {
  expect((await api(sandbox, 'DELETE', '/v2/orders')).status).toBe(403);
  sandbox.controls.settings({ archiveAll: true });
  expect((await api(sandbox, 'DELETE', '/v2/orders')).status).toBe(204);
  expect((await api(sandbox, 'GET', '/v2/orders')).status).toBe(204);
});
