import { afterEach, beforeEach, expect, test } from 'vitest';
import { type BigcommerceSandbox, bigcommerceSeed } from '../../../src/sandbox/index.js';
import { api, bigcommerce, createOrder, product, readLines, readOrder, ship, stopBigcommerce } from './wire.js';

let sandbox: BigcommerceSandbox;
let id: number;
let path: string;

beforeEach(async () => {
  sandbox = await bigcommerce({ startTime: Date.UTC(2026, 0, 6, 15, 20, 41), clockSpeed: 0.001 });
  ({ id } = await createOrder(sandbox, { status_id: 11 }));
  path = `/v2/orders/${id}/shipments`;
});
afterEach(stopBigcommerce);

const statusMs = 2_000;
const said = (answer: { status: number; body: unknown }) => [
  answer.status,
  (answer.body as { message: string }[])[0]?.message,
];

test('a parcel of everything is shown as it was told, and moves the order to Shipped', async () => {
  expect((await api(sandbox, 'GET', path)).status).toBe(204);
  const answer = await ship(sandbox, id, { shipping_method: 'UPS Ground' });
  expect(answer.status).toBe(201);
  const lines = await readLines(sandbox, id);
  expect(answer.body).toMatchObject({
    ...{ order_id: id, customer_id: 0, date_created: 'Tue, 06 Jan 2026 15:20:41 +0000', tracking_number: '1Z999' },
    ...{ shipping_method: 'UPS Ground', shipping_provider: 'ups', shipping_provider_display_name: 'UPS' },
    ...{ merchant_shipping_cost: '0.0000', comments: '', tracking_carrier: '', tracking_link: '' },
    generated_tracking_link: expect.stringContaining('1Z999'),
    // The product's own id is never told here.
    items: [
      { order_product_id: lines[0].id, product_id: 0, quantity: 2 },
      { order_product_id: lines[1].id, product_id: 0, quantity: 1 },
    ],
  });
  expect(lines).toMatchObject([{ quantity_shipped: 2 }, { quantity_shipped: 1 }]);
  expect(await readOrder(sandbox, id)).toMatchObject({
    status_id: 11,
    items_shipped: 3,
    date_shipped: expect.any(String),
  });
  sandbox.clock.advance(statusMs);
  expect(await readOrder(sandbox, id)).toMatchObject({ status_id: 2, date_shipped: 'Tue, 06 Jan 2026 15:20:41 +0000' });
  expect((await api(sandbox, 'GET', path)).body).toEqual([answer.body]);
  expect((await api(sandbox, 'GET', `${path}/count`)).body).toEqual({ count: 1 });
  expect((await api(sandbox, 'GET', `${path}/${answer.body.id}`)).body).toEqual(answer.body);
  expect(sandbox.ledger().mails).toMatchObject([
    { kind: 'shipment', orderId: id, shipmentId: answer.body.id, trackingNumber: '1Z999' },
  ]);
});

test('a part moves the order to Partially Shipped, the rest to Shipped; twice the same is too much', async () => {
  const [first, second] = await readLines(sandbox, id);
  const part = { items: [{ order_product_id: first.id, quantity: 1 }] };
  expect((await ship(sandbox, id, part)).status).toBe(201);
  sandbox.clock.advance(statusMs);
  expect(await readOrder(sandbox, id)).toMatchObject({ status_id: 3, items_shipped: 1, date_shipped: '' });
  expect((await ship(sandbox, id)).body.items).toMatchObject([
    { order_product_id: first.id, quantity: 1 },
    { order_product_id: second.id, quantity: 1 },
  ]);
  sandbox.clock.advance(statusMs);
  expect((await readOrder(sandbox, id)).status_id).toBe(2);
  const more = await ship(sandbox, id, part);
  expect([more.status, more.body]).toEqual([
    400,
    [
      {
        ...{ status: 400, message: "The field 'quantity' is invalid." },
        details: {
          invalid_reason:
            'The quantity specified is greater than the quantity of the product that is available to ship.',
          ...{ available_quantity: 0, order_product_id: first.id },
        },
      },
    ],
  ]);
});

