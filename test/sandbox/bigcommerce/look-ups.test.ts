import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BigcommerceSandbox } from '../../../src/sandbox/index.js';
import { api, bigcommerce, createOrder, stopBigcommerce } from './wire.js';

let sandbox: BigcommerceSandbox;

beforeEach(async () => {
  sandbox = await bigcommerce();
});
afterEach(stopBigcommerce);

const get = async (path: string) => (await api(sandbox, 'GET', path)).body;

test('variants and products are found by their SKUs', async () => {
  expect((await get('/v3/catalog/variants?sku=TOTE-RED')).data).toMatchObject([
    {
      id: 421,
      product_id: 115,
      price: 25,
      inventory_level: 50,
      option_values: [{ id: 180, option_id: 200, label: 'Red' }],
    },
  ]);
  const none = await get('/v3/catalog/variants?sku=NONE');
  expect(none).toMatchObject({ data: [], meta: { pagination: { total: 0, count: 0, current_page: 1 } } });
  expect((await get('/v3/catalog/products?sku=MUG-B&include=variants')).data).toMatchObject([
    { id: 111, sku: 'MUG-B', inventory_level: 92, base_variant_id: 361, variants: [{ id: 361 }] },
  ]);
  expect((await get('/v3/catalog/products?sku=TOTE-RED')).data).toEqual([]);
  expect((await get('/v3/catalog/products/115/variants')).data).toHaveLength(2);
  expect((await get('/v3/catalog/products/115')).data).toMatchObject({
    base_variant_id: null,
    inventory_tracking: 'variant',
  });
  expect((await api(sandbox, 'GET', '/v3/catalog/products/1')).status).toBe(404);
});

test('lists of V3 tell their pages', async () => {
  const { data, meta } = await get('/v3/catalog/variants?limit=3&page=2');
  expect(data).toHaveLength(3);
  expect(meta.pagination).toEqual({
    ...{ total: 8, count: 3, per_page: 3, current_page: 2, total_pages: 3 },
    links: { previous: '?page=1&limit=3', current: '?page=2&limit=3', next: '?page=3&limit=3' },
  });
});

test('customers, channels, locations and statuses are there', async () => {
  expect((await get('/v3/customers?email:in=DANA@example.com')).data).toMatchObject([{ id: 11 }]);
  expect((await get('/v3/channels')).data.map(({ id }: { id: number }) => id)).toEqual([1, 2, 3]);
  expect((await get('/v3/channels/3')).data).toMatchObject({ status: 'disconnected', is_enabled: false });
  expect((await get('/v3/inventory/locations')).data).toMatchObject([{ id: 1, enabled: true }, { id: 2 }]);
  expect(await get('/v2/order_statuses')).toHaveLength(15);
  expect(await get('/v2/order_statuses/11')).toMatchObject({ id: 11, system_label: 'Awaiting Fulfillment', order: 3 });
  expect((await get('/v2/store')).currency).toBe('USD');
});

test('what hangs on an order is there, or nothing', async () => {
  const { id } = await createOrder(sandbox);
  for (const below of ['coupons', 'messages'])
    expect((await api(sandbox, 'GET', `/v2/orders/${id}/${below}`)).status).toBe(204);
  expect(await get(`/v2/orders/${id}/taxes`)).toMatchObject([{ class: 'API Tax Override', line_amount: '5.0000' }, {}]);
  expect(await get(`/v2/orders/${id}/fees`)).toEqual({ fees: [] });
  expect(await get(`/v2/orders/${id}/consignments`)).toMatchObject({ pickups: [], shipping: [{ city: 'Portland' }] });
  const included = await get(`/v2/orders/${id}?include=fees,consignments&consignment_structure=object`);
  expect(included).toMatchObject({ fees: [], consignments: { downloads: [] } });
  expect((await api(sandbox, 'GET', `/v2/orders/${id}?include=consignments`)).status).toBe(400);
  const [address] = await get(`/v2/orders/${id}/shipping_addresses`);
  const quotes = await api(sandbox, 'GET', `/v2/orders/${id}/shipping_addresses/${address.id}/shipping_quotes`);
  expect(quotes.status).toBe(204);
});

