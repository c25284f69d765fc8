import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failureOf, stateOf } from '../hands.js';
import { ScriptedServer } from '../scripted-server.js';
import { answering, at, handsOf, ITEM_ID, item, ORDER_ID, request, requestItem, shipment, there } from './rig.js';

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.stop());

async function read(order: object, more: Parameters<typeof answering>[1] = {}, settings: object = {}) {
  server.answers(answering(order, more));
  return stateOf(await handsOf(server, settings).readOrder(at));
}

const itemIn = async (order: object) => (await read(order)).items.find(({ orderItemId }) => orderItemId === ITEM_ID);
const requestsIn = async (...requests: object[]) => (await read(there({ fulfillmentRequests: requests }))).requests;
const open = (quantity: number) => [{ orderItemId: ITEM_ID, quantity }];

test('an order is told small, in the order of its ids, whatever order it comes in', async () => {
  const requests = [request({ id: 4590030 }, 'unprocessed'), request()];
  const tags = ['vip', 'B.2:9', 'A-1:88120977', 'a-1:4', 'x:y', 'line-cancel-needed'];
  const one = await read(there({ tags, fulfillmentRequests: requests }));
  expect(one).toEqual({
    orderId: ORDER_ID,
    orderStatus: 'Open',
    paymentStatus: 'Paid',
    channelId: '47110',
    tagged: ['a-1', 'b.2'],
    items: [
      { orderItemId: '88120451', quantity: 1, shipped: 0, canceled: 0 },
      { orderItemId: ITEM_ID, quantity: 2, shipped: 0, canceled: 0 },
    ],
    requests: [
      { id: '4590021', number: 'WEB-20931-1', status: 'processing', open: open(2) },
      { id: '4590030', number: 'WEB-20931-1', status: 'unprocessed', open: open(2) },
    ],
  });
  const turned = there({
    tags: tags.toReversed(),
    fulfillmentRequests: requests.toReversed(),
    orderItems: there().orderItems.toReversed(),
  });
  expect(JSON.stringify(await read(turned))).toBe(JSON.stringify(one));
  expect(server.received).toHaveLength(1);
});

describe('what has shipped of an item', () => {
  const with_ = (change: object, shipments: object[]) =>
    there({ orderItems: [item(change)], fulfillmentRequests: [request({ shipments })] });
  const part = { quantity: 1, orderItemId: Number(ITEM_ID) };
  test.each<[string, object, number]>([
    ['is what the order shows', with_({ shippedQuantity: 1 }, []), 1],
    ['is what its shipments hold where the order lags behind', with_({}, [shipment()]), 2],
    ['is not counted twice', with_({ shippedQuantity: 2 }, [shipment(), shipment()]), 2],
    [
      'is summed over shipments',
      with_({}, [shipment({ id: 1, shipmentItems: [part] }), shipment({ id: 2, shipmentItems: [part] })]),
      2,
    ],
    [
      'is found by the item of the request',
      with_({}, [shipment({ shipmentItems: [{ quantity: 2, purchaseOrderItemId: 70331908 }] })]),
      2,
    ],
    ['is not found by the SKU', with_({}, [shipment({ shipmentItems: [{ quantity: 2, sku: 'TEE-GREEN-M' }] })]), 0],
    ['is not what comes back', with_({}, [shipment({ rmaId: 5 })]), 0],
    ['is not the components of a bundle', with_({ bundle: true }, [shipment()]), 0],
  ])('%s', async (_, order, shipped) => {
    expect(await itemIn(order)).toMatchObject({ shipped });
  });
});

describe('what a request may still ship', () => {
  test.each<[string, object, object[]]>([
    [
      'is what was neither shipped, canceled nor voided',
      request({
        fulfillmentRequestItems: [
          requestItem({ quantity: 9, shippedQuantity: 1, canceledQuantity: 2, voidedQuantity: 3 }),
        ],
      }),
      open(3),
    ],
    [
      'is summed by order item',
      request({ fulfillmentRequestItems: [requestItem(), requestItem({ id: 2, sku: 'ALTERNATIVE' })] }),
      open(4),
    ],
    ['is nothing of no order item', request({ fulfillmentRequestItems: [requestItem({ orderItemId: null })] }), []],
    ['is nothing when it was canceled', request({}, 'canceled'), []],
    ['is nothing when it was voided', request({}, 'voided'), []],
    [
      'is nothing when its fulfillment was canceled',
      request({ fulfillmentRequestFulfillmentStatus: { handle: 'canceled' } }),
      [],
    ],
    ['is all in a status that nobody knows', request({}, 'something_new'), open(2)],
  ])('%s', async (_, one, expected) => {
    expect(await requestsIn(one)).toMatchObject([{ open: expected }]);
  });
});

