import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LogisticsPlusSandbox } from '../../../src/sandbox/index.js';
import { api, createOrder, logisticsPlus, newOrder, raw, search, stopLogisticsPlus } from './wire.js';

let sandbox: LogisticsPlusSandbox;

beforeEach(async () => {
  sandbox = await logisticsPlus({ startTime: Date.parse('2026-02-27T19:29:06Z') });
});
afterEach(stopLogisticsPlus);

const create = (change: object) => api(sandbox, 'POST', '/orders', newOrder('SHOP-1', change));
const line = (change: object) => ({ orderLines: [{ productCode: 'MUG-B', quantity: 1, ...change }] });

test('a new order is PRS, with one shipment in ENT that is two seconds younger', async () => {
  const { status, body } = await create({});
  expect(status).toBe(200);
  const { id, shipments, shipToAddress, ...order } = body.data;
  expect(id.slice(0, 8)).toBe(Math.floor(Date.parse(order.dateCreated) / 1000).toString(16));
  const wanted = newOrder();
  expect(shipToAddress).toEqual({
    ...wanted.shipToAddress,
    address: { ...wanted.shipToAddress.address, isResidential: false },
  });
  const orderLines = [
    { ...wanted.orderLines[0], lineNumber: '1', lineAttributes: [], lineCustomAttributes: [], partAttributes: [] },
  ];
  expect(order).toMatchObject({
    dateCreated: '2026-02-27T19:29:06+00:00',
    dateLastUpdated: '2026-02-27T19:29:06+00:00',
    status: 'PRS',
    warehouseCode: 'LAW',
    primaryReference: 'SHOP-1',
    secondaryReference: 'WEB-1',
    requiredShipDate: '2026-03-09T00:00:00+00:00',
    additionalReferences: [{ key: 'ORD', value: 'SHOP-1' }],
    note: 'GROUND - CHEAPEST',
  });
  expect(order.orderLines).toEqual(orderLines);
  const { id: shipmentId, ...shipment } = shipments[0];
  expect(shipmentId).not.toBe(id);
  expect(shipment).toEqual({
    status: 'ENT',
    dateCreated: '2026-02-27T19:29:08+00:00',
    dateLastUpdated: '2026-02-27T19:29:08+00:00',
    warehouseCode: 'LAW',
    primaryReference: 'SHOP-1',
    secondaryReference: 'WEB-1',
    shipToAddress,
    requiredShipDate: '2026-03-09T00:00:00+00:00',
    packages: [],
    shipmentLines: [{ ...orderLines[0], sublines: [] }],
    milestones: [],
    additionalReferences: [],
  });
});

test('the smallest order, with members in PascalCase and in a mixture', async () => {
  const { status, body } = await api(sandbox, 'POST', '/orders', {
    WarehouseCode: 'CLW',
    PrimaryReference: 'SHOP-2',
    ShipToAddress: { Address: { AddressLine1: '410 Rue Principale', country: 'CA' } },
    TransportDetail: { carrierCode: 'FX', ServiceLevelCode: 'GND' },
    forwardingData: { incoTerm: 'DDP' },
    OrderLines: [{ ProductCode: 'TEA-1', Quantity: 1.0 }],
    AnythingElse: { at: 'all' },
  });
  expect([status, body.data.primaryReference]).toEqual([200, 'SHOP-2']);
  expect(body.data.orderLines).toMatchObject([{ productCode: 'TEA-1', quantity: 1 }]);
  expect(sandbox.ledger().orders).toMatchObject([
    {
      warehouseCode: 'CLW',
      transportDetail: { carrierCode: 'FX', serviceLevelCode: 'GND' },
      forwardingData: { incoTerm: 'DDP' },
      rateGroup: null,
      secondaryReference: null,
      note: null,
      additionalReferences: [],
    },
  ]);
});

