import { afterEach, beforeEach, expect, test } from 'vitest';
import type { InfoplusSandbox } from '../../../src/sandbox/index.js';
import { control } from '../http.js';
import { api, createOrder, find, getOrder, infoplus, linesOf, query, stopInfoplus } from './wire.js';

let sandbox: InfoplusSandbox;
const reference = 'SHOP-1';
const target = { reference };

beforeEach(async () => {
  sandbox = await infoplus({ startTime: Date.UTC(2026, 2, 2, 8), clockSpeed: 0.001 });
});
afterEach(stopInfoplus);

const statuses = () => Object.fromEntries(sandbox.ledger().orders.map(({ orderNo, status }) => [orderNo, status]));
const stockOf = (sku: string) => sandbox.ledger().items.find((item) => item.sku === sku);

const steps = { process: 'Processed', ship: 'Shipped', cancel: 'Cancelled', backOrder: 'Back Order' } as const;
type Step = keyof typeof steps;
const allowed: Readonly<Record<string, readonly Step[]>> = {
  Pending: ['cancel'],
  'On Order': ['process', 'backOrder', 'cancel'],
  Processed: ['ship', 'cancel'],
  Processing: ['ship', 'cancel'],
  'Back Order': ['cancel'],
  Error: ['cancel'],
  Shipped: [],
  Cancelled: [],
  Canceled: [],
  'On Hold': [],
};
const every = Object.keys(allowed).flatMap((from) =>
  (Object.keys(steps) as Step[]).map((step) => [from, step] as const),
);

test.each(every)('from %s: %s', async (from, step) => {
  await createOrder(sandbox);
  sandbox.controls.setStatus({ reference, status: from });
  const { status, body } = await control(sandbox, 'POST', `/controls/${step}`, target);
  if (allowed[from]?.includes(step) === true) {
    expect([status, body.result]).toEqual([200, [{ orderNo: '48211', status: steps[step] }]]);
    expect(statuses()).toEqual({ 48211: steps[step] });
  } else {
    expect([status, body.error]).toEqual([400, expect.stringMatching(`^Order 48211 is ${from}: only .* can be`)]);
    expect(statuses()).toEqual({ 48211: from });
  }
});

test('a processed order has its stock; a shipped one its parcel, with tracking number, weight and cartons', async () => {
  await createOrder(sandbox, reference, linesOf({ 'MUG-B': 2, 'TEA-1': 4 }));
  sandbox.clock.advance(3_600_000);
  sandbox.controls.process(target);
  expect(await getOrder(sandbox, 48211)).toMatchObject({
    ...{ status: 'Processed', fulfillmentProcessId: 3120, shipDate: null, modifyDate: '2026-03-02T09:00:00Z' },
    lineItems: [
      { sku: 'MUG-B', orderedQty: 2, allowedQty: 2, shippedQty: 0, backorderQty: 0 },
      { sku: 'TEA-1', orderedQty: 4, allowedQty: 4, shippedQty: 0, backorderQty: 0 },
    ],
  });
  expect(stockOf('MUG-B')).toMatchObject({ onHand: 1_000, inProcess: 2 });
  sandbox.clock.advance(3_600_000);
  sandbox.controls.ship(target);
  const { orderNo, trackingNo, ...order } = await getOrder(sandbox, 48211);
  expect(order).toMatchObject({
    ...{ status: 'Shipped', shipDate: '2026-03-02T00:00:00Z', shippedDate: '2026-03-02T10:00:00Z' },
    ...{ modifyDate: '2026-03-02T10:00:00Z', weightLbs: 2.8, freight: 8.12, numberOfCartons: 1 },
    lineItems: [{ shippedQty: 2 }, { shippedQty: 4 }],
  });
  expect(stockOf('MUG-B')).toMatchObject({ onHand: 998, inProcess: 0 });
  const filter = 'orderNo eq 48211';
  const { body: shipments } = await api(sandbox, 'GET', `/shipment/search${query({ filter, sort: 'id' })}`);
  expect(shipments).toMatchObject([
    {
      ...{ orderNo, orderNoList: [orderNo], trackingNo, status: 'In-Transit', shipped: true, deliveredDate: null },
      ...{ carrierCompany: 'UPS', carrierServiceId: 12, carrier: 1, cartonNo: 1, numberOfCartons: 1, weightLbs: 2.8 },
      ...{ chargedFreightAmount: 8.12, lobId: 10_000, warehouseId: 1_000, shipDate: '2026-03-02T00:00:00Z' },
    },
  ]);
  expect((await api(sandbox, 'GET', `/shipment/${shipments[0].id}`)).body).toEqual(shipments[0]);
  expect((await api(sandbox, 'GET', '/shipment/1')).status).toBe(404);
});

