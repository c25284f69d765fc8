import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failureOf } from '../hands.js';
import type { Reply } from '../scripted-server.js';
import { ScriptedServer } from '../scripted-server.js';
import {
  answering,
  at,
  handsOf,
  item,
  made,
  ORDER_ID,
  otherItem,
  request,
  requestItem,
  there,
  writesIn,
} from './rig.js';

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.stop());

const ADJUST = 'POST /fulfillment-requests/4590021/adjust';
const STOCK = 'PATCH /fulfillment-requests/4590021/committed-stock';
const CANCEL = 'PATCH /fulfillment-requests/4590021/cancel';
const done: Reply = { status: 204 };

/** The order with these items in its one request. */
const withItems = (items: object[], change: object = {}, status = 'processed') =>
  there({ fulfillmentRequests: [request({ fulfillmentRequestItems: items, ...change }, status)] });

describe('a line is canceled through its request', () => {
  const kill = async (order: object, replies: Readonly<Record<string, Reply>> = {}, settings: object = {}) => {
    server.answers(answering(order, { [ADJUST]: done, [STOCK]: done, ...replies }));
    return handsOf(server, settings).killLine(at, made);
  };

  test('for good, to the absolute quantity, and its stock is given back', async () => {
    const { refused } = await kill(withItems([requestItem(), requestItem({ id: 9, orderItemId: 88120451 })]));
    expect(refused).toEqual([]);
    expect(writesIn(server)).toEqual([
      {
        call: ADJUST,
        body: { items: [{ id: 70331908, acknowledgedQuantity: 0, cancelledQuantity: 2 }], killOrFillType: 'kill' },
      },
      { call: STOCK, body: undefined },
    ]);
  });

  test.each<[string, object, object]>([
    ['acknowledged', { quantity: 5, acknowledgedQuantity: 5 }, { acknowledgedQuantity: 0, cancelledQuantity: 5 }],
    [
      'shipped in part',
      { quantity: 5, acknowledgedQuantity: 5, shippedQuantity: 2 },
      { acknowledgedQuantity: 2, cancelledQuantity: 3 },
    ],
    ['canceled in part', { quantity: 5, canceledQuantity: 1 }, { acknowledgedQuantity: 0, cancelledQuantity: 5 }],
    ['voided in part', { quantity: 5, voidedQuantity: 1 }, { acknowledgedQuantity: 0, cancelledQuantity: 4 }],
  ])('%s: what may still ship of it', async (_, change, target) => {
    await kill(withItems([requestItem(change)]));
    expect(writesIn(server)[0]?.body.items).toEqual([{ id: 70331908, ...target }]);
  });

  test('in each of its requests', async () => {
    const second = request({ id: 4590022, fulfillmentRequestItems: [requestItem({ id: 7, quantity: 1 })] });
    const order = there({ fulfillmentRequests: [request(), second] });
    await kill(order, {
      'POST /fulfillment-requests/4590022/adjust': done,
      'PATCH /fulfillment-requests/4590022': done,
    });
    expect(writesIn(server).map(({ call }) => call)).toEqual([
      ADJUST,
      STOCK,
      'POST /fulfillment-requests/4590022/adjust',
      'PATCH /fulfillment-requests/4590022/committed-stock',
    ]);
  });

  test('and what is there afterwards is told', async () => {
    let adjusted = false;
    server.answers((received) => {
      adjusted ||= received.method === 'POST';
      const order = adjusted
        ? withItems([requestItem({ canceledQuantity: 2 })], {}, 'canceled')
        : withItems([requestItem()]);
      return received.method === 'GET'
        ? { body: { ...order, orderItems: [item(adjusted ? { canceledQuantity: 2 } : {})] } }
        : done;
    });
    const { seen } = await handsOf(server).killLine(at, made);
    expect(seen).toMatchObject({ items: [{ canceled: 2 }], requests: [{ status: 'canceled', open: [] }] });
  });

  test.each<[string, object]>([
    ['that is in no request', there()],
    ['whose request has shipped', withItems([requestItem({ shippedQuantity: 2 })])],
    ['whose request was canceled', withItems([requestItem()], {}, 'canceled')],
    ['whose request went into another document', withItems([requestItem()], {}, 'transferred')],
    ["beside others' lines in the request", withItems([requestItem({ orderItemId: 88120451 })])],
  ])('nothing is sent for one %s', async (_, order) => {
    expect(await kill(order)).toMatchObject({ refused: [] });
    expect(writesIn(server)).toEqual([]);
  });

  test('a second time only the stock is given back: a crash may have come between', async () => {
    await kill(withItems([requestItem({ canceledQuantity: 2 })]));
    expect(writesIn(server).map(({ call }) => call)).toEqual([STOCK]);
  });

  test("what is refused is told in Flxpoint's words, without the people", async () => {
    const body = { error: 'Robin Vale has it already' };
    expect(await kill(withItems([requestItem()]), { [ADJUST]: { status: 400, body } })).toMatchObject({
      refused: [
        'fulfillment request WEB-20931-1: Flxpoint answered fulfillmentRequests.adjust with 400: … has it already',
      ],
    });
    expect(writesIn(server).map(({ call }) => call)).toEqual([ADJUST]);
  });

  test('what failed is tried again by whoever called', async () => {
    expect(await failureOf(kill(withItems([requestItem()]), { [ADJUST]: { status: 500 } }))).toMatchObject({
      type: 'Unavailable',
    });
  });

  test('what the token may not do is told and not sent', async () => {
    const { refused } = await kill(withItems([requestItem()]), {}, { tokenKind: 'channel' });
    expect(refused).toEqual([
      'fulfillment request WEB-20931-1: tokenKind: a token of kind "channel" may not make the call fulfillmentRequests.adjust; expected account or source',
    ]);
    expect(writesIn(server)).toEqual([]);
  });
});