test.each([
  ['no warehouse', { warehouseCode: undefined }, '/warehouseCode'],
  ['an unknown warehouse', { warehouseCode: 'XXX' }, '/warehouseCode'],
  ['no reference', { primaryReference: undefined }, '/primaryReference'],
  ['an empty reference', { primaryReference: '' }, '/primaryReference'],
  ['a reference that is too long', { primaryReference: 'x'.repeat(36) }, '/primaryReference'],
  ['a second reference that is too long', { secondaryReference: 'x'.repeat(36) }, '/secondaryReference'],
  ['a note that is too long', { note: 'x'.repeat(251) }, '/note'],
  [
    'another reference that is too long',
    { additionalReferences: [{ key: 'ORD', value: 'x'.repeat(36) }] },
    '/additionalReferences/0/value',
  ],
  ['no address', { shipToAddress: {} }, '/shipToAddress/address'],
  [
    'no first line of the address',
    { shipToAddress: { address: { country: 'US' } } },
    '/shipToAddress/address/addressLine1',
  ],
  [
    'a country in words',
    { shipToAddress: { address: { addressLine1: 'a', country: 'Canada' } } },
    '/shipToAddress/address/country',
  ],
  ['a date without its offset', { requiredShipDate: '2026-03-09T00:00:00' }, '/requiredShipDate'],
  ['no lines', { orderLines: [] }, '/orderLines'],
  ['an unknown product', line({ productCode: 'NO' }), '/orderLines/0/productCode'],
  ['a product code that is too long', line({ productCode: 'x'.repeat(36) }), '/orderLines/0/productCode'],
  ['nothing of a product', line({ quantity: 0 }), '/orderLines/0/quantity'],
  ['less than nothing', line({ quantity: -1 }), '/orderLines/0/quantity'],
  ['a quantity as text', line({ quantity: '1' }), '/orderLines/0/quantity'],
  [
    'a line reference that is too long',
    line({ externalLineReference: 'x'.repeat(36) }),
    '/orderLines/0/externalLineReference',
  ],
  ['an unknown rate group', { rateGroup: 'CHEAP' }, '/rateGroup'],
  ['a rate group with a carrier', { rateGroup: 'ECO', transportDetail: { carrierCode: 'FX' } }, '/transportDetail'],
  ['a rate group with an empty object', { rateGroup: 'ECO', transportDetail: {} }, '/transportDetail'],
  ['an Incoterm that is none', { forwardingData: { incoTerm: 'XXX' } }, '/forwardingData/incoTerm'],
])('%s is a 400 that points at it, and leaves nothing', async (_, change, pointer) => {
  const { status, body } = await create(change);
  expect([status, body.errors.map((error: { source: object }) => error.source)]).toEqual([400, [{ pointer }]]);
  expect(sandbox.ledger().orders).toEqual([]);
});

test('every mistake of a body is named', async () => {
  const { body } = await create({ note: 'x'.repeat(251), orderLines: [{ quantity: 0 }] });
  expect(body.errors).toHaveLength(3);
});

test.each([
  ['a rate group without a carrier', { rateGroup: 'ECO', transportDetail: null }],
  ['an empty rate group with a carrier', { rateGroup: '', transportDetail: { carrierCode: 'FX' } }],
  ['members that are null', { secondaryReference: null, note: null, rateGroup: null, forwardingData: null }],
  ['references as long as they may be', { primaryReference: 'x'.repeat(35), note: 'x'.repeat(250) }],
])('%s is taken', async (_, change) => {
  expect((await create(change)).status).toBe(200);
});

test.each('PPD CLT C3P FCD CFR CIF CIP CPT DAP DAT DDP DPU EXW FAS FC1 FC2 FCA FOB'.split(' '))(
  'the Incoterm %s is taken at home; with the announced check only where it suits',
  async (incoTerm) => {
    expect((await create({ forwardingData: { incoTerm } })).status).toBe(200);
    sandbox.controls.settings({ incotermCheck: true });
    const suits = ['PPD', 'CLT', 'C3P', 'FCD'].includes(incoTerm);
    expect((await create({ forwardingData: { incoTerm } })).status).toBe(suits ? 200 : 400);
    const abroad = { shipToAddress: { address: { addressLine1: 'a', country: 'CAN' } } };
    expect((await create({ ...abroad, forwardingData: { incoTerm } })).status).toBe(200);
  },
);

test('an order without a date ships a day later, on a day that is not blocked; a given date stays', async () => {
  const shipDate = async (change: object) => (await create(change)).body.data.requiredShipDate.slice(0, 10);
  // It is a Friday.
  expect(await shipDate({ requiredShipDate: undefined })).toBe('2026-02-28');
  sandbox.controls.settings({ blockedWeekdays: [0, 6] });
  expect(await shipDate({ requiredShipDate: undefined })).toBe('2026-03-02');
  expect(await shipDate({ requiredShipDate: '2026-03-01T00:00:00-05:00' })).toBe('2026-03-01');
});