test('several parcels, each with its number and what is in it', async () => {
  await createOrder(sandbox, reference, linesOf({ 'MUG-B': 2, 'TEA-1': 4 }));
  sandbox.controls.process(target);
  sandbox.controls.ship({
    reference,
    parcels: [
      { trackingNo: '1Z-A', lines: [{ sku: 'MUG-B', quantity: 1 }], weightLbs: 1.5, status: 'Staged' },
      { trackingNo: '1Z-B', numberOfCartons: 2, carrierServiceId: 13 },
    ],
  });
  const get = async (resource: string) =>
    (await api(sandbox, 'GET', `/${resource}/search${query({ filter: 'orderNo eq 48211', sort: 'id' })}`)).body;
  expect(await get('shipment')).toMatchObject([
    { trackingNo: '1Z-A', shipped: false, status: 'Staged', weightLbs: 1.5, cartonNo: 1 },
    { trackingNo: '1Z-B', shipped: true, carrierCompany: 'FedEx', cartonNo: 2, numberOfCartons: 2 },
  ]);
  const cartons = await get('carton');
  expect(cartons).toMatchObject([{ cartonNo: 1, weightLbs: 1.5 }, { cartonNo: 2 }, { cartonNo: 3 }]);
  expect(await get('cartonContent')).toMatchObject([
    { cartonNo: 1, cartonId: cartons[0].id, sku: 'MUG-B', quantity: 1, lineItemId: 1 },
    { cartonNo: 2, cartonId: cartons[1].id, sku: 'MUG-B', quantity: 1, lineItemId: 1 },
    { cartonNo: 2, cartonId: cartons[1].id, sku: 'TEA-1', quantity: 4, lineItemId: 2 },
  ]);
  expect(await getOrder(sandbox, 48211)).toMatchObject({ trackingNo: '1Z-A', numberOfCartons: 3 });
  sandbox.controls.settings({ trackingNoOnOrder: false });
  expect(await getOrder(sandbox, 48211)).not.toHaveProperty('trackingNo');
});

test('parcels may leave one after the other; only the last makes the order Shipped', async () => {
  await createOrder(sandbox, reference, linesOf({ 'MUG-B': 3 }));
  sandbox.controls.process(target);
  const parcel = (quantity: number) => [{ lines: [{ sku: 'MUG-B', quantity }] }];
  expect(() => sandbox.controls.ship({ reference, parcels: parcel(4) })).toThrow(
    'The order has no 4 of MUG-B to ship.',
  );
  sandbox.controls.ship({ reference, parcels: parcel(1), last: false });
  expect(await getOrder(sandbox, 48211)).toMatchObject({
    ...{ status: 'Processed', shippedDate: null, numberOfCartons: 1 },
    lineItems: [{ shippedQty: 1 }],
  });
  expect(() => sandbox.controls.ship({ reference, parcels: parcel(3) })).toThrow(
    'The order has no 3 of MUG-B to ship.',
  );
  sandbox.controls.ship({ reference, parcels: parcel(1) });
  expect(await getOrder(sandbox, 48211)).toMatchObject({
    status: 'Shipped',
    lineItems: [{ allowedQty: 3, shippedQty: 2 }],
  });
  // What was picked and left behind is on the shelf again.
  expect(stockOf('MUG-B')).toMatchObject({ onHand: 998, inProcess: 0 });
  const tracking = sandbox.ledger().shipments.map(({ trackingNo }) => trackingNo);
  expect(new Set(tracking).size).toBe(2);
});

test('an order may be Shipped before its parcel is seen, or without one', async () => {
  sandbox.controls.settings({ shipmentLagMs: 600_000 });
  const shipments = async () => (await api(sandbox, 'GET', '/shipment/search')).body.length;
  await createOrder(sandbox);
  sandbox.controls.process(target);
  sandbox.controls.ship(target);
  expect((await find(sandbox, "status eq 'Shipped'")).length).toBe(1);
  expect(await shipments()).toBe(0);
  sandbox.clock.advance(600_000);
  expect(await shipments()).toBe(1);
  await createOrder(sandbox, 'SHOP-2');
  sandbox.controls.process({ reference: 'SHOP-2' });
  sandbox.controls.ship({ reference: 'SHOP-2', parcels: [] });
  sandbox.clock.advance(600_000);
  expect(await shipments()).toBe(1);
  expect(await getOrder(sandbox, 48212)).toMatchObject({
    status: 'Shipped',
    trackingNo: null,
    lineItems: [{ shippedQty: 2 }],
  });
});

