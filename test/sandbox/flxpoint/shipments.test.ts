import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FlxpointSandbox, flxpointSeed } from '../../../src/sandbox/index.js';
import { addLine, api, flxpoint, orderId, readLine, readOrder, sentLine, stopFlxpoint } from './wire.js';

let sandbox: FlxpointSandbox;
let line: Awaited<ReturnType<typeof sentLine>>;

beforeEach(async () => {
  sandbox = await flxpoint();
  line = await sentLine(sandbox);
});
afterEach(stopFlxpoint);

const { sourceId, otherSourceId } = flxpointSeed;
const call = (method: string, path: string, body?: unknown) => api(sandbox, method, path, body);
const parcel = (change: object = {}, shipment: object = {}) => ({
  fulfillmentRequestId: line.fulfillmentRequestId,
  ...change,
  shipment: {
    trackingNumber: '1Z999AA10123456784',
    carrier: 'UPS',
    method: 'Ground',
    shippedAt: '2026-04-21T18:30:00Z',
    shippingCost: 7.85,
    shipmentItems: [{ orderItemId: line.orderItemId, quantity: 2 }],
    ...shipment,
  },
});
const request = async () => (await call('GET', line.path)).body;

test('a shipment: request, line and order follow, and an invoice comes by itself', async () => {
  const { status, body } = await call('POST', '/shipments', parcel());
  expect(status).toBe(200);
  expect(body).toMatchObject({
    orderId,
    fulfillmentRequestId: line.fulfillmentRequestId,
    purchaseOrderId: line.fulfillmentRequestId,
    trackingNumber: '1Z999AA10123456784',
    shippedAt: '2026-04-21T18:30:00Z',
    suppressed: false,
    partial: false,
    shipmentItems: [{ sku: 'SUP-KETTLE-E', quantity: 2, orderItemId: line.orderItemId }],
  });
  expect(await request()).toMatchObject({
    shippedQuantity: 2,
    shippedStatus: 'Completed',
    fulfillmentRequestStatus: { handle: 'processed' },
    fulfillmentRequestFulfillmentStatus: { handle: 'shipped' },
    shipments: [body],
    invoices: [{ invoiceStatus: { handle: 'paid' }, totalProductCost: 89, totalShippingCost: 7.85, totalCost: 96.85 }],
    totalSourceInvoices: 1,
  });
  expect(await readLine(sandbox, line.orderItemId)).toMatchObject({ shippedQuantity: 2, shippedStatus: 'Completed' });
  expect(await readOrder(sandbox)).toMatchObject({
    orderStatus: 'Open',
    shippedStatus: 'Partially Completed',
    sourceInvoiceStatus: 'Completed',
  });
  expect((await call('GET', `/shipments/${body.id}`)).body).toEqual(body);
});

test('in two parcels', async () => {
  const one = {
    shipmentItems: [{ purchaseOrderItemId: (await request()).fulfillmentRequestItems[0].id, quantity: 1 }],
  };
  expect((await call('POST', '/shipments', parcel({}, { ...one, trackingNumber: 'A' }))).body.partial).toBe(true);
  expect((await request()).fulfillmentRequestFulfillmentStatus.handle).toBe('partially_shipped');
  await call('POST', '/shipments', parcel({}, { ...one, trackingNumber: 'B' }));
  expect((await request()).fulfillmentRequestFulfillmentStatus.handle).toBe('shipped');
});

test('a tracking number once for each request, unless it is allowed', async () => {
  const one = { shipmentItems: [{ sku: 'SUP-KETTLE-E', quantity: 1 }] };
  expect((await call('POST', '/shipments', parcel({}, one))).status).toBe(200);
  expect((await call('POST', '/shipments', parcel({}, one))).status).toBe(400);
  expect((await request()).shipments).toHaveLength(1);
  expect((await call('POST', '/shipments', parcel({ allowDuplicateTrackingNumbers: true }, one))).status).toBe(200);
  expect((await request()).shipments).toHaveLength(2);
});