describe('a request is taken back', () => {
  const cancel = async (order: object, reply: Reply = done) => {
    server.answers(answering(order, { [CANCEL]: reply, [STOCK]: done }));
    return handsOf(server).cancelRequests(at, [made]);
  };

  test('when it holds nothing but the line', async () => {
    expect(await cancel(withItems([requestItem()]))).toEqual({ refused: [] });
    expect(writesIn(server).map(({ call }) => call)).toEqual([CANCEL, STOCK]);
  });

  test.each<[string, object]>([
    ["holds another's line", withItems([requestItem(), requestItem({ id: 9, orderItemId: 88120451 })])],
    ['has shipped in part', withItems([requestItem({ shippedQuantity: 1 })])],
    ['was canceled', withItems([requestItem()], {}, 'canceled')],
    ['holds nothing any more', withItems([requestItem({ canceledQuantity: 2 })])],
  ])('and left when it %s', async (_, order) => {
    await cancel(order);
    expect(writesIn(server)).toEqual([]);
  });

  test('and a refusal is told', async () => {
    const { refused } = await cancel(withItems([requestItem()]), { status: 400, body: { message: 'too late' } });
    expect(refused).toEqual([
      'fulfillment request WEB-20931-1: Flxpoint answered fulfillmentRequests.cancel with 400: too late',
    ]);
  });
});

describe('the order', () => {
  const STATUS = `PATCH /orders/${ORDER_ID}/status`;
  const TAGS = `PATCH /orders/${ORDER_ID}/tags`;
  const writes = (order: object) => {
    server.answers(answering(order, { [STATUS]: { status: 201 }, [TAGS]: { body: [] } }));
    return handsOf(server);
  };
  const needed = ['vip', 'line-cancel-needed'];

  test('is put on hold, with the reason, and tagged', async () => {
    await writes(there()).holdOrder(at, [made]);
    expect(writesIn(server)).toEqual([
      { call: `${STATUS}?status=On%20Hold&updateNote=to%20be%20canceled%3A%20item%2088120977`, body: undefined },
      { call: TAGS, body: { add: ['line-cancel-needed'] } },
    ]);
  });

  test.each(['On Hold', 'Not Managed', 'Canceled'])('keeps the status %s', async (orderStatus) => {
    await writes(there({ orderStatus })).holdOrder(at, [made]);
    expect(writesIn(server).map(({ call }) => call)).toEqual([TAGS]);
  });

  test('is held once', async () => {
    await writes(there({ orderStatus: 'On Hold', tags: needed })).holdOrder(at, [made]);
    expect(writesIn(server)).toEqual([]);
  });

  test('becomes what it was', async () => {
    await writes(there({ orderStatus: 'On Hold', tags: needed })).releaseOrder(at, true);
    expect(writesIn(server)).toMatchObject([
      { call: expect.stringContaining(`${STATUS}?status=Open&`) },
      { call: TAGS, body: { remove: ['line-cancel-needed'] } },
    ]);
    await writes(there({ orderStatus: 'On Hold', tags: needed })).releaseOrder(at, false);
    expect(writesIn(server).map(({ call }) => call)).toEqual([TAGS]);
    await writes(there({ orderStatus: 'Canceled', orderItems: [otherItem()] })).releaseOrder(at, true);
    expect(writesIn(server)).toEqual([]);
  });

  test('with a page in place of an answer has not changed', async () => {
    server.answers(answering(there(), { [STATUS]: { body: '<html>login</html>' } }));
    expect(await failureOf(handsOf(server).holdOrder(at, [made]))).toMatchObject({ type: 'Unavailable' });
  });
});