test('lines without stock become orders of their own, one for each; one that nobody waits for vanishes', async () => {
  sandbox.controls.seedItem({ sku: 'VASE-1', onHand: 1 });
  await createOrder(sandbox, reference, {
    ...linesOf({ 'MUG-B': 2, 'LAMP-3': 1, 'VASE-1': 3, 'CARD-G': 1 }),
    customFields: { sourceRunId: 'a' },
  });
  expect(sandbox.controls.process(target)).toEqual([
    { orderNo: '48211', status: 'Processed' },
    { orderNo: '48211.001', status: 'Back Order' },
    { orderNo: '48211.002', status: 'Back Order' },
  ]);
  expect((await getOrder(sandbox, 48211)).lineItems).toMatchObject([
    { sku: 'MUG-B', orderedQty: 2, allowedQty: 2, backorderQty: 0 },
    { sku: 'LAMP-3', orderedQty: 1, allowedQty: 0, backorderQty: 1 },
    { sku: 'VASE-1', orderedQty: 3, allowedQty: 1, backorderQty: 2 },
  ]);
  const children = await find(sandbox, `customerOrderNo eq '${reference}' and orderNo gt 48211`, { sort: 'orderNo' });
  const repeated = { customerOrderNo: reference, groupOrderId: 48211, status: 'Back Order', customerNo: 'C-100' };
  expect(children).toMatchObject([
    { ...repeated, orderNo: 48211.001, lineItems: [{ sku: 'LAMP-3', orderedQty: 1, allowedQty: 0 }] },
    { ...repeated, orderNo: 48211.002, lineItems: [{ sku: 'VASE-1', orderedQty: 2, allowedQty: 0 }] },
  ]);
  expect(children[0].customFields).toEqual({ sourceRunId: 'a' });
  expect(sandbox.ledger().orders[0]).toMatchObject({
    dropped: [{ sku: 'CARD-G', quantity: 1 }],
    groupOrderNo: '48211',
  });
  sandbox.controls.ship({ orderNo: 48211 });
  expect(statuses()).toEqual({ 48211: 'Shipped', '48211.001': 'Back Order', '48211.002': 'Back Order' });
  expect(sandbox.controls.receiveStock({ sku: 'LAMP-3', quantity: 1 })).toEqual([
    { orderNo: '48211.001', status: 'On Order' },
  ]);
  // One is not enough for the two that are waited for.
  expect(sandbox.controls.receiveStock({ sku: 'VASE-1', quantity: 1 })).toEqual([]);
  expect(sandbox.controls.receiveStock({ sku: 'VASE-1', quantity: 1 })).toHaveLength(1);
  sandbox.controls.process(target);
  sandbox.controls.ship({ orderNo: '48211.001' });
  sandbox.controls.ship({ orderNo: 48211.002 });
  expect(new Set(Object.values(statuses()))).toEqual(new Set(['Shipped']));
  expect(sandbox.ledger().shipments.map(({ orderNo }) => orderNo)).toEqual(['48211', '48211.001', '48211.002']);
});

test('a back order that is short again makes another of the same order', async () => {
  await createOrder(sandbox, reference, linesOf({ 'MUG-B': 1, 'LAMP-3': 4 }));
  sandbox.controls.process(target);
  sandbox.controls.setStatus({ orderNo: '48211.001', status: 'On Order' });
  sandbox.controls.receiveStock({ sku: 'LAMP-3', quantity: 1 });
  expect(sandbox.controls.process({ orderNo: '48211.001' })).toEqual([
    { orderNo: '48211.001', status: 'Processed' },
    { orderNo: '48211.002', status: 'Back Order' },
  ]);
  expect(sandbox.ledger().orders[2]).toMatchObject({ groupOrderNo: '48211', lines: [{ orderedQty: 3 }] });
});

