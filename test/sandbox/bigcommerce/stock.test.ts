import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BigcommerceSandbox } from '../../../src/sandbox/index.js';
import { api, bigcommerce, content, createOrder, product, readLines, stopBigcommerce } from './wire.js';

let sandbox: BigcommerceSandbox;

beforeEach(async () => {
  sandbox = await bigcommerce({ clockSpeed: 0.001 });
});
afterEach(stopBigcommerce);

const level = (sku: string, location = 1) => sandbox.ledger().stock.find((item) => item.sku === sku)?.onHand[location];
const put = (id: number, body: object) => api(sandbox, 'PUT', `/v2/orders/${id}`, body);
const settings = (changes: object) => api(sandbox, 'PUT', '/v3/settings/inventory', changes);
const order = (sku: string, quantity: number, changes: object = {}) =>
  createOrder(sandbox, { products: [{ ...product(sku), quantity }], ...changes });
const restocking = { refund_order_stock_adjustment: true };

test('an order takes its units when it is placed, and a canceled one gives them back', async () => {
  const { id } = await order('KETTLE-E', 3);
  expect(level('KETTLE-E')).toBe(37);
  await put(id, { status_id: 11 });
  expect(level('KETTLE-E')).toBe(37);
  await put(id, { status_id: 5 });
  expect(level('KETTLE-E')).toBe(40);
  await put(id, { status_id: 5 });
  expect(level('KETTLE-E')).toBe(40);
  await put(id, { status_id: 11 });
  expect(level('KETTLE-E')).toBe(37);
  await api(sandbox, 'DELETE', `/v2/orders/${id}`);
  expect(level('KETTLE-E')).toBe(37);
  expect(sandbox.ledger().stockMovements.slice(-3)).toMatchObject([
    { sku: 'KETTLE-E', change: -3, reason: 'order', orderId: id },
    { change: 3 },
    { change: -3 },
  ]);
});

test('whether it gives them back is the store own to say', async () => {
  await settings({ refund_order_stock_adjustment: false });
  const { id } = await order('KETTLE-E', 3);
  await put(id, { status_id: 5 });
  expect(level('KETTLE-E')).toBe(37);
  await put(id, { status_id: 11 });
  expect(level('KETTLE-E')).toBe(37);
});

test('an incomplete order takes nothing yet', async () => {
  const { id } = await order('KETTLE-E', 3, { status_id: 0 });
  expect(level('KETTLE-E')).toBe(40);
  await put(id, { status_id: 1 });
  expect(level('KETTLE-E')).toBe(37);
});

test('a store may take units only when they leave', async () => {
  await settings({ update_stock_behavior: 'order_completed_or_shipped' });
  const { id } = await order('KETTLE-E', 3);
  await put(id, { status_id: 11 });
  expect(level('KETTLE-E')).toBe(40);
  await put(id, { status_id: 2 });
  expect(level('KETTLE-E')).toBe(37);
  await put(id, { status_id: 10 });
  expect(level('KETTLE-E')).toBe(37);
});

test('an edited order takes the difference, where the store says so', async () => {
  const { id } = await order('KETTLE-E', 3);
  const [line] = await readLines(sandbox, id);
  await put(id, { products: [{ id: line.id, quantity: 5 }] });
  expect(level('KETTLE-E')).toBe(35);
  await put(id, { products: [{ id: line.id, quantity: 0 }] });
  expect(level('KETTLE-E')).toBe(40);
  await settings({ edit_order_stock_adjustment: false });
  await put(id, { products: [{ id: line.id, quantity: 2 }] });
  expect(level('KETTLE-E')).toBe(40);
});

test('a refund restocks nothing, although it moves the order to Refunded', async () => {
  await settings(restocking);
  const { orderId } = sandbox.controls.seedOrder({ lines: [{ sku: 'KETTLE-E', quantity: 2 }], payment: 'captured' });
  sandbox.controls.refund({ orderId });
  sandbox.clock.advance(4_000);
  expect(sandbox.ledger().orders.at(-1)).toMatchObject({ statusId: 4, paymentStatus: 'refunded' });
  expect(level('KETTLE-E')).toBe(38);
});

test.each<[string, number, object]>([
  ['POT-2', 4, { type: 'OutOfStock', product: { id: 114, inventory_level: 3 } }],
  ['TOTE-BLUE', 1, { type: 'OutOfStock', product: { id: 115, sku: { id: 422, inventory_level: 0 } } }],
  ['SPOON-S', 1, { type: 'InsufficientQuantity', product: { id: 116, minimum_quantity: 2 } }],
  ['SPOON-S', 25, { type: 'ExceedsMaxQuantity', product: { id: 116, maximum_quantity: 24 } }],
])('%i too many or too few of %s are a conflict', async (sku, quantity, error) => {
  const products = [
    { ...product('TEA-1'), quantity: 1 },
    { ...product(sku), quantity },
  ];
  const answer = await api(sandbox, 'POST', '/v2/orders', { ...content, products });
  expect([answer.status, answer.body]).toEqual([
    409,
    [
      {
        status: 409,
        message: 'Quantities of one or more products are out of stock or did not meet quantity requirements.',
        details: { errors: [expect.objectContaining({ ...error, message: expect.any(String) })] },
      },
    ],
  ]);
  expect(level('TEA-1')).toBe(500);
});