test('the status may be left to the caller, and mails to nobody', async () => {
  sandbox.controls.settings({ shipmentsMoveStatus: false, mails: false });
  await ship(sandbox, id);
  sandbox.clock.advance(60_000);
  expect((await readOrder(sandbox, id)).status_id).toBe(11);
  expect(sandbox.ledger().mails).toEqual([]);
});

test.each<[string, object, string]>([
  ['no address', { order_address_id: undefined }, "The required field 'order_address_id' was not supplied."],
  ['the address of another order', { order_address_id: 1 }, "The field 'order_address_id' is invalid."],
  ['no items', { items: [] }, "The required field 'items' was not supplied."],
  [
    'an id of a product',
    { items: [{ order_product_id: product('MUG-B').product_id, quantity: 1 }] },
    "The field 'order_product_id' is invalid.",
  ],
  [
    'a product_id',
    { items: [{ product_id: 111, quantity: 1 }] },
    "The field 'items.product_id' cannot be written to. Please remove it from your request before trying again.",
  ],
  ['an unknown provider', { shipping_provider: 'pigeon' }, "The field 'shipping_provider' is invalid."],
  ['a long tracking number', { tracking_number: '1'.repeat(51) }, "The field 'tracking_number' is invalid."],
  [
    'a field that is read-only',
    { date_created: '' },
    "The field 'date_created' cannot be written to. Please remove it from your request before trying again.",
  ],
  ['a field that nobody knows', { weight: 1 }, "The field 'weight' is not supported by this resource."],
])('%s is refused', async (_, changes, message) => {
  expect(said(await ship(sandbox, id, changes))).toEqual([400, message]);
  expect((await api(sandbox, 'GET', path)).status).toBe(204);
});

test('an address may be told as a text', async () => {
  const [address] = (await api(sandbox, 'GET', `/v2/orders/${id}/shipping_addresses`)).body;
  expect((await ship(sandbox, id, { order_address_id: String(address.id) })).status).toBe(201);
});

test('a parcel is corrected, but not what is in it', async () => {
  const { body } = await ship(sandbox, id);
  const changed = await api(sandbox, 'PUT', `${path}/${body.id}`, {
    tracking_number: '1Z777',
    tracking_link: 'https://t.example',
  });
  expect(changed.body).toMatchObject({ tracking_number: '1Z777', generated_tracking_link: '', items: body.items });
  const items = await api(sandbox, 'PUT', `${path}/${body.id}`, { items: body.items });
  expect(items.status).toBe(400);
  expect((await api(sandbox, 'PUT', `${path}/1`, {})).status).toBe(404);
});

test('a parcel that is taken back leaves the order Shipped, and its units to ship', async () => {
  const { body } = await ship(sandbox, id);
  sandbox.clock.advance(statusMs);
  expect((await api(sandbox, 'DELETE', `${path}/${body.id}`)).status).toBe(204);
  expect((await api(sandbox, 'DELETE', `${path}/${body.id}`)).status).toBe(404);
  expect(await readOrder(sandbox, id)).toMatchObject({ status_id: 2, items_shipped: 0 });
  await ship(sandbox, id);
  expect((await api(sandbox, 'DELETE', path)).status).toBe(204);
  expect((await api(sandbox, 'GET', path)).status).toBe(204);
});

test('parcels are of their own order', async () => {
  const { body } = await ship(sandbox, id);
  const other = bigcommerceSeed.authorizedOrderIds[0];
  expect((await api(sandbox, 'GET', `/v2/orders/${other}/shipments/${body.id}`)).status).toBe(404);
  expect((await api(sandbox, 'POST', '/v2/orders/1/shipments', {})).status).toBe(404);
});

test('what is not sent by mail needs no parcel', async () => {
  const products = [
    { ...product('EBOOK-1'), quantity: 1 },
    { ...product('TEA-1'), quantity: 1 },
  ];
  const order = await createOrder(sandbox, { products, status_id: 11 });
  const [, tea] = await readLines(sandbox, order.id);
  await ship(sandbox, order.id, { items: [{ order_product_id: tea.id, quantity: 1 }] });
  sandbox.clock.advance(statusMs);
  expect((await readOrder(sandbox, order.id)).status_id).toBe(2);
});