test('an order of which nothing is in stock waits as a whole, and one that nobody will ever ship is in error', async () => {
  await createOrder(sandbox, reference, linesOf({ 'LAMP-3': 2, 'CARD-G': 1 }));
  expect(sandbox.controls.process(target)).toEqual([{ orderNo: '48211', status: 'Back Order' }]);
  expect((await getOrder(sandbox, 48211)).lineItems).toMatchObject([{ sku: 'LAMP-3' }]);
  await createOrder(sandbox, 'SHOP-2', linesOf({ 'CARD-G': 1 }));
  expect(sandbox.controls.process({ reference: 'SHOP-2' })).toEqual([{ orderNo: '48212', status: 'Error' }]);
  sandbox.controls.receiveStock({ sku: 'LAMP-3', quantity: 2 });
  expect(statuses()).toEqual({ 48211: 'On Order', 48212: 'Error' });
});

test('stock goes to the oldest that waits, and to each but once', async () => {
  for (const name of ['A', 'B', 'C']) {
    await createOrder(sandbox, name, linesOf({ 'LAMP-3': name === 'B' ? 5 : 2 }));
    sandbox.controls.process({ reference: name });
  }
  sandbox.controls.receiveStock({ sku: 'LAMP-3', quantity: 3 });
  expect(statuses()).toEqual({ 48211: 'On Order', 48212: 'Back Order', 48213: 'Back Order' });
});

test('people find goods missing that the books have', async () => {
  await createOrder(sandbox, reference, linesOf({ 'MUG-B': 2, 'TEA-1': 1 }));
  expect(sandbox.controls.backOrder({ reference, skus: ['TEA-1'] })).toEqual([
    { orderNo: '48211', status: 'Processed' },
    { orderNo: '48211.001', status: 'Back Order' },
  ]);
});

test.each(['H', 'A', 'E', '1', '5'])('an order held with %s stays On Order until it is not', async (holdCode) => {
  await createOrder(sandbox, reference, { holdCode });
  expect(() => sandbox.controls.process(target)).toThrow(`Order 48211 is held: its hold code is ${holdCode}.`);
  expect(statuses()).toEqual({ 48211: 'On Order' });
  await api(sandbox, 'PUT', '/order', { ...(await getOrder(sandbox, 48211)), holdCode: 'N' });
  expect(sandbox.controls.process(target)).toEqual([{ orderNo: '48211', status: 'Processed' }]);
});

test('an order that ships complete waits On Order for all of it', async () => {
  await createOrder(sandbox, reference, { holdCode: 'Y', ...linesOf({ 'MUG-B': 1, 'LAMP-3': 1 }) });
  expect(() => sandbox.controls.process(target)).toThrow('Order 48211 ships complete, and not all of it is in stock.');
  expect(statuses()).toEqual({ 48211: 'On Order' });
  sandbox.controls.receiveStock({ sku: 'LAMP-3', quantity: 1 });
  expect(sandbox.controls.process(target)).toEqual([{ orderNo: '48211', status: 'Processed' }]);
});

test('a person cancels what has not left: by reference, or by number with the back orders', async () => {
  await createOrder(sandbox, reference, linesOf({ 'MUG-B': 1, 'LAMP-3': 1 }));
  sandbox.controls.process(target);
  expect(sandbox.controls.cancel({ orderNo: '48211.001' })).toEqual([{ orderNo: '48211.001', status: 'Cancelled' }]);
  expect(sandbox.controls.cancel({ orderNo: 48211 })).toEqual([{ orderNo: '48211', status: 'Cancelled' }]);
  expect(stockOf('MUG-B')).toMatchObject({ onHand: 1_000, inProcess: 0 });
  await createOrder(sandbox, 'SHOP-2', linesOf({ 'MUG-B': 1, 'LAMP-3': 1 }));
  sandbox.controls.process({ reference: 'SHOP-2' });
  sandbox.controls.ship({ orderNo: 48212 });
  expect(sandbox.controls.cancel({ orderNo: 48212 })).toEqual([{ orderNo: '48212.001', status: 'Cancelled' }]);
  expect(() => sandbox.controls.cancel({ reference: 'SHOP-2' })).toThrow('Order 48212 is Shipped: only');
});

test('people hold, release and delete; what is processed they do not', async () => {
  await createOrder(sandbox);
  sandbox.controls.holdOrder(target);
  expect((await getOrder(sandbox, 48211)).holdCode).toBe('H');
  sandbox.controls.holdOrder({ reference, holdCode: 'N' });
  sandbox.controls.process(target);
  expect(() => sandbox.controls.holdOrder(target)).toThrow('Order 48211 is Processed');
  expect(() => sandbox.controls.deleteOrder(target)).toThrow('Order 48211 is Processed: it cannot be deleted.');
  await createOrder(sandbox, 'SHOP-2');
  sandbox.controls.deleteOrder({ reference: 'SHOP-2' });
  expect((await api(sandbox, 'GET', '/order/48212')).status).toBe(404);
});

