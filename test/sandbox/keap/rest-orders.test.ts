import { afterEach, expect, test } from 'vitest';
import { createOrder, keap, newOrder, query, rest, stopKeap } from './wire.js';

afterEach(stopKeap);

test('an order comes out with string ids, minor units, ISO times and the members of the documentation', async () => {
  const sandbox = await keap();
  const created = await rest(sandbox, 'POST', '/orders', newOrder('EXT-1001'));
  expect(created.status).toBe(201);
  const zulu = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);
  expect(created.body).toEqual(
    expect.objectContaining({
      id: '2075',
      invoice_id: '2087',
      title: 'EXT-1001 | web shop',
      status: 'DRAFT',
      order_type: 'ONLINE',
      source_type: 'API',
      contact: { id: '55', email: 'ada@example.com', given_name: 'Ada', family_name: 'Stone' },
      creation_time: zulu,
      modification_time: zulu,
      order_time: '2026-01-15T15:30:00Z',
      total: { amount: 5490, currency_code: 'USD', formatted_amount: '$54.90' },
      total_paid: { amount: 0, currency_code: 'USD', formatted_amount: '$0.00' },
      total_due: { amount: 5490, currency_code: 'USD', formatted_amount: '$54.90' },
      refund_total: { amount: 0, currency_code: 'USD', formatted_amount: '$0.00' },
      custom_fields: [{ id: '31', content: 'EXT-1001' }],
    }),
  );
  expect(created.body.order_items[0]).toEqual({
    id: '4411',
    name: 'Blue mug',
    notes: '[EXT-1001#1]',
    quantity: 2,
    item_type: 'PRODUCT',
    price_per_unit: { amount: 2495, currency_code: 'USD', formatted_amount: '$24.95' },
    product: { id: '17', name: 'Blue mug', sku: 'MUG-B', shippable: true, taxable: true },
  });
  expect((await rest(sandbox, 'GET', '/orders/2075')).body).toEqual(created.body);
});

test('the shipping address goes in with one set of names and comes out with another', async () => {
  const sandbox = await keap();
  const shipping_address = {
    first_name: 'Ada',
    last_name: 'Stone',
    line1: '1 Mill Lane',
    locality: 'Tempe',
    region: 'Arizona',
    zip_code: '85281',
    country_code: 'USA',
  };
  const { body } = await rest(sandbox, 'POST', '/orders', { ...newOrder('A-1'), shipping_address });
  expect(body.shipping_information).toMatchObject({
    given_name: 'Ada',
    family_name: 'Stone',
    address: {
      line1: '1 Mill Lane',
      locality: 'Tempe',
      region_code: 'US-AZ',
      postal_code: '85281',
      country_code: 'USA',
    },
  });
});

test.each([
  ['an unknown member', { price: 1 }, 'Unrecognized property: price'],
  ['a number for an id', { contact_id: 55 }, 'contact_id is invalid'],
  ['an unknown contact', { contact_id: '999' }, 'contact_id is invalid'],
  ['a bare date', { order_time: '2026-01-15' }, 'order_time is invalid'],
  ['the v1 word for the type', { order_type: 'Online' }, 'order_type is invalid'],
  [
    'a string for a quantity',
    { order_items: [{ product_id: '17', quantity: '2' }] },
    'order_items.0.quantity is invalid',
  ],
  ['no product on a product line', { order_items: [{ quantity: 1 }] }, 'product_id is invalid'],
  ['blank notes', { order_items: [{ product_id: '17', quantity: 1, notes: ' ' }] }, 'order_items.0.notes is invalid'],
  ['an unknown field id', { custom_fields: [{ id: '999', content: 'x' }] }, 'custom_fields.id is invalid'],
])('%s is a 400, and nothing is kept', async (_what, change, message) => {
  const sandbox = await keap();
  const { status, body } = await rest(sandbox, 'POST', '/orders', { ...newOrder('A-1'), ...change });
  expect(status).toBe(400);
  expect(body).toEqual({
    code: 400,
    message,
    status: 'Bad Request',
    details: [{ domain: 'order', resource: 'POST /rest/v2/orders' }],
  });
  expect(sandbox.ledger().orders).toEqual([]);
});

test('sending an order twice makes two: nothing notices', async () => {
  const sandbox = await keap();
  await createOrder(sandbox);
  await createOrder(sandbox);
  expect(sandbox.ledger().orders.map(({ jobId }) => jobId)).toEqual([2075, 2076]);
});

