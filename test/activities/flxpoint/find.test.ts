import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FlxpointWanted } from '../../../src/workflows/flxpoint/contract.js';
import { failureOf } from '../hands.js';
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
  OTHER_ITEM_ID,
  otherItem,
  TOKEN,
  there,
  wanted,
  without,
} from './rig.js';

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.stop());

async function find(order: object, change: Partial<FlxpointWanted> = {}, named?: string) {
  server.answers(answering(order));
  return handsOf(server).findLine(at, wanted(change), named);
}

const same = { state: 'same', it: made };
const tagged = (change: object = {}, tag = `A-1:${ITEM_ID}`) => there({ tags: ['vip', tag], ...change });
const twin = (change: object = {}) => item({ id: 88120999, ...change });

test('is asked by the order, with the token', async () => {
  await find(without());
  expect(server.received).toMatchObject([
    { method: 'GET', path: `/orders/${ORDER_ID}?includeTags=true`, headers: { 'x-api-token': TOKEN } },
  ]);
});

describe('a line that is tagged', () => {
  const before = { before: { items: [OTHER_ITEM_ID, ITEM_ID], pieces: 3, added: 0 } };
  test.each<[string, object, object]>([
    ['is found', tagged(), same],
    ['is found whatever the case', tagged({}, `a-1:${ITEM_ID}`), same],
    ['is found when it has shipped', tagged({ orderItems: [item({ shippedQuantity: 2 })] }), same],
    [
      'is found when its address was masked',
      tagged({ orderItems: [item({ shippingAddress: { redacted: true, city: '***' } })] }),
      same,
    ],
    [
      'is found when another product is in its place',
      tagged({
        orderItems: [item({ sku: 'TEE-2', listingVariantId: 7, virtualVariantId: 8, usingProductAlternative: true })],
      }),
      same,
    ],
    [
      'is found with its numbers as text, and nulls',
      tagged({ orderItems: [item({ price: '24.50', canceledQuantity: null, virtualVariantId: null })] }),
      same,
    ],
    ['is not taken for the line of another tag', tagged({}, `A-10:${ITEM_ID}`), { state: 'none' }],
    [
      'differs in quantity',
      tagged({ orderItems: [item({ quantity: 3 })] }),
      { state: 'other', why: `item ${ITEM_ID} differs in quantity`, ids: [ITEM_ID] },
    ],
    [
      'differs in price',
      tagged({ orderItems: [item({ price: 24.51 })] }),
      { state: 'other', why: `item ${ITEM_ID} differs in price` },
    ],
    [
      'differs in product',
      tagged({ orderItems: [item({ sku: 'X', listingVariantId: 1, virtualVariantId: 2 })] }),
      { state: 'other', why: `item ${ITEM_ID} differs in product` },
    ],
    [
      'differs in where it goes',
      tagged({
        orderItems: [item({ shippingAddress: { ...item().shippingAddress, city: 'Macon', stateCode: 'FL' } })],
      }),
      { state: 'other', why: `item ${ITEM_ID} differs in shippingAddress.city, shippingAddress.stateCode` },
    ],
    ['goes nowhere', tagged({ orderItems: [item({ shippingAddress: null })] }), { state: 'other' }],
    [
      'was canceled',
      tagged({ orderItems: [item({ canceledQuantity: 2 })] }),
      { state: 'dead', why: `line A-1 (item ${ITEM_ID}) was canceled; use a new reference for the line` },
    ],
    [
      'is gone',
      tagged({ orderItems: [otherItem()] }),
      {
        state: 'dead',
        why: `line A-1 (item ${ITEM_ID}) is not on the order any more; use a new reference for the line`,
      },
    ],
    [
      'was canceled and added again',
      tagged({ tags: [`A-1:${ITEM_ID}`, 'A-1:88120999'], orderItems: [item({ canceledQuantity: 2 }), twin()] }),
      { state: 'same', it: { ...made, orderItemId: '88120999' } },
    ],
    [
      'is there twice',
      tagged({ tags: [`A-1:${ITEM_ID}`, 'A-1:88120999'], orderItems: [item(), twin()] }),
      { state: 'several', ids: [ITEM_ID, '88120999'] },
    ],
  ])('%s', async (_, order, expected) => {
    expect(await find(order, before)).toMatchObject(expected);
  });
});

