import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FlxpointSandbox, flxpointSeed } from '../../../src/sandbox/index.js';
import { addLine, api, flxpoint, listingOf, orderId, readLine, readOrder, sentLine, stopFlxpoint } from './wire.js';

let sandbox: FlxpointSandbox;

beforeEach(async () => {
  sandbox = await flxpoint();
});
afterEach(stopFlxpoint);

const { sourceId, otherSourceId } = flxpointSeed;
const call = (method: string, path: string, body?: unknown) => api(sandbox, method, path, body);
const read = async (id: number) => (await call('GET', `/fulfillment-requests/${id}`)).body;
const handleOf = async (id: number) => (await read(id)).fulfillmentRequestStatus.handle;
const generate = (orderItemId: number, quantity?: number, more: object = {}) =>
  sandbox.controls.generateFulfillmentRequest({ orderId, items: [{ orderItemId, quantity }], ...more })
    .fulfillmentRequestId;

describe('generation', () => {
  test('a request has what the source needs, under its own SKU and both names', async () => {
    const { id: orderItemId } = await addLine(sandbox);
    const id = generate(orderItemId);
    const request = await read(id);
    expect(request).toMatchObject({
      id,
      fulfillmentRequestNumber: 'WEB-20931-1',
      orderId,
      sourceId,
      sentAt: null,
      acknowledgedAt: null,
      fulfillmentRequestStatus: { name: 'Unprocessed', handle: 'unprocessed' },
      fulfillmentRequestFulfillmentStatus: { name: 'Awaiting Shipment', handle: 'awaiting_shipment' },
      totalQuantity: 2,
      totalCost: 89,
      shippingAddress: { name: 'Dana Rivers', state: 'Oregon' },
      fulfillmentRequestItems: [{ sku: 'SUP-KETTLE-E', quantity: 2, cost: 44.5, subtotal: 89, orderItemId }],
    });
    const order = await readOrder(sandbox);
    expect(order).toMatchObject({
      allocatedStatus: 'Partially Completed',
      purchaseOrderStatus: 'Partially Completed',
      purchaseOrderProcessStatus: 'Not Started',
      totalPos: 1,
      fulfillmentRequests: [request],
      purchaseOrders: [
        {
          id,
          purchaseOrderNumber: 'WEB-20931-1',
          purchaseOrderStatus: { handle: 'unprocessed' },
          purchaseOrderItems: [{ id: request.fulfillmentRequestItems[0].id, subtotal: '89' }],
        },
      ],
    });
    expect(await readLine(sandbox, orderItemId)).toMatchObject({
      allocatedQuantity: 2,
      allocatedStatus: 'Completed',
      orderedQuantity: 2,
      fulfillableQuantity: 0,
    });
  });

  test('a line may be in several requests, at several sources, and in no more than it has', async () => {
    const { id: orderItemId } = await addLine(sandbox, { quantity: 3 });
    generate(orderItemId, 1);
    expect(() => generate(orderItemId, 3)).toThrow('2 are free');
    const second = generate(orderItemId, undefined, { sourceId: otherSourceId, fulfillmentRequestNumber: 'OWN-7' });
    expect(await read(second)).toMatchObject({ sourceId: otherSourceId, fulfillmentRequestNumber: 'OWN-7' });
    expect(await readLine(sandbox, orderItemId)).toMatchObject({ allocatedQuantity: 3 });
    expect(() => generate(orderItemId)).toThrow('0 are free');
  });

  test.each(['On Hold', 'Draft', 'Canceled', 'Closed'] as const)('none for an order in %s', (orderStatus) => {
    sandbox.controls.setOrderStatus({ orderId, orderStatus });
    expect(() => sandbox.controls.generateFulfillmentRequest({ orderId })).toThrow(`is ${orderStatus}`);
  });

  test('the order has to be paid, or be paid later', () => {
    for (const paymentStatus of ['Authorized', 'Declined', 'Refunded'] as const) {
      sandbox.controls.setPaymentStatus({ orderId, paymentStatus });
      expect(() => sandbox.controls.generateFulfillmentRequest({ orderId })).toThrow(`is ${paymentStatus}`);
    }
    sandbox.controls.setPaymentStatus({ orderId, paymentStatus: 'Deferred' });
    expect(sandbox.controls.generateFulfillmentRequest({ orderId }).handle).toBe('unprocessed');
  });

  test('a bundle goes to the source in its parts, and counts when all of them are there', async () => {
    const { id: orderItemId, ...line } = await addLine(sandbox, { listingVariantId: listingOf('TEA-SET') });
    expect(line).toMatchObject({ bundle: true, bundleComponents: [{ sku: 'POT-2' }, { sku: 'TEA-1', quantity: 4 }] });
    const id = generate(orderItemId);
    sandbox.controls.process({ fulfillmentRequestId: id });
    const [pot, tea] = (await read(id)).fulfillmentRequestItems;
    expect([pot, tea]).toMatchObject([
      { sku: 'SUP-POT-2', quantity: 2, orderItemId, bundleComponents: [{ fulfillmentRequestItemId: pot.id }] },
      { sku: 'SUP-TEA-1', quantity: 4, orderItemId },
    ]);
    const ship = (sku: string, quantity: number) =>
      sandbox.controls.ship({ fulfillmentRequestId: id, items: [{ orderItemId, sku, quantity }] });
    ship('SUP-POT-2', 2);
    expect(await readLine(sandbox, orderItemId)).toMatchObject({ allocatedQuantity: 2, shippedQuantity: 0 });
    ship('SUP-TEA-1', 3);
    expect(await readLine(sandbox, orderItemId)).toMatchObject({
      shippedQuantity: 1,
      shippedStatus: 'Partially Completed',
      bundleComponents: [{ shippedStatus: 'Completed' }, { shippedQuantity: 3, shippedStatus: 'Partially Completed' }],
    });
    ship('SUP-TEA-1', 1);
    expect(await readLine(sandbox, orderItemId)).toMatchObject({ shippedQuantity: 2, shippedStatus: 'Completed' });
  });
});

