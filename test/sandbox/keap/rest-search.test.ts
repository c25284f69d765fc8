import { afterEach, beforeEach, expect, test } from 'vitest';
import type { KeapSandbox } from '../../../src/sandbox/index.js';
import { createOrder, keap, newOrder, query, rest, stopKeap } from './wire.js';

let sandbox: KeapSandbox;

beforeEach(async () => {
  sandbox = await keap();
  await createOrder(sandbox, 'EXT-1');
  await createOrder(sandbox, 'EXT-2');
  await createOrder(sandbox, 'EXT-22');
});
afterEach(stopKeap);

async function found(filter: string, more: Record<string, string> = {}): Promise<string[]> {
  const { status, body } = await rest(sandbox, 'GET', `/orders${query({ filter, ...more })}`);
  expect(status).toBe(200);
  return body.orders.map((order: { id: string }) => order.id);
}

test.each([
  ['_ExternalOrderId==EXT-2', ['2076']],
  ['_externalorderid==ext-2', ['2076']],
  ['_ExternalOrderId==EXT-2*', ['2076', '2077']],
  ['_ExternalOrderId==EXT', []],
  ['contact_id==55;title==EXT-2*', ['2076', '2077']],
  ['title==ext-1 | web shop', ['2075']],
  ['title==EXT-1', []],
  ['id>2075', ['2076', '2077']],
  ['id!=2076', ['2075', '2077']],
  ['ids==2075,2077', ['2075', '2077']],
  ['invoice_id==2088', ['2076']],
  ['product_id==17;id<=2075', ['2075']],
  ['product_id==18', []],
  ['order_type==ONLINE;paid==true', []],
  ['paid==false;contact_id==56', []],
  ['created_since_time==2020-01-01T00:00:00.000Z;created_until_time==2020-01-02T00:00:00Z', []],
  ['modified_since_time==2020-01-01T00:00:00.000+01:00', ['2075', '2076', '2077']],
])('orders by %s', async (filter, ids) => {
  expect(await found(filter)).toEqual(ids);
});

test('date fields are compared as times; what the address says can be asked', async () => {
  const shipping_address = { locality: 'Phoenix', region: 'AZ', zip_code: '85001', country_code: 'USA' };
  const custom_fields = [{ id: '33', content: '2026-03-01T00:00:00.000Z' }];
  await rest(sandbox, 'POST', '/orders', { ...newOrder('EXT-3'), shipping_address, custom_fields });
  expect(await found('_DeliveryDate>=2026-03-01T00:00:00.000+00:00')).toEqual(['2078']);
  expect(await found('_DeliveryDate<2026-03-01T00:00:00.000+00:00')).toEqual([]);
  expect(
    await found(
      'shipping_locality==phoenix;shipping_region_code==US-AZ;shipping_postal_code==85001;shipping_country_code==USA',
    ),
  ).toEqual(['2078']);
});

test.each([
  '_NoSuchField==1',
  'total==5',
  'title>a',
  '_ExternalOrderId>EXT-1',
  'id==abc',
  'paid==maybe',
  'created_since_time==2026-01-01',
  '_DeliveryDate==2026-01-01',
  'nonsense',
])('the filter %s is a 400', async (filter) => {
  expect((await rest(sandbox, 'GET', `/orders${query({ filter })}`)).status).toBe(400);
});

test('pages follow one another until the token is empty', async () => {
  const first = await rest(sandbox, 'GET', `/orders${query({ page_size: '2', order_by: 'id desc' })}`);
  expect(first.body.orders.map((order: { id: string }) => order.id)).toEqual(['2077', '2076']);
  const page_token = first.body.next_page_token;
  expect(page_token).not.toBe('');
  const second = await rest(sandbox, 'GET', `/orders${query({ page_size: '2', order_by: 'id desc', page_token })}`);
  expect(second.body.orders.map((order: { id: string }) => order.id)).toEqual(['2075']);
  expect(second.body.next_page_token).toBe('');
  for (const wrong of [{ page_size: '1001' }, { page_size: '-1' }, { page_token: 'x' }, { order_by: 'title asc' }]) {
    expect((await rest(sandbox, 'GET', `/orders${query(wrong as Record<string, string>)}`)).status).toBe(400);
  }
});

test('a new order is found by lists only after the search lag, by its id at once', async () => {
  sandbox.controls.settings({ searchLagMs: 60_000 });
  const order = await createOrder(sandbox, 'LAG-1');
  expect(await found('_ExternalOrderId==LAG-1')).toEqual([]);
  expect(await found(`id==${order.id}`)).toEqual([]);
  expect((await rest(sandbox, 'GET', `/orders/${order.id}`)).status).toBe(200);
  sandbox.clock.advance(60_000);
  expect(await found('_ExternalOrderId==LAG-1')).toEqual([order.id]);
});