test.each([
  ['nothing in it', {}, { shipmentItems: [] }],
  ['no tracking number', {}, { trackingNumber: undefined }],
  ['more than there is', {}, { shipmentItems: [{ sku: 'SUP-KETTLE-E', quantity: 3 }] }],
  ['twice what there is', {}, { shipmentItems: Array(2).fill({ sku: 'SUP-KETTLE-E', quantity: 2 }) }],
  ['an item that is not there', {}, { shipmentItems: [{ sku: 'KETTLE-E', quantity: 1 }] }],
  ['an item without a name', {}, { shipmentItems: [{ quantity: 1 }] }],
  ['a number without its source', { fulfillmentRequestId: undefined, purchaseOrderNumber: 'WEB-20931-1' }, {}],
  ['no request', { fulfillmentRequestId: undefined }, {}],
])('a shipment with %s is a 400', async (_, change, shipment) => {
  expect((await call('POST', '/shipments', parcel(change, shipment))).status).toBe(400);
  expect((await request()).shipments).toEqual([]);
});

test('requests by their older names; of another source, and of nobody', async () => {
  const byNumber = { fulfillmentRequestId: undefined, purchaseOrderNumber: 'WEB-20931-1' };
  const nobody = await call('POST', '/shipments', parcel({ ...byNumber, sourceId: 1 }));
  expect(nobody.status).toBe(404);
  expect((await call('POST', '/shipments', parcel({ ...byNumber, sourceId: otherSourceId }))).status).toBe(404);
  expect((await api(sandbox, 'POST', '/shipments', parcel({ sourceId: otherSourceId }), 'source')).status).toBe(400);
  const one = { shipmentItems: [{ sku: 'SUP-KETTLE-E', quantity: 1 }] };
  const found = await call('POST', '/shipments', parcel({ ...byNumber, sourceId }, { ...one, trackingNumber: 'A' }));
  expect(found.status).toBe(200);
  const older = { fulfillmentRequestId: undefined, purchaseOrderId: line.fulfillmentRequestId };
  expect(
    (await api(sandbox, 'POST', '/shipments', parcel(older, { ...one, trackingNumber: 'B' }), 'source')).status,
  ).toBe(200);
  expect((await call('POST', '/shipments', parcel({ fulfillmentRequestId: 1 }))).status).toBe(404);
});

test.each(['unprocessed', 'canceled', 'voided', 'processing_error', 'duplicate'])(
  'nothing ships of a request that is %s',
  async (handle) => {
    sandbox.controls.setHandle({ fulfillmentRequestId: line.fulfillmentRequestId, handle });
    expect((await call('POST', '/shipments', parcel())).status).toBe(400);
  },
);

test('the list: oldest first, by order, request and time, in pages', async () => {
  const one = { shipmentItems: [{ sku: 'SUP-KETTLE-E', quantity: 1 }] };
  const { id: first } = (await call('POST', '/shipments', parcel({}, { ...one, trackingNumber: 'A' }))).body;
  sandbox.clock.advance(60_000);
  const since = encodeURIComponent(new Date(sandbox.clock.now()).toISOString());
  sandbox.clock.advance(1_000);
  const { id: second } = (await call('POST', '/shipments', parcel({}, { ...one, trackingNumber: 'B' }))).body;
  const list = async (query: string) =>
    (await call('GET', `/shipments?${query}`)).body.map(({ id }: { id: number }) => id);
  expect(await list(`findByOrderId=${orderId}`)).toEqual([first, second]);
  expect(await list(`findByOrderId=${flxpointSeed.orderIds[1]}`)).toEqual([]);
  expect(await list(`findByPurchaseOrderId=${line.fulfillmentRequestId}`)).toEqual([first, second]);
  expect(await list(`filterCreatedAfter=${since}`)).toEqual([second]);
  await call('PATCH', '/shipments', { id: first, carrier: 'FedEx' });
  expect(await list(`filterUpdatedAfter=${since}`)).toEqual([first, second]);
  expect(await list('filterPageNumber=2&filterPageSize=1')).toEqual([second]);
  sandbox.clock.advance(60_000);
  sandbox.controls.settings({ searchLagMs: 60_000 });
  expect(await list(`findByOrderId=${orderId}`)).toEqual([first, second]);
});