test('PATCH changes what the mask names, and custom fields replace the whole list', async () => {
  const sandbox = await keap();
  await createOrder(sandbox);
  const both = { order_title: 'new', notes: 'leave at the door' };
  const one = await rest(sandbox, 'PATCH', '/orders/2075?update_mask=notes', both);
  expect(one.body).toMatchObject({ title: 'EXT-1001 | web shop', notes: 'leave at the door' });
  const custom_fields = [{ id: '32', content: 'Happy birthday' }];
  await rest(sandbox, 'PATCH', '/orders/2075?update_mask=custom_fields', { custom_fields });
  expect((await rest(sandbox, 'GET', '/orders/2075')).body.custom_fields).toEqual(custom_fields);
  const gone = await rest(sandbox, 'GET', `/orders${query({ filter: '_ExternalOrderId==EXT-1001' })}`);
  expect(gone.body.orders).toEqual([]);
  expect((await rest(sandbox, 'PATCH', '/orders/2075?update_mask=total', {})).status).toBe(400);
  expect((await rest(sandbox, 'PATCH', '/orders/2075', { total: 1 })).body.message).toBe(
    'Unrecognized property: total',
  );
});

test('items can be added, read, changed and deleted, and the total follows', async () => {
  const sandbox = await keap();
  await createOrder(sandbox);
  const item = { item_type: 'DISCOUNT', name: 'Voucher', quantity: 1, price_per_unit: -4.9, notes: '[EXT-1001#off]' };
  const added = await rest(sandbox, 'POST', '/orders/2075/items', item);
  expect(added.status).toBe(201);
  expect(added.body).toMatchObject({
    item_type: 'DISCOUNT',
    discount: { amount: 490 },
    price_per_unit: { amount: -490 },
  });
  const path = `/orders/2075/items/${added.body.id}`;
  expect((await rest(sandbox, 'GET', path)).body).toEqual(added.body);
  expect((await rest(sandbox, 'GET', '/orders/2075')).body.total.amount).toBe(5000);
  await rest(sandbox, 'PATCH', `${path}?update_mask=price_per_unit`, { price_per_unit: -0.9, name: 'ignored' });
  expect((await rest(sandbox, 'GET', path)).body).toMatchObject({ name: 'Voucher', price_per_unit: { amount: -90 } });
  expect((await rest(sandbox, 'DELETE', path)).status).toBe(204);
  expect((await rest(sandbox, 'GET', path)).status).toBe(404);
  expect((await rest(sandbox, 'GET', '/orders/2075')).body.total.amount).toBe(5490);
});

test('a product lends its name and price to a line that has none', async () => {
  const sandbox = await keap();
  await createOrder(sandbox);
  const { body } = await rest(sandbox, 'POST', '/orders/2075/items', { product_id: '18', quantity: 1 });
  expect(body).toMatchObject({ name: 'Green tea', item_type: 'PRODUCT', price_per_unit: { amount: 990 } });
});

test('an unpaid order can be deleted once; it stays in the ledger as deleted', async () => {
  const sandbox = await keap();
  await createOrder(sandbox);
  expect((await rest(sandbox, 'DELETE', '/orders/2075')).status).toBe(204);
  expect((await rest(sandbox, 'DELETE', '/orders/2075')).status).toBe(404);
  expect((await rest(sandbox, 'GET', '/orders/2075')).status).toBe(404);
  const [order] = sandbox.ledger().orders;
  expect(order).toMatchObject({ jobId: 2075, deleted: true, customFields: { _ExternalOrderId: 'EXT-1001' } });
  expect(order?.deletedAt).toBeGreaterThan(0);
});

test('applyTax answers the order; what does not exist is a 404 in the form of v2', async () => {
  const sandbox = await keap();
  const order = await createOrder(sandbox);
  const taxed = await rest(sandbox, 'POST', '/orders/2075:applyTax');
  expect([taxed.status, taxed.body.total]).toEqual([200, order.total]);
  for (const path of ['/orders/9999', '/nothing/here']) {
    const missing = await rest(sandbox, 'GET', path);
    expect(missing.status).toBe(404);
    expect(missing.body).toEqual({
      code: 404,
      message: expect.any(String),
      status: 'Not Found',
      details: [{ domain: expect.any(String), resource: `GET /rest/v2${path}` }],
    });
  }
});
