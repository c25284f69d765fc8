import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LogisticsPlusOrderInput } from '../../../src/workflows/logistics-plus/input.js';
import { failureOf } from '../hands.js';
import { ScriptedServer } from '../scripted-server.js';
import {
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

const made = { orderId: ORDER_ID };

async function result(order: object, change: Partial<LogisticsPlusOrderInput> = {}) {
  server.answers(showing([there({ id: 'another' }), order]));
  return handsOf(server).readResult(orderOf(change), made);
}

const mug = (quantity: unknown, change: object = {}) => ({
  lineNumber: '1',
  externalLineReference: '10',
  productCode: 'MUG-STEEL-350-BLU',
  quantity,
  ...change,
});
const tea = (quantity: unknown, change: object = {}) => ({
  lineNumber: '2',
  externalLineReference: '020',
  productCode: 'TEA-100',
  quantity,
  ...change,
});
const fin = (...shipmentLines: object[]) => shipment({ status: 'FIN', shipmentLines });
const can = (...shipmentLines: object[]) => shipment({ id: 'c', status: 'CAN', shipmentLines });
const of = (...shipments: object[]) => there({ status: 'FIN', shipments });

describe('what was shipped', () => {
  test.each<[string, object, string, number[]]>([
    ['in full', of(fin(mug(2), tea(1.5))), 'SHIPPED', [2, 1.5]],
    ['in full, as texts', of(fin(mug('2.000'), tea('1.500'))), 'SHIPPED', [2, 1.5]],
    ['short', of(fin(mug(1), tea(1.5))), 'SHIPPED_WITH_DIFFERENCE', [1, 1.5]],
    ['a line short', of(fin(mug(2))), 'SHIPPED_WITH_DIFFERENCE', [2, 0]],
    ['over', of(fin(mug(3), tea(1.5))), 'SHIPPED_WITH_DIFFERENCE', [3, 1.5]],
    ['nothing at all', of(fin()), 'SHIPPED_WITH_DIFFERENCE', [0, 0]],
    ['in several shipments', of(fin(mug(1), tea(0.7)), fin(mug(1), tea(0.8))), 'SHIPPED', [2, 1.5]],
    ['one line in parts', of(fin(mug(1), mug(1), tea(1.5))), 'SHIPPED', [2, 1.5]],
    ['partly canceled', of(fin(mug(2)), can(tea(1.5))), 'PARTLY_CANCELED', [2, 0]],
    ['canceled and sent another way', of(fin(mug(2), tea(1.5)), can(tea(1.5))), 'PARTLY_CANCELED', [2, 1.5]],
    ['not: canceled', of(can(mug(2), tea(1.5))), 'CANCELED', [0, 0]],
    ['not: canceled before there was a shipment', there({ status: 'CAN', shipments: [] }), 'CANCELED', [0, 0]],
    ['although the header says canceled', ended('FIN', { status: 'CAN' }), 'SHIPPED', [2, 1.5]],
    [
      'by the numbers of the lines',
      of(fin(mug(2, { externalLineReference: null }), tea(1.5, { externalLineReference: '', lineNumber: '02' }))),
      'SHIPPED',
      [2, 1.5],
    ],
    [
      'by numbers that the platform gave in another order',
      there({
        status: 'FIN',
        orderLines: [mug(2, { lineNumber: '2' }), tea(1.5, { lineNumber: '1' })],
        shipments: [fin(mug(2, { externalLineReference: '', lineNumber: 2 }), { lineNumber: 1, quantity: 1.5 })],
      }),
      'SHIPPED',
      [2, 1.5],
    ],
    ['by product alone', of(fin({ productCode: 'mug-steel-350-blu', quantity: 2 }, tea(1.5))), 'SHIPPED', [2, 1.5]],
    [
      'as far as its parts say',
      of(fin(mug(undefined, { sublines: [{ quantity: 1 }, { quantity: '1' }] }), tea(1.5))),
      'SHIPPED',
      [2, 1.5],
    ],
  ])('%s', async (_, order, fulfillment, shipped) => {
    const { lines, ...read } = await result(order);
    expect(read).toMatchObject({ orderId: ORDER_ID, fulfillment });
    expect(lines).toEqual([
      {
        externalLineReference: '10',
        productCode: 'MUG-STEEL-350-BLU',
        ordered: 2,
        shipped: shipped[0],
        difference: (shipped[0] ?? 0) - 2,
      },
      {
        externalLineReference: '020',
        productCode: 'TEA-100',
        ordered: 1.5,
        shipped: shipped[1],
        difference: (shipped[1] ?? 0) - 1.5,
      },
    ]);
  });

  test('goods that nobody ordered are told as such', async () => {
    const { fulfillment, lines } = await result(
      of(fin(mug(2), tea(1.5, { productCode: 'TEA-200' }), { lineNumber: '9', productCode: 'GIFT', quantity: 1 })),
    );
    expect(fulfillment).toBe('SHIPPED_WITH_DIFFERENCE');
    expect(lines.map(({ productCode, ordered, shipped }) => [productCode, ordered, shipped])).toEqual([
      ['MUG-STEEL-350-BLU', 2, 2],
      ['TEA-100', 1.5, 0],
      ['TEA-200', 0, 1.5],
      ['GIFT', 0, 1],
    ]);
  });

  test('a number that the platform gave to another line is not that of ours', async () => {
    const { lines } = await result(
      there({
        status: 'FIN',
        orderLines: [mug(2), { lineNumber: '2', externalLineReference: 'X', productCode: 'TEA-100', quantity: 1.5 }],
        shipments: [fin(mug(2), tea(1.5, { externalLineReference: '' }))],
      }),
    );
    expect(lines.map(({ ordered, shipped }) => [ordered, shipped])).toEqual([
      [2, 2],
      [1.5, 0],
      [0, 1.5],
    ]);
  });

  test('sums carry no noise', async () => {
    const tenths = Array.from({ length: 15 }, () => tea(0.1));
    expect((await result(of(fin(mug(2), ...tenths)))).fulfillment).toBe('SHIPPED');
  });
});

const whole = shipment({
  status: 'FIN',
  wmsId: 'W01142924',
  actualShipDate: '2026-03-02T16:40:18+00:00',
  trackingDetail: { carrierCode: 'FX', carrierName: 'Fedex', serviceLevelCode: '', trackingNumber: '770000111222' },
  totalCost: '0',
  packages: [
    {
      packageReference: 'SHOP-700123-001',
      weight: 1.85,
      weightUnit: 'LB',
      length: '9.000',
      dimUnit: 'M',
      packageType: 'BOX',
      packedLines: [{ quantity: 2.0, orderLineReference: '1', orderSubLineReference: '0', productCode: 'MUG' }],
    },
    {},
  ],
  shipmentLines: [
    mug(2, {
      sublines: [
        { quantity: 1, partAttributes: [{ key: 'Serial Number', value: 'S-1' }] },
        { quantity: '1.000', partAttributes: [{ key: 'Serial Number', value: 'S-2' }] },
      ],
      partAttributes: [
        { key: 'SERIAL NUMBER', value: 'S-1' },
        { key: 'Serial Number', value: 'S-2' },
        { key: 'serial number', value: 'S-2' },
        { key: '', value: 'x' },
        { key: 'empty', value: null },
      ],
      lineAttributes: [{ key: 'Hazardous', value: false }],
      lineCustomAttributes: [{ key: '__proto__', value: 'polluted' }],
    }),
  ],
  milestones: [
    { code: 'WHE', description: 'Entered', sequence: '1', actualDate: '2026-02-27T19:29:08+00:00' },
    { code: 'FIN', sequence: '3' },
  ],
});

describe('all of a shipment', () => {
  const expected = {
    id: SHIPMENT_ID,
    wmsId: 'W01142924',
    status: 'FIN',
    actualShipDate: '2026-03-02T16:40:18+00:00',
    carrierCode: 'FX',
    carrierName: 'Fedex',
    trackingNumber: '770000111222',
    packages: [
      {
        packageReference: 'SHOP-700123-001',
        packageType: 'BOX',
        weight: 1.85,
        weightUnit: 'LB',
        length: 9,
        dimUnit: 'M',
        lines: [{ productCode: 'MUG', quantity: 2, lineNumber: '1' }],
      },
      { packageReference: '', lines: [] },
    ],
    lines: [
      {
        externalLineReference: '10',
        lineNumber: '1',
        productCode: 'MUG-STEEL-350-BLU',
        quantity: 2,
        pieces: [
          { quantity: 1, attributes: { 'serial number': 'S-1' } },
          { quantity: 1, attributes: { 'serial number': 'S-2' } },
        ],
        attributes: Object.fromEntries([
          ['serial number', 'S-1, S-2'],
          ['hazardous', 'false'],
          ['__proto__', 'polluted'],
        ]),
      },
    ],
    milestones: [{ code: 'WHE', actualDate: '2026-02-27T19:29:08+00:00' }],
  };

  test('is told, in whatever letters it came', async () => {
    const order = of(whole);
    expect(await result(order)).toMatchObject({
      warehouseCode: 'LAW',
      primaryReference: 'SHOP-700123',
      secondaryReference: 'WEB-55110',
      createdAt: '2026-02-27T19:29:06+00:00',
    });
    expect((await result(order)).shipments).toEqual([expected]);
    server.answers({ body: inPascalCase(listOf(order)) as object });
    expect((await handsOf(server).readResult(orderOf(), made)).shipments).toEqual([expected]);
  });

  test('that has nothing but its status is told as well', async () => {
    const order = there({ secondaryReference: null, dateCreated: undefined, shipments: [{ id: 's', status: 'fin' }] });
    expect(await result(order)).toEqual({
      orderId: ORDER_ID,
      warehouseCode: 'LAW',
      primaryReference: 'SHOP-700123',
      fulfillment: 'SHIPPED_WITH_DIFFERENCE',
      lines: expect.any(Array),
      shipments: [{ id: 's', status: 'FIN', packages: [], lines: [], milestones: [] }],
    });
  });
});

describe('a read that lags behind the end is tried again', () => {
  test.each<[string, object]>([
    ['a shipment is being picked', of(fin(mug(2)), shipment({ id: 'b', status: 'PIC' }))],
    ['a shipment has a status that nobody knows', of(shipment({ status: 'QUE' }))],
    ['there is no shipment', there({ status: 'FIN', shipments: [] })],
    ['the order is not shown', there({ primaryReference: 'SHOP-7' })],
  ])('%s', async (_, order) => {
    expect(await failureOf(result(order))).toMatchObject({ type: 'Unavailable' });
  });
});
