import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LogisticsPlusOrderInput } from '../../../src/workflows/logistics-plus/input.js';
import { failureOf, stateOf } from '../hands.js';
import { ScriptedServer } from '../scripted-server.js';
import {
  API_KEY,
  ended,
  handsOf,
  inPascalCase,
  listOf,
  ORDER_ID,
  orderOf,
  SHIPMENT_ID,
  shipment,
  showing,
  there,
} from './rig.js';

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.stop());

const OTHER_ID = '69a1f082b7d4e5a6c7d8e999';
const live = { id: OTHER_ID };

async function find(orders: readonly object[], change: Partial<LogisticsPlusOrderInput> = {}, at?: string) {
  server.answers(showing(orders));
  return handsOf(server).findOrder(orderOf(change), at);
}

test('is asked by the reference, with the key', async () => {
  await find([], { reference: 'A.b_c-1' });
  expect(server.received).toMatchObject([
    { method: 'GET', path: '/warehouse/v1/orders?PrimaryReference=A.b_c-1', headers: { 'x-api-key': API_KEY } },
  ]);
  expect(server.received[0]?.headers).not.toHaveProperty('organization-slug');
  await handsOf(server, { organization: 'acme-goods' }).findOrder(orderOf());
  expect(server.received[1]?.headers).toMatchObject({ 'organization-slug': 'acme-goods' });
});

describe('what stands under the reference', () => {
  const same = { state: 'same', it: { orderId: ORDER_ID } };
  test.each<[string, object[], object]>([
    ['nothing', [], { state: 'none' }],
    ['orders that only begin like it', [there({ primaryReference: 'SHOP-7001234' })], { state: 'none' }],
    ['ours', [there()], same],
    ['ours in other letters', [there({ primaryReference: 'shop-700123' })], same],
    ['ours among others', [there({ ...live, primaryReference: 'SHOP-7001234' }), there()], same],
    ['ours before it has a shipment', [there({ shipments: null })], same],
    ['ours in a status that nobody knows', [there({ status: 'QUE', shipments: [shipment({ status: 'QUE' })] })], same],
    ['ours, shipped', [ended('FIN')], { state: 'finished', it: { orderId: ORDER_ID } }],
    [
      'ours, shipped as far as its shipments say',
      [ended('FIN', { status: 'PRS' })],
      { state: 'finished', it: { orderId: ORDER_ID } },
    ],
    [
      'a canceled one',
      [ended('CAN')],
      {
        state: 'dead',
        why: `order ${ORDER_ID} was canceled at Logistics Plus; use a new reference`,
        ids: [ORDER_ID],
      },
    ],
    ['one that was canceled before it had a shipment', [there({ status: 'CAN', shipments: [] })], { state: 'dead' }],
    ['two canceled ones', [ended('CAN'), ended('CAN', live)], { state: 'dead', ids: [ORDER_ID, OTHER_ID] }],
    ['a canceled one in another warehouse', [ended('CAN', { warehouseCode: 'CLW' })], { state: 'dead' }],
    ['a canceled one beside ours', [ended('CAN', live), there()], same],
    ['a canceled one by its header alone', [there({ status: 'CAN' })], same],
    [
      'two of it',
      [there(), there(live)],
      { state: 'several', why: `orders ${ORDER_ID} and ${OTHER_ID} carry the reference`, ids: [ORDER_ID, OTHER_ID] },
    ],
    [
      'one here and one in another warehouse',
      [there(), there({ ...live, warehouseCode: 'CLW' })],
      { state: 'several' },
    ],
    ['one shipped and one not', [ended('FIN'), there(live)], { state: 'several' }],
    [
      'one in another warehouse',
      [there({ warehouseCode: 'CLW' })],
      { state: 'other', why: `order ${ORDER_ID} differs in warehouseCode`, ids: [ORDER_ID] },
    ],
    [
      'one with other content',
      [there({ note: 'Beware of Rex', secondaryReference: 'Mrs Doe' })],
      { state: 'other', why: `order ${ORDER_ID} differs in secondaryReference, note` },
    ],
    ['a shipped one with other content', [ended('FIN', { orderLines: [] })], { state: 'other' }],
  ])('%s', async (_, orders, expected) => {
    expect(await find(orders)).toMatchObject(expected);
  });

  test('is understood in PascalCase', async () => {
    server.answers({ body: inPascalCase(listOf(ended('FIN'))) as object });
    const hands = handsOf(server);
    expect(await hands.findOrder(orderOf())).toEqual({ state: 'finished', it: { orderId: ORDER_ID } });
    expect(await hands.readOrder(orderOf())).toMatchObject({ orders: [{ shipments: [{ id: SHIPMENT_ID }] }] });
  });

  test('is understood when a name stands in two spellings: ours counts, in whatever place', async () => {
    expect(await find([{ Note: 'x', ...there(), NOTE: 'y' }])).toMatchObject(same);
  });

  test('is understood with numbers as texts, texts as numbers, and nulls', async () => {
    const orderLines = [
      { lineNumber: 1, externalLineReference: 10, productCode: 'MUG-STEEL-350-BLU', quantity: '2.000', sublines: null },
      { lineNumber: 2, externalLineReference: '020', productCode: 'TEA-100', quantity: '1.5', partAttributes: null },
    ];
    expect(await find([there({ orderLines, transportDetail: null, shipments: null, news: 7 })])).toMatchObject(same);
  });

  test('of an order that differs in everything, some fields are named', async () => {
    const orderLines = Array.from({ length: 30 }, (_, index) => ({ productCode: `P-${index}`, quantity: 1 }));
    const found = await find([there()], { orderLines });
    expect(found).toMatchObject({ state: 'other', why: expect.stringMatching(/orderLines\[\d\] and 22 more$/) });
  });
});