test('a shipment is changed where a member is not null, and its items are taken off with a call of their own', async () => {
  const { body } = await call('POST', '/shipments', parcel());
  const changed = await call('PATCH', '/shipments', { id: body.id, suppressed: true, carrier: null, note: 'wrong' });
  expect(changed.body).toMatchObject({ suppressed: true, carrier: 'UPS', note: 'wrong' });
  expect((await call('PATCH', '/shipments', { id: 1, note: 'x' })).status).toBe(404);
  expect((await call('PATCH', '/shipments', { note: 'x' })).status).toBe(400);
  expect((await call('PATCH', '/shipments', { id: body.id, shipmentItems: [] })).status).toBe(400);
  const path = `/shipment/${body.id}/shipment-item`;
  expect((await call('DELETE', path, { shipmentItemIds: [1] })).status).toBe(404);
  const taken = await call('DELETE', path, { shipmentItemIds: [body.shipmentItems[0].id] });
  expect([taken.status, taken.text]).toEqual([200, '']);
  expect(await readLine(sandbox, line.orderItemId)).toMatchObject({ shippedQuantity: 0 });
  expect((await call('DELETE', '/shipment/1/shipment-item', { shipmentItemIds: [] })).status).toBe(404);
});

describe('source invoices', () => {
  const wanted = () => ({
    purchaseOrderId: line.fulfillmentRequestId,
    invoiceItems: [
      { invoiceItemType: 'product', sku: 'SUP-KETTLE-E', quantity: 2, perUnitCost: 44.5 },
      { invoiceItemType: 'fee', title: 'Handling', perUnitCost: 3 },
    ],
  });

  test('made, read, listed and changed', async () => {
    const { status, body } = await call('POST', '/source-invoices', wanted());
    expect(status).toBe(200);
    expect(body).toMatchObject({
      invoiceNumber: 'WEB-20931-1',
      invoiceStatus: { name: 'Paid', handle: 'paid' },
      totalCost: 92,
      totalProductCost: 89,
      totalFeeCost: 3,
      totalQuantity: 2,
    });
    expect((await call('GET', `/source-invoices/${body.id}`)).body).toEqual(body);
    const list = async (query: string) => (await call('GET', `/source-invoices?${query}`)).body.length;
    expect(await list(`filterPurchaseOrderId=${line.fulfillmentRequestId}`)).toBe(1);
    expect(await list('filterPurchaseOrderId=1')).toBe(0);
    expect(await list(`filterSourceId=${otherSourceId}`)).toBe(0);
    expect(await list('isAccountingSynced=true')).toBe(0);
    expect(await list(`ids=${body.id}`)).toBe(1);
    const changed = await call('PATCH', `/source-invoices/${body.id}`, { status: 'credited', accountingSynced: true });
    expect(changed.body).toMatchObject({
      invoiceStatus: { handle: 'credited' },
      accountingSynced: true,
      totalCost: 92,
    });
    expect(await list('isAccountingSynced=true')).toBe(1);
  });

  test('nothing dedupes them', async () => {
    for (let i = 0; i < 2; i += 1) await call('POST', '/source-invoices', wanted());
    expect((await request()).invoices).toHaveLength(2);
  });

  test('with nothing in it, or of nothing', async () => {
    expect((await call('POST', '/source-invoices', { ...wanted(), invoiceItems: [] })).status).toBe(400);
    expect((await call('POST', '/source-invoices', { ...wanted(), purchaseOrderId: 1 })).status).toBe(404);
    expect((await call('GET', '/source-invoices/1')).status).toBe(404);
    expect((await call('PATCH', '/source-invoices/1', {})).status).toBe(404);
  });

  test('a shipment may make none', async () => {
    sandbox.controls.settings({ invoiceOnShipment: false });
    await call('POST', '/shipments', parcel());
    expect((await request()).invoices).toEqual([]);
  });
});