test('a second order under a reference is a second order; switched, it is a 400', async () => {
  await createOrder(sandbox);
  await createOrder(sandbox);
  expect(await search(sandbox)).toHaveLength(2);
  sandbox.controls.settings({ duplicates: 'refuse' });
  const { status, body } = await create({});
  expect([status, body.errors[0].source.pointer]).toEqual([400, '/primaryReference']);
  expect(sandbox.ledger().orders).toHaveLength(2);
});

test('a search matches the whole reference and its letters, or, switched, its beginning', async () => {
  for (const reference of ['SHOP-1', 'SHOP-10', 'shop-1']) await createOrder(sandbox, reference);
  const found = async (path: string) =>
    (await api(sandbox, 'GET', path)).body.data.orders.map(
      (order: { primaryReference: string }) => order.primaryReference,
    );
  expect(await found('/orders?PrimaryReference=SHOP-1')).toEqual(['SHOP-1']);
  expect(await found('/orders?primaryreference=SHOP-1&other=1')).toEqual(['SHOP-1']);
  expect(await found('/orders?PrimaryReference=SHOP')).toEqual([]);
  expect(await found('/orders')).toHaveLength(3);
  sandbox.controls.settings({ referenceMatch: 'prefix' });
  expect(await found('/orders?PrimaryReference=SHOP-1')).toEqual(['SHOP-1', 'SHOP-10']);
  await createOrder(sandbox, 'A & B/1');
  expect(await search(sandbox, 'A & B/1')).toHaveLength(1);
});

test('a search shows more of an order than its creation did', async () => {
  const created = await createOrder(sandbox);
  const [order] = await search(sandbox);
  expect(order).toMatchObject({
    id: created.id,
    jobCosting: { branch: 'CNO' },
    packingRequired: false,
    excludeFromTotePicking: false,
    transportDetail: {},
    orderLines: [{ linePrice: 0 }],
  });
  expect(created).not.toHaveProperty('transportDetail');
});

test('a search shows everything as it was a while ago: new orders not yet, changed ones not changed', async () => {
  sandbox.controls.settings({ searchLagMs: 30_000 });
  await createOrder(sandbox);
  expect(await search(sandbox)).toEqual([]);
  sandbox.clock.advance(30_000);
  expect((await search(sandbox))[0].shipments[0].status).toBe('ENT');
  sandbox.controls.pick({ reference: 'SHOP-1' });
  expect((await search(sandbox))[0].shipments[0].status).toBe('ENT');
  sandbox.clock.advance(30_000);
  expect((await search(sandbox))[0].shipments[0].status).toBe('PIC');
});

test('the lag is 0 to 60 s', async () => {
  const settings = (searchLagMs: number) => sandbox.controls.settings({ searchLagMs });
  expect(() => settings(60_001)).toThrow('searchLagMs');
  expect(() => settings(-1)).toThrow('searchLagMs');
  settings(60_000);
});

test('the shipment may come late; until then the order has none and is PRS', async () => {
  sandbox.controls.settings({ shipmentDelayMs: 5_000 });
  expect(await createOrder(sandbox)).toMatchObject({ status: 'PRS', shipments: [] });
  expect(await search(sandbox)).toMatchObject([{ status: 'PRS', shipments: [] }]);
  expect(() => sandbox.controls.pick({ reference: 'SHOP-1' })).toThrow('has no shipment yet');
  sandbox.clock.advance(5_000);
  expect(await search(sandbox)).toMatchObject([{ shipments: [{ status: 'ENT', shipmentLines: [{ quantity: 2 }] }] }]);
});

test('members and status codes that nobody documented come when they are asked for', async () => {
  await createOrder(sandbox);
  const unread = async () => (await raw(sandbox, 'GET', '/orders?PrimaryReference=SHOP-1')).body.data.orders[0];
  sandbox.controls.settings({ extraFieldShare: 1, unknownStatusShare: 1 });
  const order = await unread();
  expect(order).toHaveProperty('fulfillmentChannel');
  expect(order.shipments[0]).toHaveProperty('waveNumber');
  expect(order.shipments[0].status).toBe('WTG');
  expect(sandbox.ledger().orders[0]?.shipments[0]?.status).toBe('ENT');
  sandbox.controls.settings({ unknownStatusShare: 0 });
  sandbox.controls.setShipmentStatus({ reference: 'SHOP-1', status: 'QCK' });
  expect((await unread()).shipments[0].status).toBe('QCK');
  expect(sandbox.ledger().orders[0]).toMatchObject({ status: 'PRS', shipments: [{ status: 'QCK' }] });
});