test('a parcel is taken back: its number counts no more, and the order stays, unless it is reopened', async () => {
  await createOrder(sandbox);
  sandbox.controls.process(target);
  sandbox.controls.ship({
    reference,
    parcels: [{ trackingNo: '1Z-A', lines: [{ sku: 'MUG-B', quantity: 1 }] }, { trackingNo: '1Z-B' }],
  });
  expect(sandbox.controls.voidShipment({ trackingNo: '1Z-A' })).toEqual([{ orderNo: '48211', status: 'Shipped' }]);
  const { body } = await api(sandbox, 'GET', `/shipment/search${query({ sort: 'id' })}`);
  expect(body).toMatchObject([
    { trackingNo: '1Z-A', status: 'Voided', shipped: false },
    { trackingNo: '1Z-B', shipped: true },
  ]);
  expect(await getOrder(sandbox, 48211)).toMatchObject({ trackingNo: '1Z-B', numberOfCartons: 1 });
  expect(() => sandbox.controls.voidShipment({ trackingNo: '1Z-A' })).toThrow('is Voided already');
  expect(() => sandbox.controls.setShipmentStatus({ trackingNo: '1Z-A', status: 'Delivered' })).toThrow('is Voided');
  sandbox.controls.voidShipment({ shipmentId: body[1].id, reopen: true });
  expect(await getOrder(sandbox, 48211)).toMatchObject({ status: 'Processed', lineItems: [{ shippedQty: 1 }] });
  expect(() => sandbox.controls.voidShipment({ trackingNo: '1Z-B', reopen: true })).toThrow('is Voided already');
  sandbox.controls.ship({ reference, parcels: [{ trackingNo: '1Z-C' }], last: false });
  expect(() => sandbox.controls.voidShipment({ trackingNo: '1Z-C', reopen: true })).toThrow('only Shipped can be');
  sandbox.controls.ship({ reference, parcels: [] });
  expect(await getOrder(sandbox, 48211)).toMatchObject({
    status: 'Shipped',
    trackingNo: '1Z-C',
    lineItems: [{ shippedQty: 2 }],
  });
});

test('a parcel goes its way, and the order is changed by it', async () => {
  await createOrder(sandbox);
  sandbox.controls.process(target);
  sandbox.controls.ship({ reference, parcels: [{ trackingNo: '1Z-A' }] });
  sandbox.clock.advance(3_600_000);
  sandbox.controls.setShipmentStatus({ trackingNo: '1Z-A', status: 'Delivered' });
  const { body } = await api(sandbox, 'GET', `/shipment/search${query({ filter: "status eq 'Delivered'" })}`);
  expect(body).toMatchObject([{ deliveredDate: '2026-03-02T09:00:00Z', modifyDate: '2026-03-02T09:00:00Z' }]);
  expect((await getOrder(sandbox, 48211)).modifyDate).toBe('2026-03-02T09:00:00Z');
});

test.each([true, false])(
  'a change of a back order moves the date of its root as well: %s',
  async (backOrdersTouchRoot) => {
    sandbox.controls.settings({ backOrdersTouchRoot });
    await createOrder(sandbox, reference, linesOf({ 'MUG-B': 1, 'LAMP-3': 1 }));
    sandbox.controls.process(target);
    sandbox.clock.advance(60_000);
    sandbox.controls.receiveStock({ sku: 'LAMP-3', quantity: 1 });
    const changed = await find(sandbox, "modifyDate gte '2026-03-02T08:01:00Z'", { sort: 'orderNo' });
    expect(changed.map(({ orderNo }: { orderNo: number }) => orderNo)).toEqual(
      backOrdersTouchRoot ? [48211, 48211.001] : [48211.001],
    );
  },
);

test.each([
  ['nothing', {}, 'Name the order by orderNo or reference.'],
  ['both', { orderNo: 48211, reference }, 'Name the order by orderNo or reference.'],
  ['an unknown number', { orderNo: 7 }, 'There is no order 7.'],
  ['no number', { orderNo: 'x' }, 'There is no order x.'],
  ['an unknown reference', { reference: 'NOBODY' }, 'There is no order NOBODY.'],
])('%s names no order', async (_, named, problem) => {
  await createOrder(sandbox);
  const { status, body } = await control(sandbox, 'POST', '/controls/cancel', named);
  expect([status, body.error]).toEqual([400, problem]);
});