describe('an order that a person names', () => {
  test.each<[string, object[], string, string]>([
    ['is the only one that counts', [there({ ...live, note: 'x' }), there()], ORDER_ID, 'same'],
    ['may be written with blanks', [there()], ` ${ORDER_ID} `, 'same'],
    ['is not there', [there()], OTHER_ID, 'none'],
    ['carries another reference', [there({ ...live, primaryReference: 'SHOP-1' })], OTHER_ID, 'none'],
    ['is canceled', [ended('CAN', live), there()], OTHER_ID, 'dead'],
    ['has other content', [there({ note: 'x' })], ORDER_ID, 'other'],
  ])('%s', async (_, orders, at, state) => {
    expect(await find(orders, {}, at)).toMatchObject({ state });
  });
});

test('an answer that may hide an order is no answer', async () => {
  const bad: [unknown, string][] = [
    [{ data: {}, id: 'x', errors: [] }, 'data.orders'],
    [{ data: { orders: null } }, 'data.orders'],
    [{ orders: [] }, 'data'],
    [{ data: { orders: [{}] } }, 'data.orders.0.primaryReference'],
    [{ data: { orders: [] }, errors: [{ title: 'half of it' }] }, 'errors'],
    [listOf(there({ id: '' })), 'data.orders.0.id'],
    [listOf(there({ shipments: {} })), 'data.orders.0.shipments'],
    [[], 'the whole'],
  ];
  for (const [body, field] of bad) {
    server.answers({ body });
    const { type, message } = await failureOf(handsOf(server).findOrder(orderOf()));
    expect([type, message]).toEqual([
      'Unreadable',
      expect.stringMatching(
        new RegExp(`orders\\.search cannot be read: not as expected: .*${field.replaceAll('.', '\\.')}`),
      ),
    ]);
  }
});

test("another order's oddities are no matter", async () => {
  expect(await find([{ primaryReference: 'SHOP-7001239', shipments: 'none' }])).toEqual({ state: 'none' });
});

test('what all stands under the reference is told in a fixed order', async () => {
  const shipments = [shipment({ id: 'b', status: 'pic' }), shipment({ id: 'a', status: 'QUE' }), { id: 'c' }];
  server.answers(showing([ended('CAN', { id: 'z', warehouseCode: 'CLW' }), there({ id: 'y', shipments })]));
  expect(stateOf(await handsOf(server).readOrder(orderOf()))).toEqual({
    orders: [
      {
        orderId: 'y',
        warehouseCode: 'LAW',
        status: 'PRS',
        requiredShipDate: '2026-03-09T00:00:00+00:00',
        shipments: [
          { id: 'a', status: 'QUE' },
          { id: 'b', status: 'PIC' },
          { id: 'c', status: '' },
        ],
      },
      {
        orderId: 'z',
        warehouseCode: 'CLW',
        status: 'CAN',
        requiredShipDate: '2026-03-09T00:00:00+00:00',
        shipments: [{ id: SHIPMENT_ID, status: 'CAN' }],
      },
    ],
  });
  server.answers(showing([]));
  expect(stateOf(await handsOf(server).readOrder(orderOf()))).toEqual({ orders: [] });
});