const addition = (handle?: string) => ({
  orderHistoryType: { handle: 'order_line_item_added' },
  ...(handle === undefined ? {} : { orderInteractionType: { handle } }),
});

describe('a line whose answer was lost', () => {
  test.each<[string, object, object]>([
    ['is not there', without(), { state: 'none' }],
    ['is there', there(), same],
    [
      'is known by the SKU when the ids are others',
      there({ orderItems: [otherItem(), item({ listingVariantId: null, virtualVariantId: 4 })] }),
      same,
    ],
    [
      'is known by the listing when the SKU is another',
      there({ orderItems: [otherItem(), item({ sku: null })] }),
      same,
    ],
    [
      'is there, with another address than was sent',
      there({ orderItems: [otherItem(), item({ shippingAddress: null })] }),
      same,
    ],
    [
      'is there beside a new line of another product',
      there({ orderItems: [otherItem(), item(), otherItem({ id: 9 })] }),
      same,
    ],
    [
      'is there beside a twin that is tagged as another line',
      there({ tags: ['B-1:88120999'], orderItems: [otherItem(), item(), twin()] }),
      same,
    ],
    [
      'is not the twin that is tagged as another line',
      there({ tags: ['B-1:88120999'], orderItems: [otherItem(), twin()] }),
      { state: 'none' },
    ],
    [
      'is not the one of another quantity',
      there({ orderItems: [otherItem(), item({ quantity: 1 })] }),
      { state: 'none' },
    ],
    [
      'is there twice',
      there({ orderItems: [otherItem(), item(), twin()] }),
      { state: 'several', ids: [ITEM_ID, '88120999'] },
    ],
    [
      'may be there at another price',
      there({ orderItems: [otherItem(), item({ price: 24 })] }),
      { state: 'other', ids: [ITEM_ID] },
    ],
    [
      'may have been put into an item that was there',
      without({ orderItems: [otherItem({ quantity: 3 })] }),
      { state: 'other', why: expect.stringContaining('has grown') },
    ],
    [
      'is told of by the history, and not shown',
      without({ orderStatusHistory: [{ orderHistoryType: { handle: 'order_line_item_added' } }] }),
      { state: 'other' },
    ],
    ['was canceled at once', there({ orderItems: [otherItem(), item({ canceledQuantity: 2 })] }), { state: 'dead' }],
    ['is there, and the history says by a call', there({ orderStatusHistory: [addition('api')] }), same],
    ['is there, and the history says nothing of by whom', there({ orderStatusHistory: [addition()] }), same],
    [
      'is there beside a line that somebody added in the web app',
      there({
        orderStatusHistory: [addition('user'), addition('channel_api')],
        orderItems: [otherItem(), item(), otherItem({ id: 9 })],
      }),
      same,
    ],
    [
      'is like one that somebody added in the web app',
      there({ orderStatusHistory: [addition('user')] }),
      { state: 'other', why: expect.stringContaining('was not added by a call'), ids: [ITEM_ID] },
    ],
    [
      'is none that somebody added in the web app and canceled again',
      there({ orderStatusHistory: [addition('user')], orderItems: [otherItem(), item({ canceledQuantity: 2 })] }),
      { state: 'none' },
    ],
    [
      'was sent twice, and one of the two was canceled',
      there({
        orderStatusHistory: [addition('api'), addition('api')],
        orderItems: [otherItem(), item({ canceledQuantity: 2 }), twin()],
      }),
      { state: 'same', it: { ...made, orderItemId: '88120999' } },
    ],
    [
      'was sent twice, and both were canceled: it is not sent a third time',
      there({
        orderStatusHistory: [addition('api'), addition('api')],
        orderItems: [otherItem(), item({ canceledQuantity: 2 }), twin({ canceledQuantity: 2 })],
      }),
      { state: 'dead' },
    ],
    [
      'was sent twice, and one of the two was canceled in part',
      there({
        orderStatusHistory: [addition('api'), addition('api')],
        orderItems: [otherItem(), item({ canceledQuantity: 1 }), twin()],
      }),
      { state: 'several', ids: [ITEM_ID, '88120999'] },
    ],
    [
      'was perhaps canceled, beside one that somebody added in the web app in its place',
      there({
        orderStatusHistory: [addition('api'), addition('user')],
        orderItems: [otherItem(), item({ canceledQuantity: 2 }), twin()],
      }),
      { state: 'several', ids: [ITEM_ID, '88120999'] },
    ],
    [
      'was perhaps canceled, beside one that the history does not tell of',
      there({
        orderStatusHistory: [addition('api')],
        orderItems: [otherItem(), item({ canceledQuantity: 2 }), twin()],
      }),
      { state: 'several', ids: [ITEM_ID, '88120999'] },
    ],
    [
      'may have been changed since a call added it',
      there({ orderStatusHistory: [addition('api')], orderItems: [otherItem(), item({ quantity: 1 })] }),
      { state: 'other', ids: [ITEM_ID] },
    ],
  ])('%s', async (_, order, expected) => {
    expect(await find(order)).toMatchObject(expected);
  });

  test('is not the same line under another reference that was there before', async () => {
    const before = { items: [OTHER_ITEM_ID, ITEM_ID], pieces: 3, added: 0 };
    expect(await find(there(), { before, line: lineOf({ reference: 'B-1' }) })).toEqual({ state: 'none' });
  });
});