test('lines of one product are counted together', async () => {
  const products = [
    { ...product('POT-2'), quantity: 2 },
    { ...product('POT-2'), quantity: 2 },
  ];
  expect((await api(sandbox, 'POST', '/v2/orders', { ...content, products })).status).toBe(409);
});

test('a conflict may have taken the other lines by then', async () => {
  sandbox.controls.settings({ conflictKeepsStock: true });
  const products = [
    { ...product('TEA-1'), quantity: 1 },
    { ...product('POT-2'), quantity: 4 },
  ];
  expect((await api(sandbox, 'POST', '/v2/orders', { ...content, products })).status).toBe(409);
  expect(level('TEA-1')).toBe(499);
});

test('an edit that finds too little changes nothing', async () => {
  const { id } = await order('POT-2', 2);
  const [line] = await readLines(sandbox, id);
  expect((await put(id, { products: [{ id: line.id, quantity: 4 }], staff_notes: 'x' })).status).toBe(409);
  expect((await readLines(sandbox, id))[0].quantity).toBe(2);
  expect(level('POT-2')).toBe(1);
});

test('numbers are read by SKU, and adjusted by so many or to so many, some time later', async () => {
  const read = async (sku: string) => (await api(sandbox, 'GET', `/v3/inventory/items?sku:in=${sku}`)).body.data[0];
  expect(await read('TOTE-RED')).toMatchObject({
    identity: { sku: 'TOTE-RED', variant_id: 421, product_id: 115, sku_id: 521 },
    locations: [{ location_id: 1, available_to_sell: 50, total_inventory_onhand: 50 }, { location_id: 2 }],
  });
  const items = [{ location_id: 1, variant_id: 421, quantity: -2 }];
  const answer = await api(sandbox, 'POST', '/v3/inventory/adjustments/relative', { reason: 'lost', items });
  expect([answer.status, answer.body]).toEqual([200, { transaction_id: expect.any(String) }]);
  expect((await read('TOTE-RED')).locations[0].total_inventory_onhand).toBe(50);
  sandbox.clock.advance(1_000);
  expect((await read('TOTE-RED')).locations[0].total_inventory_onhand).toBe(48);
  const absolute = { items: [{ location_id: 1, sku: 'TOTE-RED', quantity: 7 }] };
  for (let i = 0; i < 2; i += 1) {
    expect((await api(sandbox, 'PUT', '/v3/inventory/adjustments/absolute', absolute)).status).toBe(200);
    sandbox.clock.advance(1_000);
    expect(level('TOTE-RED')).toBe(7);
  }
});

test.each<[string, object, string]>([
  [
    'an item that is tracked as a whole',
    { variant_id: 361 },
    '[Item with variant_id 361 is tracked by product, please update stock by product id]',
  ],
  [
    'a product that is tracked by its variants',
    { product_id: 115 },
    '[Item with product_id 115 is tracked by variant, please update stock by variant id]',
  ],
  ['what is not counted', { sku: 'SPOON-S' }, '[Item with sku SPOON-S is not tracked]'],
  ['an unknown place', { sku: 'MUG-B', location_id: 9 }, 'The location is not found.'],
])('%s cannot be adjusted so', async (_, item, title) => {
  const items = [{ location_id: 1, quantity: 1, ...item }];
  const answer = await api(sandbox, 'POST', '/v3/inventory/adjustments/relative', { items });
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect([answer.status, JSON.parse(answer.text)]).toMatchObject([422, { status: 422, title }]);
});

test('the settings of a channel inherit', async () => {
  const { data } = (await api(sandbox, 'GET', '/v3/settings/inventory')).body;
  expect(data).toMatchObject({
    update_stock_behavior: 'order_placed',
    edit_order_stock_adjustment: true,
    ...restocking,
  });
  const channel = (await api(sandbox, 'GET', '/v3/settings/inventory?channel_id=1')).body.data;
  expect(channel).toMatchObject({ update_stock_behavior: null, refund_order_stock_adjustment: null });
  expect((await settings({ update_stock_behavior: 'never' })).status).toBe(422);
});

test('people set numbers too', () => {
  sandbox.controls.setStock({ sku: 'POT-2', onHand: 12 });
  expect(level('POT-2')).toBe(12);
  expect(() => sandbox.controls.setStock({ sku: 'SPOON-S', onHand: 1 })).toThrow('no stock of SPOON-S');
});
