import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failureOf } from '../hands.js';
import type { Reply } from '../scripted-server.js';
import { ScriptedServer } from '../scripted-server.js';
import {
  answering,
  at,
  handsOf,
  ITEM_ID,
  item,
  lineOf,
  made,
  ORDER_ID,
  there,
  wanted,
  without,
  writesIn,
} from './rig.js';

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.stop());

const ADD = `POST /orders/${ORDER_ID}/items`;
const add = (reply: Reply, before: object = without(), want = wanted()) => {
  server.answers(answering(before, { [ADD]: reply }));
  return handsOf(server).addLine(at, want);
};

test('a line is sent with its price as a number, one variant id, and where it goes', async () => {
  expect(await add({ body: there() })).toEqual(made);
  expect(writesIn(server)).toEqual([
    {
      call: ADD,
      body: { price: 24.5, quantity: 2, listingVariantId: 330118, shippingAddress: wanted().line.shippingAddress },
    },
  ]);
});

test('without a listing the product is sent, and no address where none was given', async () => {
  const { shippingAddress: _, ...line } = lineOf();
  const want = wanted({ line, variant: { sku: 'TEE-GREEN-M', productVariantId: '915502' } });
  await add({ body: there() }, without(), want);
  expect(writesIn(server)).toEqual([{ call: ADD, body: { price: 24.5, quantity: 2, productVariantId: 915502 } }]);
});

test('the line is told from one alike that was canceled before it was sent', async () => {
  const canceled = item({ id: 5, canceledQuantity: 2 });
  const added = { orderHistoryType: { handle: 'order_line_item_added' }, orderInteractionType: { handle: 'user' } };
  const history = { orderStatusHistory: [added] };
  const body = there({ ...history, orderItems: [...(without().orderItems as object[]), canceled, item()] });
  const before = without({ ...history, orderItems: [...(without().orderItems as object[]), canceled] });
  expect(await add({ body }, before)).toEqual(made);
});

describe('nothing is sent', () => {
  test.each(['On Hold', 'Closed', 'Draft', 'Something New'])('while the order is %s', async (orderStatus) => {
    const { type, message } = await failureOf(add({ body: there() }, without({ orderStatus })));
    expect([type, message]).toEqual(['Rejected', `order ${ORDER_ID} is ${orderStatus}, not Open`]);
    expect(writesIn(server)).toEqual([]);
  });

  test('when the line has appeared meanwhile: it is to be looked at', async () => {
    expect(await failureOf(add({ body: there() }, there()))).toMatchObject({ type: 'OutcomeUnknown' });
    expect(writesIn(server)).toEqual([]);
  });

  test('without a product that was looked up', async () => {
    const failed = await failureOf(add({ body: there() }, without(), wanted({ variant: { sku: 'TEE-GREEN-M' } })));
    expect(failed).toEqual({ type: 'Rejected', message: 'the product of line A-1 is not known any more' });
    expect(server.received).toEqual([]);
  });

  test('when the order cannot be read', async () => {
    expect(await failureOf(add({ body: there() }, '<html>' as unknown as object))).toMatchObject({
      type: 'Unavailable',
    });
    expect(writesIn(server)).toEqual([]);
  });
});

test.each<[string, Reply, string]>([
  ['an answer without the line', { body: without() }, 'OutcomeUnknown'],
  ['an answer with two of it', { body: there({ orderItems: [item(), item({ id: 5 })] }) }, 'OutcomeUnknown'],
  ['a page', { body: '<html>login</html>', headers: { 'content-type': 'text/html' } }, 'OutcomeUnknown'],
  ['a page that calls itself JSON', { body: ' <!doctype html>' }, 'OutcomeUnknown'],
  ['half an answer', { body: JSON.stringify(there()).slice(0, -9) }, 'OutcomeUnknown'],
  ['a broken connection', { body: there(), cut: true }, 'OutcomeUnknown'],
  ['500', { status: 500, body: { error: 'x' } }, 'OutcomeUnknown'],
  ['404 by a gateway', { status: 404, body: '404 page not found' }, 'OutcomeUnknown'],
  ['404', { status: 404, body: { error: 'no such order' } }, 'NotFound'],
  ['400', { status: 400, body: { error: 'not Open' } }, 'Rejected'],
  ['401', { status: 401, body: {} }, 'NotAuthorized'],
  ['429', { status: 429, body: {} }, 'RateLimited'],
])('%s', async (_, reply, type) => {
  expect(await failureOf(add(reply))).toMatchObject({ type });
  expect(writesIn(server)).toHaveLength(1);
});

test('the tag names the line and its item', async () => {
  const TAGS = `PATCH /orders/${ORDER_ID}/tags`;
  server.answers(answering(there(), { [TAGS]: { body: ['vip', `A-1:${ITEM_ID}`] } }));
  expect(await handsOf(server).tagLine(at, made)).toEqual({ tag: `A-1:${ITEM_ID}` });
  expect(await handsOf(server).untagLine(at, made)).toEqual({ tag: `A-1:${ITEM_ID}` });
  expect(writesIn(server)).toEqual([
    { call: TAGS, body: { add: [`A-1:${ITEM_ID}`] } },
    { call: TAGS, body: { remove: [`A-1:${ITEM_ID}`] } },
  ]);
});