describe('a line that was sent again, and tagged', () => {
  const twice = [addition('api'), addition('api')];
  test.each<[string, object, object]>([
    [
      'shows twice: the first was worked late',
      tagged({ orderStatusHistory: twice, orderItems: [otherItem(), item(), twin()] }),
      { state: 'several', ids: [ITEM_ID, '88120999'] },
    ],
    [
      'showed twice, and one of the two was canceled',
      tagged({ orderStatusHistory: twice, orderItems: [otherItem(), item(), twin({ canceledQuantity: 2 })] }),
      same,
    ],
    [
      'is beside one that somebody added in the web app',
      tagged({ orderStatusHistory: [addition('api'), addition('user')], orderItems: [otherItem(), item(), twin()] }),
      same,
    ],
    [
      'is beside a line alike that is tagged too',
      tagged({
        tags: [`A-1:${ITEM_ID}`, 'B-1:88120999'],
        orderStatusHistory: twice,
        orderItems: [otherItem(), item(), twin()],
      }),
      same,
    ],
  ])('%s', async (_, order, expected) => {
    expect(await find(order)).toMatchObject(expected);
  });
});

describe('an item that a person names', () => {
  test.each<[string, object, string, string]>([
    ['is the only one that counts', there({ orderItems: [item(), twin()] }), ` ${ITEM_ID} `, 'same'],
    ['is not there', without(), ITEM_ID, 'none'],
    ['is another product', there(), OTHER_ITEM_ID, 'other'],
  ])('%s', async (_, order, named, state) => {
    expect(await find(order, {}, named)).toMatchObject({ state });
  });
});

test('what was there before is remembered', async () => {
  const history = ['order_line_item_added', 'status_changed', 'order_line_item_added'];
  const orderStatusHistory = [
    ...history.map((handle) => ({ orderHistoryType: { handle } })),
    { orderHistoryType: null },
  ];
  server.answers(answering(there({ orderItems: [item(), otherItem()], orderStatusHistory })));
  expect(await handsOf(server).rememberItems(at)).toEqual({ items: [OTHER_ITEM_ID, ITEM_ID], pieces: 3, added: 2 });
});

test('an answer that may hide an item is no answer', async () => {
  for (const order of [there({ orderItems: null }), there({ orderItems: [{ id: 1 }] }), {}, []]) {
    expect(await failureOf(find(order))).toMatchObject({ type: 'Unreadable' });
  }
});
