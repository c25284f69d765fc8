import { afterEach, beforeEach, expect, test } from 'vitest';
import { type InfoplusSandbox, infoplusSeed } from '../../../src/sandbox/index.js';
import { control } from '../http.js';
import { api, createOrder, find, getOrder, infoplus, linesOf, newOrder, stopInfoplus } from './wire.js';

let sandbox: InfoplusSandbox;

beforeEach(async () => {
  sandbox = await infoplus();
});
afterEach(stopInfoplus);

test('the ledger has all of an order, over HTTP as in process', async () => {
  await createOrder(sandbox, 'SHOP-1', { customFields: { sourceRunId: 'a' }, ...linesOf({ 'MUG-B': 2, 'LAMP-3': 1 }) });
  await api(sandbox, 'PUT', '/order/48211/tag/Cancel%20Order');
  sandbox.controls.process({ reference: 'SHOP-1' });
  sandbox.controls.ship({ orderNo: 48211, parcels: [{ trackingNo: '1Z-A' }] });
  const { body } = await control(sandbox, 'GET', '/ledger');
  expect({ ...body, now: 0 }).toEqual({ ...sandbox.ledger(), now: 0 });
  const { lobId, warehouseId, carrierId } = infoplusSeed;
  const shared = {
    groupOrderNo: '48211',
    customerOrderNo: 'SHOP-1',
    lobId,
    warehouseId,
    carrierId,
    customerNo: 'C-100',
  };
  expect(body.orders).toMatchObject([
    {
      ...shared,
      ...{ orderNo: '48211', status: 'Shipped', holdCode: 'N', deletedAt: null, tags: ['Cancel Order'], writes: 2 },
      fields: { billToCompany: 'Dana Rivers', shipToCompany: 'Sam Rivers', customerOrderNo: 'SHOP-1' },
      customFields: { sourceRunId: 'a' },
      lines: [
        { sku: 'MUG-B', orderedQty: 2, allowedQty: 2, shippedQty: 2, backorderQty: 0 },
        { sku: 'LAMP-3', orderedQty: 1, allowedQty: 0, shippedQty: 0, backorderQty: 1 },
      ],
      shipping: { trackingNo: '1Z-A', numberOfCartons: 1 },
    },
    { ...shared, orderNo: '48211.001', status: 'Back Order', tags: [], writes: 0, shipping: null },
  ]);
  expect(body.shipments).toMatchObject([
    { orderNo: '48211', trackingNo: '1Z-A', status: 'In-Transit', lines: [{ sku: 'MUG-B', quantity: 2 }] },
  ]);
  expect(body.customers).toMatchObject([{ lobId, customerNo: 'C-100', deletedAt: null }]);
  expect(body.requests.map(({ operation }: { operation: string }) => operation)).toEqual(['order.create', 'order.tag']);
});

test('what the ledger gives is a copy', async () => {
  await createOrder(sandbox);
  for (const line of sandbox.ledger().orders[0]?.lines ?? []) line.orderedQty = 99;
  expect(sandbox.ledger().orders[0]?.lines[0]?.orderedQty).toBe(2);
});

test('a reset goes back to the seed and keeps settings and clock', async () => {
  await createOrder(sandbox, 'SHOP-1', linesOf({ 'LAMP-3': 1 }));
  sandbox.controls.seedItem({ sku: 'VASE-1' });
  sandbox.controls.receiveStock({ sku: 'LAMP-3', quantity: 7 });
  sandbox.controls.settings({ duplicateOrders: 'refuse' });
  sandbox.clock.advance(86_400_000);
  const { now } = sandbox.ledger();
  await control(sandbox, 'POST', '/reset');
  const ledger = sandbox.ledger();
  expect(ledger).toMatchObject({ orders: [], customers: [], shipments: [], requests: [], throttleBreaches: [] });
  const seeded = infoplusSeed.items.map(({ sku, onHand }) => ({ sku, onHand, inProcess: 0 }));
  expect(ledger.items).toMatchObject([...seeded, ...seeded]);
  expect(ledger.now).toBeGreaterThanOrEqual(now);
  expect((await createOrder(sandbox)).orderNo).toBe(48211);
  expect((await api(sandbox, 'POST', '/order', newOrder())).status).toBe(400);
});

test('an item is seeded once', async () => {
  sandbox.controls.seedItem({ sku: 'VASE-1', onHand: 1, weightLbs: 2 });
  expect(() => sandbox.controls.seedItem({ sku: 'VASE-1' })).toThrow('There is an item VASE-1 already.');
  expect((await createOrder(sandbox, 'SHOP-1', linesOf({ 'VASE-1': 1 }))).lineItems).toHaveLength(1);
  expect(() => sandbox.controls.receiveStock({ sku: 'NOTHING', quantity: 1 })).toThrow('There is no item NOTHING');
});

test('operations, and what people do at the sandbox is no request of the platform', async () => {
  const { body } = await control(sandbox, 'GET', '/operations');
  expect(body).toContainEqual({ name: 'order.update', kind: 'write' });
  expect(body).toContainEqual({ name: 'shipment.search', kind: 'read' });
  expect(sandbox.ledger().requests).toEqual([]);
});

test.each([
  ['settings', { throttle: { perKey: 0, perSite: 10 } }],
  ['settings', { unknownSetting: 1 }],
  ['settings', { afterPending: 'Shipped' }],
  ['webhook', { lossShare: 2 }],
  ['webhook', { url: 'nowhere' }],
  ['holdOrder', { reference: 'SHOP-1', holdCode: 'Z' }],
  ['ship', { reference: 'SHOP-1', parcels: [{ lines: [{ sku: 'MUG-B', quantity: 0 }] }] }],
  ['receiveStock', { sku: 'MUG-B', quantity: -1 }],
  ['voidShipment', {}],
  ['voidShipment', { trackingNo: '1Z' }],
])('%s %o is refused', async (name, input) => {
  await createOrder(sandbox);
  expect((await control(sandbox, 'POST', `/controls/${name}`, input)).status).toBe(400);
});

test('an option that cannot be is refused at the start', async () => {
  await expect(infoplus({ pendingMs: -1 })).rejects.toThrow('pendingMs');
});

test('by default an order is Pending first, and nothing is hidden from a search but what is fresh', async () => {
  await stopInfoplus();
  sandbox = await infoplus({ searchLagMs: 250, pendingMs: 2_000, clockSpeed: 0.001 });
  expect((await createOrder(sandbox)).status).toBe('Pending');
  expect(await find(sandbox, 'orderNo eq 48211')).toEqual([]);
  sandbox.clock.advance(250);
  expect(await find(sandbox, 'orderNo eq 48211')).toHaveLength(1);
  sandbox.clock.advance(1_750);
  expect((await getOrder(sandbox, 48211)).status).toBe('On Order');
});