describe('steps over the API', () => {
  test('processed: from Processing, and again', async () => {
    const { id: orderItemId } = await addLine(sandbox);
    const id = generate(orderItemId);
    const path = `/fulfillment-requests/${id}/processed`;
    expect((await call('PATCH', path)).status).toBe(400);
    sandbox.controls.release({ fulfillmentRequestId: id });
    const answer = await call('PATCH', path);
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(await read(id)).toMatchObject({
      sentAt: expect.any(String),
      fulfillmentRequestStatus: { name: 'Processed' },
    });
    expect((await call('PATCH', path)).status).toBe(200);
    expect((await readOrder(sandbox)).purchaseOrderProcessStatus).toBe('Completed');
  });

  test('reading what is in Processing moves it on', async () => {
    const { id: orderItemId } = await addLine(sandbox, { quantity: 3 });
    const [first, other, waiting] = [
      generate(orderItemId, 1),
      generate(orderItemId, 1, { sourceId: otherSourceId }),
      generate(orderItemId, 1),
    ];
    for (const fulfillmentRequestId of [first, other]) sandbox.controls.release({ fulfillmentRequestId });
    const path = '/fulfillment-requests/processing';
    expect((await call('GET', `${path}?filterSourceId=${sourceId}`)).body).toMatchObject([
      { id: first, fulfillmentRequestStatus: { handle: 'processed' } },
    ]);
    expect((await call('GET', path)).body).toMatchObject([{ id: other }]);
    expect((await call('GET', path)).body).toEqual([]);
    expect([await handleOf(first), await handleOf(other), await handleOf(waiting)]).toEqual([
      'processed',
      'processed',
      'unprocessed',
    ]);
  });

  test('acknowledge: from Processing and Processed, and a second time it says so', async () => {
    const { fulfillmentRequestId: id, path, orderItemId } = await sentLine(sandbox);
    expect((await call('PATCH', `${path}/acknowledge`)).status).toBe(200);
    expect(await read(id)).toMatchObject({
      acknowledgedAt: expect.any(String),
      fulfillmentRequestStatus: { handle: 'acknowledged' },
      fulfillmentRequestItems: [{ acknowledgedQuantity: 2 }],
    });
    expect(await readLine(sandbox, orderItemId)).toMatchObject({
      acknowledgedQuantity: 2,
      acknowledgedStatus: 'Completed',
    });
    const again = await call('PATCH', `${path}/acknowledge`);
    expect([again.status, again.body.error]).toEqual([400, expect.stringContaining('already acknowledged')]);
    expect((await call('POST', `${path}/acknowledge`)).status).toBe(404);
    const { id: other } = await addLine(sandbox);
    expect((await call('PATCH', `/fulfillment-requests/${generate(other)}/acknowledge`)).status).toBe(400);
  });

  test('processing-failed: with a reason, and not once it is acknowledged', async () => {
    const { fulfillmentRequestId: id, path } = await sentLine(sandbox);
    expect((await call('PATCH', `${path}/processing-failed`)).status).toBe(400);
    const answer = await call('PATCH', `${path}/processing-failed?error=No%20such%20account`);
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(await read(id)).toMatchObject({
      processingErrorReason: 'No such account',
      fulfillmentRequestStatus: { name: 'Processing Error', handle: 'processing_error' },
    });
    expect((await readOrder(sandbox)).purchaseOrderFailedStatus).toBe('Completed');
    expect((await call('PATCH', `${path}/processing-failed?error=again`)).status).toBe(400);
  });

  test('cancel: the lines are free again, and a second time is refused', async () => {
    const { fulfillmentRequestId: id, path, orderItemId } = await sentLine(sandbox);
    expect((await call('PATCH', `${path}/cancel`)).status).toBe(200);
    expect(await read(id)).toMatchObject({
      canceledAt: expect.any(String),
      fulfillmentRequestStatus: { handle: 'canceled' },
      fulfillmentRequestFulfillmentStatus: { handle: 'canceled' },
      fulfillmentRequestItems: [{ canceledQuantity: 2 }],
    });
    expect(await readLine(sandbox, orderItemId)).toMatchObject({ canceledQuantity: 0, fulfillableQuantity: 2 });
    expect((await call('PATCH', `${path}/cancel`)).status).toBe(400);
    expect((await read(generate(orderItemId))).totalQuantity).toBe(2);
  });

  test('cancel is too late once something has shipped', async () => {
    const { fulfillmentRequestId, orderItemId, path } = await sentLine(sandbox);
    sandbox.controls.ship({ fulfillmentRequestId, items: [{ orderItemId, quantity: 1 }] });
    expect((await call('PATCH', `${path}/cancel`)).status).toBe(400);
    expect(() => sandbox.controls.voidFulfillmentRequest({ fulfillmentRequestId })).toThrow('has shipments');
  });

  test('committed stock follows, however often it is asked for, or is let go', async () => {
    const { path, fulfillmentRequestId } = await sentLine(sandbox);
    const committed = async () =>
      (await call('GET', `/inventory/variants?skus=SUP-KETTLE-E&sourceId=${sourceId}`)).body[0].committedQuantity;
    expect(await committed()).toBe(2);
    sandbox.controls.cancelFulfillmentRequest({ fulfillmentRequestId });
    expect(await committed()).toBe(2);
    for (let i = 0; i < 2; i += 1) expect((await call('PATCH', `${path}/committed-stock`)).status).toBe(200);
    expect(await committed()).toBe(0);
    const other = await sentLine(sandbox);
    const only = { onlyReleaseFulfillmentRequestItemSkus: ['SUP-MUG-B'] };
    expect((await call('DELETE', `${other.path}/committed-stock`, only)).status).toBe(200);
    expect(await committed()).toBe(2);
    expect((await call('DELETE', `${other.path}/committed-stock`)).status).toBe(200);
    expect(await committed()).toBe(0);
  });

  test.each([
    ['GET', ''],
    ['PATCH', '/processed'],
    ['PATCH', '/processing-failed?error=x'],
    ['PATCH', '/acknowledge'],
    ['PATCH', '/cancel'],
    ['PATCH', '/committed-stock'],
    ['POST', '/adjust'],
  ])('%s %s of a request that is not there is 404', async (method, below) => {
    expect((await call(method, `/fulfillment-requests/1${below}`)).status).toBe(404);
  });
});

