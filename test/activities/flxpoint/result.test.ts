import { afterAll, beforeAll, expect, test } from 'vitest';
import { failureOf } from '../hands.js';
import { ScriptedServer } from '../scripted-server.js';
import {
  answering,
  at,
  handsOf,
  ITEM_ID,
  item,
  made,
  ORDER_ID,
  OTHER_ITEM_ID,
  request,
  requestItem,
  shipment,
  there,
} from './rig.js';

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.stop());

type Include = Parameters<ReturnType<typeof handsOf>['readResult']>[2];

function read(order: object, include: Include = [], more: Parameters<typeof answering>[1] = {}) {
  server.answers(answering(order, more));
  return handsOf(server).readResult(at, [made], include);
}

const invoice = {
  id: 55,
  fulfillmentRequestId: 4590021,
  invoiceNumber: 'INV-9',
  totalCost: 21.5,
  invoiceStatus: { name: 'Unpaid', handle: 'unpaid' },
};
const returned = {
  id: 66,
  orderId: Number(ORDER_ID),
  returnNumber: 'RET-1',
  status: 'open',
  items: [
    { orderItemId: Number(ITEM_ID), returnQuantity: 1 },
    { orderItemId: Number(OTHER_ITEM_ID), returnQuantity: 1 },
  ],
};
const shipped = (change: object = {}) =>
  there({
    orderItems: [item({ shippedQuantity: 1, canceledQuantity: 1 })],
    fulfillmentRequests: [
      request(
        { shipments: [shipment({ shipmentItems: [{ quantity: 1, orderItemId: Number(ITEM_ID) }] })] },
        'acknowledged',
      ),
      request({
        id: 3,
        fulfillmentRequestItems: [requestItem({ orderItemId: Number(OTHER_ITEM_ID) })],
        shipments: [shipment({ id: 4, shipmentItems: [{ quantity: 1, orderItemId: Number(OTHER_ITEM_ID) }] })],
      }),
    ],
    ...change,
  });

test('tells of the lines of the run, and of nothing else on the order', async () => {
  expect(await read(shipped())).toEqual({
    orderId: ORDER_ID,
    orderNumber: 'WEB-20931',
    orderStatus: 'Open',
    lines: [{ reference: 'A-1', orderItemId: ITEM_ID, sku: 'TEE-GREEN-M', ordered: 2, shipped: 1, canceled: 1 }],
    fulfillmentRequests: [
      { id: '4590021', fulfillmentRequestNumber: 'WEB-20931-1', sourceId: '21077', status: 'acknowledged' },
    ],
    shipments: [
      {
        id: '7711203',
        fulfillmentRequestId: '4590021',
        trackingNumber: '1Z999AA10123456784',
        carrier: 'UPS',
        method: 'Ground',
        shippedAt: '2026-04-21T18:30:00Z',
        items: [{ reference: 'A-1', orderItemId: ITEM_ID, quantity: 1 }],
      },
    ],
  });
  expect(server.received).toHaveLength(1);
});

test('of invoices and returns where they are asked for, as the order carries them', async () => {
  const order = shipped({
    fulfillmentRequests: [request({ invoices: [invoice] }, 'acknowledged')],
    returns: [returned],
  });
  expect(await read(order, ['invoices', 'returns'])).toMatchObject({
    invoices: [
      { id: '55', fulfillmentRequestId: '4590021', invoiceNumber: 'INV-9', totalCost: '21.5', status: 'unpaid' },
    ],
    returns: [
      {
        id: '66',
        returnNumber: 'RET-1',
        status: 'open',
        items: [{ reference: 'A-1', orderItemId: ITEM_ID, quantity: 1 }],
      },
    ],
  });
  expect(server.received).toHaveLength(1);
});

test('and as they are listed where it does not', async () => {
  const once =
    (record: object) =>
    ({ path }: { path: string }) => ({
      body: /ageNumber=1\b/.test(path) ? [record, { ...record, id: 9, orderId: 1, fulfillmentRequestId: 2 }] : [],
    });
  const order = shipped({ fulfillmentRequests: [request({ invoices: null }, 'acknowledged')], returns: null });
  const result = await read(order, ['invoices', 'returns'], {
    'GET /source-invoices': once({ ...invoice, invoiceStatus: 'paid' }),
    'GET /returns': once(returned),
  });
  expect(result.invoices).toMatchObject([{ id: '55', status: 'paid' }]);
  expect(result.returns).toMatchObject([{ id: '66' }]);
  expect(server.received.map(({ path }) => path)).toEqual(
    expect.arrayContaining([
      '/source-invoices?filterPurchaseOrderId=4590021&filterPageNumber=1&filterPageSize=50',
      `/returns?orderId=${ORDER_ID}&pageNumber=1&pageSize=50`,
    ]),
  );
});

test('what is left of a canceled order counts as canceled', async () => {
  const orderItems = [item({ shippedQuantity: 1 })];
  expect((await read(shipped({ orderStatus: 'Canceled', orderItems }))).lines).toMatchObject([
    { shipped: 1, canceled: 1 },
  ]);
});

test('a read that lags behind is tried again', async () => {
  for (const orderItems of [[item({ shippedQuantity: 1 })], []]) {
    const { type, message } = await failureOf(read(there({ orderItems })));
    expect([type, message]).toEqual(['Unavailable', `line A-1 (item ${ITEM_ID}) is not shown as shipped or canceled`]);
  }
});