describe('returns', () => {
  const back = (change: object = {}) => ({
    orderId,
    returnNumber: 'RET-1',
    items: [
      {
        orderItemId: line.orderItemId,
        returnQuantity: 1,
        returnReason: 'Too small',
        returnCondition: 'New',
        refundedAmount: 89,
      },
    ],
    ...change,
  });

  test('made with a warning when it has not shipped, counted on the line, and taken back', async () => {
    const odd = await call('POST', '/returns', back());
    expect(odd.body).toMatchObject({ warning: expect.stringContaining('KETTLE-E'), return: { status: 'open' } });
    await call('PATCH', `/returns/${odd.body.return.id}`, { returnStatus: 'cancelled' });
    await call('POST', '/shipments', parcel());
    const { status, body } = await call('POST', '/returns', back({ refundAdjustment: -9 }));
    expect([status, body.warning]).toEqual([200, null]);
    expect(body.return).toMatchObject({
      returnNumber: 'RET-1',
      refundSubtotal: 89,
      refundTotal: 80,
      items: [{ orderItemId: line.orderItemId, salesPrice: 89 }],
    });
    expect(await readLine(sandbox, line.orderItemId)).toMatchObject({ returnedQuantity: 1 });
    const { returns, totalReturns } = await readOrder(sandbox);
    expect([totalReturns, returns[1]]).toEqual([2, body.return]);
    const [item] = body.return.items;
    const items = await call('PATCH', `/returns/${body.return.id}/items`, [{ id: item.id, refundedAmount: 50 }]);
    expect(items.body).toMatchObject({ refundSubtotal: 50 });
  });

  test('by order number, listed by order in pages of their own names, nothing deduped', async () => {
    for (let i = 0; i < 2; i += 1) {
      expect((await call('POST', '/returns', back({ orderId: undefined, orderNumber: 'WEB-20931' }))).status).toBe(200);
    }
    expect((await call('GET', `/returns?orderId=${orderId}`)).body).toMatchObject([{ rmas: null }, { rmas: null }]);
    expect((await call('GET', `/returns?orderId=${flxpointSeed.orderIds[1]}`)).body).toEqual([]);
    expect((await call('GET', '/returns?pageNumber=2&pageSize=1')).body).toHaveLength(1);
  });

  test.each([
    ['no order', { orderId: undefined }, 400],
    ['an unknown order', { orderId: 1 }, 404],
    ['no items', { items: [] }, 400],
    [
      'an item of another order',
      { items: [{ orderItemId: 1, returnQuantity: 1, returnReason: '', returnCondition: '' }] },
      400,
    ],
    ['no reason', { items: [{ sku: 'KETTLE-E', returnQuantity: 1, returnCondition: 'New' }] }, 400],
  ])('with %s', async (_, change, status) => {
    expect((await call('POST', '/returns', back(change))).status).toBe(status);
  });

  test('a source is asked to take it back, and decides', async () => {
    const made = (await call('POST', '/returns', back())).body.return;
    const wanted = {
      returnId: made.id,
      sourceId,
      rmaNumber: 'RMA-1',
      returnToAddress: { name: 'Northside Supply', stateCode: 'WA', countryCode: 'US' },
      items: [{ returnItemId: made.items[0].id, quantity: 1, creditedAmount: 44.5 }],
    };
    const { body } = await call('POST', '/rma', wanted);
    expect(body).toMatchObject({ rmaStatus: 'Waiting', creditTotal: 44.5, returnToAddress: { state: 'Washington' } });
    const decide = (approvedQuantity: number) =>
      call('PATCH', `/rmas/${body.id}/items`, [{ id: body.items[0].id, approvedQuantity }]);
    expect((await decide(2)).status).toBe(400);
    expect((await decide(1)).body.rmaStatus).toBe('Approved');
    expect((await decide(1)).status).toBe(400);
    expect((await call('GET', `/returns?orderId=${orderId}&includeRmas=true`)).body).toMatchObject([
      { totalRmas: 1, rmas: [{ id: body.id }] },
    ]);
    expect((await call('POST', '/rma', { ...wanted, sourceId: undefined })).status).toBe(400);
    expect((await api(sandbox, 'POST', '/rma', { ...wanted, sourceId: undefined }, 'source')).status).toBe(200);
    expect((await call('POST', '/rma', { ...wanted, returnId: 1 })).status).toBe(404);
    expect((await call('PATCH', '/rmas/1/items', [])).status).toBe(404);
  });
});

test('a line of an order that came back is still the line', async () => {
  const { id } = await addLine(sandbox);
  sandbox.controls.return({ orderId, items: [{ orderItemId: id, returnQuantity: 1 }] });
  expect(await readLine(sandbox, id)).toMatchObject({ quantity: 2, returnedQuantity: 1 });
});