test('a shipping address is corrected without any recalculation', async () => {
  const { id, total_inc_tax } = await createOrder(sandbox);
  const [address] = await get(`/v2/orders/${id}/shipping_addresses`);
  const path = `/v2/orders/${id}/shipping_addresses/${address.id}`;
  const changed = await api(sandbox, 'PUT', path, { street_1: '1 Pier', shipping_method: 'Express' });
  expect(changed.body).toMatchObject({
    id: address.id,
    street_1: '1 Pier',
    shipping_method: 'Express',
    city: 'Portland',
  });
  expect((await get(`/v2/orders/${id}`)).total_inc_tax).toBe(total_inc_tax);
  const computed = await api(sandbox, 'PUT', path, { cost_ex_tax: '1' });
  expect(computed.body[0].message).toContain("'cost_ex_tax' cannot be written to");
  expect((await api(sandbox, 'PUT', `/v2/orders/${id}/shipping_addresses/1`, {})).status).toBe(404);
});

const field = { permission_set: 'write', namespace: 'oms', key: 'wf.WF-2026-000815', value: 'created' };

test('a metafield is the only thing that is unique', async () => {
  const { id } = await createOrder(sandbox);
  const path = `/v3/orders/${id}/metafields`;
  const made = await api(sandbox, 'POST', path, field);
  expect([made.status, made.body.data]).toMatchObject([200, { ...field, resource_type: 'order', resource_id: id }]);
  const again = await api(sandbox, 'POST', path, field);
  expect(again.body).toMatchObject({ status: 409, title: 'The metafield already exists.', errors: {} });
  expect((await api(sandbox, 'POST', path, field, 'orders')).status).toBe(200);
  const found = await get(`/v3/orders/metafields?namespace=oms&key=${field.key}`);
  expect(found.data.map(({ owner_client_id }: { owner_client_id: string }) => owner_client_id)).toEqual([
    'bcclientfull',
    'bcclientorders',
  ]);
  const changed = await api(sandbox, 'PUT', `${path}/${made.body.data.id}`, { value: 'done' });
  expect(changed.body.data).toMatchObject({ value: 'done', key: field.key });
  expect((await get(`${path}/${made.body.data.id}`)).data.value).toBe('done');
  expect((await api(sandbox, 'DELETE', `${path}/${made.body.data.id}`)).status).toBe(204);
  expect((await api(sandbox, 'DELETE', `${path}/${made.body.data.id}`)).status).toBe(404);
  expect((await get(path)).data).toHaveLength(1);
});

test.each([
  ['permission_set', undefined],
  ['permission_set', 'all'],
  ['key', 'k'.repeat(65)],
  ['namespace', ''],
  ['value', undefined],
])('a metafield whose %s is %j is refused', async (name, value) => {
  const { id } = await createOrder(sandbox);
  const answer = await api(sandbox, 'POST', `/v3/orders/${id}/metafields`, { ...field, [name]: value });
  expect(answer.body).toMatchObject({ status: 422, errors: { [name]: expect.any(String) } });
});

test('an app keeps to itself what it says it does', async () => {
  const { id } = await createOrder(sandbox);
  const path = `/v3/orders/${id}/metafields`;
  const hidden = await api(sandbox, 'POST', path, { ...field, permission_set: 'app_only' }, 'orders');
  const shown = await api(sandbox, 'POST', path, { ...field, key: 'read', permission_set: 'read' }, 'orders');
  expect((await get(path)).data.map(({ key }: { key: string }) => key)).toEqual(['read']);
  expect((await api(sandbox, 'PUT', `${path}/${hidden.body.data.id}`, { value: 'x' })).status).toBe(404);
  expect((await api(sandbox, 'PUT', `${path}/${shown.body.data.id}`, { value: 'x' })).status).toBe(403);
});

test('many metafields at once may succeed in part', async () => {
  const { id } = await createOrder(sandbox);
  const many = [
    { ...field, resource_id: id },
    { ...field, resource_id: id },
  ];
  const made = await api(sandbox, 'POST', '/v3/orders/metafields', many);
  expect(made.body).toMatchObject({
    data: [{ key: field.key }],
    errors: [{ status: 409 }],
    meta: { total: 2, success: 1, failed: 1 },
  });
  const [{ id: fieldId }] = made.body.data;
  const changed = await api(sandbox, 'PUT', '/v3/orders/metafields', [{ id: fieldId, value: 'two' }]);
  expect(changed.body.data).toMatchObject([{ value: 'two' }]);
  const gone = await api(sandbox, 'DELETE', '/v3/orders/metafields', [fieldId, 1]);
  expect(gone.body).toMatchObject({ data: [fieldId], errors: [{ status: 404 }] });
});