describe('adjust', () => {
  let line: Awaited<ReturnType<typeof sentLine>>;
  let itemId: number;
  beforeEach(async () => {
    line = await sentLine(sandbox);
    itemId = (await read(line.fulfillmentRequestId)).fulfillmentRequestItems[0].id;
  });
  const adjust = (item: object, more: object = {}) =>
    call('POST', `${line.path}/adjust`, { items: [{ id: itemId, ...item }], ...more });
  const orderLine = () => readLine(sandbox, line.orderItemId);

  test('kill cancels the line for good; the quantities are what is to be, so that a repeat changes nothing', async () => {
    const kill = { acknowledgedQuantity: 0, cancelledQuantity: 2 };
    const { status, body } = await adjust(kill, { killOrFillType: 'kill' });
    expect([status, body.fulfillmentRequestStatus.handle]).toEqual([200, 'canceled']);
    expect(await orderLine()).toMatchObject({ quantity: 2, canceledQuantity: 2, fulfillableQuantity: 0 });
    const { orderStatusHistory } = await readOrder(sandbox);
    expect(
      orderStatusHistory.map(
        ({ orderHistoryType }: { orderHistoryType: { handle: string } }) => orderHistoryType.handle,
      ),
    ).toContain('order_line_item_canceled');
    expect((await adjust(kill, { killOrFillType: 'kill' })).status).toBe(400);
    expect(await orderLine()).toMatchObject({ canceledQuantity: 2 });
  });

  test('a part is killed, twice the same is once', async () => {
    for (let i = 0; i < 2; i += 1) await adjust({ cancelledQuantity: 1 }, { killOrFillType: 'kill' });
    expect(await orderLine()).toMatchObject({ canceledQuantity: 1, allocatedQuantity: 1 });
    expect(await handleOf(line.fulfillmentRequestId)).toBe('processed');
  });

  test('fill, the default, frees it for another request', async () => {
    await adjust({ cancelledQuantity: 2 });
    expect(await orderLine()).toMatchObject({ canceledQuantity: 0, fulfillableQuantity: 2 });
  });

  test('a part is acknowledged; the secondary one lifts the first', async () => {
    expect((await adjust({ acknowledgedQuantity: 1 })).body).toMatchObject({
      fulfillmentRequestStatus: { handle: 'acknowledged' },
      fulfillmentRequestItems: [{ acknowledgedQuantity: 1 }],
    });
    expect((await adjust({ secondaryAcknowledgedQuantity: 2 })).body).toMatchObject({
      fulfillmentRequestItems: [{ acknowledgedQuantity: 2, secondaryAcknowledgedQuantity: 2 }],
    });
  });

  test('the rest that is not acknowledged may be canceled with it', async () => {
    const { body } = await adjust({ acknowledgedQuantity: 1 }, { cancelUnacknowledgedItemQuantity: true });
    expect(body.fulfillmentRequestItems).toMatchObject([{ acknowledgedQuantity: 1, canceledQuantity: 1 }]);
  });

  test('without items everything is acknowledged', async () => {
    expect((await call('POST', `${line.path}/adjust`, {})).body).toMatchObject({
      fulfillmentRequestStatus: { handle: 'acknowledged' },
      fulfillmentRequestItems: [{ acknowledgedQuantity: 2 }],
    });
  });

  test('what has shipped cannot be killed, the rest of it can', async () => {
    const { fulfillmentRequestId, orderItemId } = line;
    sandbox.controls.ship({ fulfillmentRequestId, items: [{ orderItemId, quantity: 1 }] });
    expect((await adjust({ cancelledQuantity: 2 }, { killOrFillType: 'kill' })).status).toBe(400);
    expect((await adjust({ cancelledQuantity: 1 }, { killOrFillType: 'kill' })).status).toBe(200);
    expect(await orderLine()).toMatchObject({ shippedQuantity: 1, canceledQuantity: 1, shippedStatus: 'Completed' });
  });

  test.each([
    ['more than there is', { cancelledQuantity: 3 }],
    ['both together more than there is', { acknowledgedQuantity: 2, cancelledQuantity: 1 }],
    ['an item that is not there', { id: 1, cancelledQuantity: 1 }],
    ['a SKU that is not there', { id: undefined, sku: 'KETTLE-E', cancelledQuantity: 1 }],
    ['a negative quantity', { cancelledQuantity: -1 }],
  ])('%s is a 400 and changes nothing', async (_, item) => {
    expect((await adjust(item, { killOrFillType: 'kill' })).status).toBe(400);
    expect(await orderLine()).toMatchObject({ canceledQuantity: 0, acknowledgedQuantity: 0 });
  });

  test('by SKU, the supplier’s own, and never of an unknown kind', async () => {
    expect((await adjust({ id: undefined, sku: 'SUP-KETTLE-E', cancelledQuantity: 1 })).status).toBe(200);
    expect((await adjust({ cancelledQuantity: 1 }, { killOrFillType: 'maybe' })).status).toBe(400);
  });

  test('one that nobody has released yet can be killed, and not acknowledged', async () => {
    const { id: orderItemId } = await addLine(sandbox);
    const id = generate(orderItemId);
    const path = `/fulfillment-requests/${id}/adjust`;
    const item = (await read(id)).fulfillmentRequestItems[0].id;
    expect((await call('POST', path, {})).status).toBe(400);
    const kill = { items: [{ id: item, cancelledQuantity: 2 }], killOrFillType: 'kill' };
    expect((await call('POST', path, kill)).status).toBe(200);
    expect(await readLine(sandbox, orderItemId)).toMatchObject({ canceledQuantity: 2 });
  });
});