describe('a request that went into another document', () => {
  const moved = request({ crossDockPurchaseOrderId: 4590099 }, 'cross_docked');
  const other = (change: object = {}) =>
    request({ id: 4590099, orderId: 1, fulfillmentRequestNumber: 'X-1', ...change });
  const GET = 'GET /fulfillment-requests/4590099';
  const readMoved = async (reply: object) =>
    (await read(there({ fulfillmentRequests: [moved] }), { [GET]: reply })).requests;

  test('is followed, once', async () => {
    const back = other({ crossDockPurchaseOrderId: 4590021, fulfillmentRequestStatus: { handle: 'transferred' } });
    expect(await readMoved({ body: other() })).toMatchObject([
      { id: '4590021', status: 'cross_docked', open: [] },
      { id: '4590099', status: 'processing', open: open(2) },
    ]);
    await readMoved({ body: back });
    expect(server.received).toHaveLength(2);
  });

  test('goes on there as it was asked for when that one does not name the item', async () => {
    const items = [requestItem({ orderItemId: null, quantity: 50 })];
    expect(await readMoved({ body: other({ fulfillmentRequestItems: items }) })).toMatchObject([
      { open: [] },
      { open: open(2) },
    ]);
  });

  test('is still expected to ship when that one cannot be found', async () => {
    expect(await readMoved({ status: 404, body: { error: 'none' } })).toMatchObject([{ open: open(2) }]);
  });
});

describe('where the order does not carry them', () => {
  const lists = (requests: object[], shipments: object[]) => ({
    'GET /fulfillment-requests': ({ path }: { path: string }) => ({
      body: path.includes('PageNumber=1&') ? requests : [],
    }),
    'GET /shipments': ({ path }: { path: string }) => ({ body: path.includes('PageNumber=1&') ? shipments : [] }),
  });

  test('requests and shipments are asked for by the order, and those of other orders passed over', async () => {
    const foreign = request({ id: 1, orderId: 2 });
    const state = await read(
      there({ fulfillmentRequests: null }),
      lists([request({ shipments: null }), foreign], [shipment(), shipment({ id: 3, orderId: 2 })]),
    );
    expect(state.requests.map(({ id }) => id)).toEqual(['4590021']);
    expect(state.items[1]).toMatchObject({ shipped: 2 });
    expect(server.received.map(({ path }) => path)).toContain(
      `/fulfillment-requests?findOrderId=${ORDER_ID}&filterPageNumber=1&filterPageSize=50`,
    );
    expect(server.received.map(({ path }) => path)).toContain(
      `/shipments?findByOrderId=${ORDER_ID}&filterPageNumber=1&filterPageSize=50`,
    );
  });

  test('a channel token does without requests', async () => {
    const state = await read(there({ fulfillmentRequests: null }), {}, { tokenKind: 'channel' });
    expect(state.requests).toEqual([]);
    expect(server.received).toHaveLength(1);
  });

  test('a call that moves requests on is never made', async () => {
    await read(there({ fulfillmentRequests: null }), lists([], []));
    expect(server.received.map(({ path }) => path).filter((path) => path.includes('processing'))).toEqual([]);
  });
});

test("Flxpoint's words are told without the people of the order", async () => {
  const processingErrorReason = 'WEB-20931-1: no route to Robin Vale, robin@example.com, for 88120977';
  const [told] = await requestsIn(request({ processingErrorReason }, 'processing_error'));
  expect(told?.reason).toBe('WEB-20931-1: no route to …, …, for 88120977');
});

test('what the source that Waybill plays has to acknowledge is told', async () => {
  const requests = [
    request(),
    request({ id: 2 }, 'acknowledged'),
    request({ id: 3, sourceId: 9 }),
    request({ id: 4 }, 'unprocessed'),
  ];
  const order = there({ fulfillmentRequests: requests });
  const ids = async (settings: object) =>
    (await read(order, {}, settings)).requests.filter(({ toAcknowledge }) => toAcknowledge).map(({ id }) => id);
  expect(await ids({ source: 21077, playSource: true })).toEqual(['4590021']);
  expect(await ids({ source: 21077 })).toEqual([]);
});

test('an order of another channel than the connection is for is refused', async () => {
  const { type, message } = await failureOf(read(there(), {}, { channel: 5 }));
  expect([type, message]).toEqual([
    'Rejected',
    `order ${ORDER_ID} is of channel 47110; flxpoint/acme is for channel 5`,
  ]);
  expect(await read(there({ channelId: null }), {}, { channel: 5 })).toMatchObject({ channelId: '5' });
});