describe('the list', () => {
  const list = async (query: string) => (await call('GET', `/fulfillment-requests?${query}`)).body;
  const count = async (query: string) => (await call('GET', `/fulfillment-requests/count?${query}`)).body.count;
  const at = (ms = 0) => encodeURIComponent(new Date(sandbox.clock.now() + ms).toISOString());
  let unprocessed: number;
  let failed: number;
  let shipped: number;

  beforeEach(async () => {
    const { id: orderItemId } = await addLine(sandbox, { quantity: 3 });
    unprocessed = generate(orderItemId, 1, { sourceId: otherSourceId });
    failed = generate(orderItemId, 1);
    shipped = generate(orderItemId, 1);
    sandbox.controls.process({ fulfillmentRequestId: failed });
    sandbox.controls.failProcessing({ fulfillmentRequestId: failed, error: 'no' });
    sandbox.controls.process({ fulfillmentRequestId: shipped });
    sandbox.controls.acknowledge({ fulfillmentRequestId: shipped, confirmationNumber: 'C-1' });
    sandbox.controls.ship({ fulfillmentRequestId: shipped });
    sandbox.controls.generateFulfillmentRequest({ orderId: flxpointSeed.orderIds[1] });
  });

  test.each<[string, () => string, () => number[]]>([
    ['order and status', () => `findOrderId=${orderId}&filterStatus=Unprocessed`, () => [unprocessed]],
    ['the old name of an error', () => 'filterStatus=Failed,Acknowledged', () => [failed, shipped]],
    ['not by its new name', () => 'filterStatus=Processing%20Error', () => []],
    ['source', () => `filterSourceId=${otherSourceId}`, () => [unprocessed]],
    ['numbers', () => 'frNumbers=WEB-20931-2&frNumbers=WEB-20931-3', () => [failed, shipped]],
    ['old numbers', () => 'poNumbers=WEB-20931-2', () => [failed]],
    ['shipping, with one l', () => 'filterFulfilmentStatus=Shipped', () => [shipped]],
    ['invoices', () => 'filterInvoiced=true', () => [shipped]],
    ['acknowledgement', () => 'filterIsAcknowledged=true', () => [shipped]],
    ['sending', () => `findOrderId=${orderId}&filterIsSent=false`, () => [unprocessed]],
    ['cancellation', () => 'filterIsCanceled=true', () => []],
    ['a time to come', () => `filterGeneratedAfter=${at(60_000)}`, () => []],
    [
      'times that have been',
      () => `filterSentAfter=${at(-60_000)}&filterAcknowledgedAfter=${at(-60_000)}`,
      () => [shipped],
    ],
    ['ids', () => `findOrderId=${orderId}&sinceId=${failed}`, () => [shipped]],
  ])('by %s', async (_, query, expected) => {
    expect((await list(query())).map(({ id }: { id: number }) => id)).toEqual(expected());
  });

  test('unknown and empty filters are ignored, those of orders among them', async () => {
    for (const query of [
      '',
      'status=NEW',
      'page=9',
      'filterStatus=',
      'filterSourceId=null',
      'filterFulfillmentStatus=x',
    ]) {
      expect(await list(query)).toHaveLength(4);
    }
    expect((await call('GET', '/fulfillment-requests?filterIsSent=maybe')).status).toBe(400);
  });

  test('in pages by their own names, and counted with another name for numbers', async () => {
    expect((await list('filterPageNumber=2&filterPageSize=3')).length).toBe(1);
    expect(await list('filterPageNumber=3&filterPageSize=3')).toEqual([]);
    expect(await count(`findOrderId=${orderId}`)).toBe(3);
    expect(await count('fulfillmentRequestNumbers=WEB-20931-2')).toBe(1);
    expect(await count('frNumbers=WEB-20931-2')).toBe(4);
    const many = Array.from({ length: 51 }, (_, index) => `frNumbers=${index}`).join('&');
    expect((await call('GET', `/fulfillment-requests?${many}`)).status).toBe(400);
  });

  test('it may lag', async () => {
    sandbox.clock.advance(60_000);
    sandbox.controls.settings({ searchLagMs: 5_000 });
    sandbox.controls.resend({ fulfillmentRequestId: failed });
    expect(await list('filterStatus=Processing')).toEqual([]);
    expect(await handleOf(failed)).toBe('processing');
    sandbox.clock.advance(5_000);
    expect(await list('filterStatus=Processing')).toMatchObject([{ id: failed }]);
  });
});
