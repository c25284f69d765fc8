import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failureOf } from '../hands.js';
import { type Reply, ScriptedServer } from '../scripted-server.js';
import { asked, backOrder, errors, handsOf, line, made, queryOf, showing, there, wantOf } from './rig.js';

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.stop());

const shipment = (change: object = {}) => ({
  id: 700_123,
  orderNo: 48211.0,
  orderNoList: [48211.0],
  trackingNo: '1Z999AA10123456784',
  status: 'In-Transit',
  shipped: true,
  shipDate: '2025-03-03T00:00:00Z',
  carrierCompany: 'UPS',
  carrierServiceId: 12,
  weightLbs: 2.4,
  ...change,
});
const parcel = {
  shipmentId: '700123',
  orderNo: '48211',
  status: 'In-Transit',
  trackingNo: '1Z999AA10123456784',
  carrierCompany: 'UPS',
  carrierLabel: 'UPS Ground',
  shipDate: '2025-03-03T00:00:00Z',
  weightLbs: 2.4,
};

const label: Reply = { body: { id: 12, label: 'UPS Ground' } };
const shippedLines = (first: number, second: number) => [
  line('SKU-1', 2, { shippedQty: first }),
  line('SKU-2', 1, { shippedQty: second }),
];
const shipped = (change: object = {}) => there({ status: 'Shipped', lineItems: shippedLines(2, 1), ...change });

async function result(orders: Parameters<typeof showing>[0], shipments: object[] = [shipment()], service = label) {
  server.answers(showing(orders, { 'GET shipment/search': { body: shipments }, 'GET carrierService/12': service }));
  return handsOf(server).readResult(wantOf(), made);
}

test('what shipped is told with its parcels', async () => {
  expect(await result([shipped({ shipDate: '2025-03-03T00:00:00Z' })])).toEqual({
    ended: true,
    shipped: {
      orderNo: '48211',
      customerOrderNo: 'SO-1001',
      status: 'Shipped',
      fulfillment: 'SHIPPED',
      shipDate: '2025-03-03T00:00:00Z',
      createdAt: '2025-03-02T14:03:11Z',
      lines: [
        { sku: 'SKU-1', ordered: 2, shipped: 2, difference: 0 },
        { sku: 'SKU-2', ordered: 1, shipped: 1, difference: 0 },
      ],
      parcels: [parcel],
      trackingNos: ['1Z999AA10123456784'],
      withoutTracking: [],
      backOrders: [],
    },
  });
  expect(asked(server)).toEqual(['GET order/search', 'GET shipment/search', 'GET carrierService/12']);
  expect(queryOf(server.received[1] as never).filter).toBe('orderNo eq 48211');
});

describe('what became of an order', () => {
  const family = (root: object, part: object) => [shipped(root), backOrder(part)];
  const late = { status: 'Shipped', lineItems: [line('SKU-2', 1, { shippedQty: 1 })] };
  test.each<[string, Parameters<typeof showing>[0], string, number[]]>([
    ['shipped', [shipped()], 'SHIPPED', [2, 1]],
    ['shipped short', [shipped({ lineItems: shippedLines(2, 0) })], 'SHIPPED_WITH_DIFFERENCE', [2, 0]],
    ['shipped over', [shipped({ lineItems: shippedLines(3, 1) })], 'SHIPPED_WITH_DIFFERENCE', [3, 1]],
    ['shipped in two', family({ lineItems: shippedLines(2, 0) }, late), 'SHIPPED', [2, 1]],
    [
      'shipped, the line split off',
      family({ lineItems: [line('sku-1', 2, { shippedQty: '2' })] }, late),
      'SHIPPED',
      [2, 1],
    ],
    [
      'back order cancelled',
      family({ lineItems: shippedLines(2, 0) }, { status: 'Canceled', lineItems: late.lineItems }),
      'PARTLY_CANCELED',
      [2, 0],
    ],
    ['order cancelled, back order shipped', family({ status: 'Cancelled' }, late), 'PARTLY_CANCELED', [0, 1]],
    ['order gone, back order shipped', [backOrder(late)], 'PARTLY_CANCELED', [0, 1]],
    ['cancelled', [there({ status: 'Cancelled' })], 'CANCELED', [0, 0]],
    ['gone', [], 'CANCELED', [0, 0]],
  ])('%s', async (_, orders, fulfillment, quantities) => {
    const { ended, shipped } = await result(orders, []);
    expect(ended).toBe(true);
    expect(shipped.fulfillment).toBe(fulfillment);
    expect(shipped.lines.map((line) => line.shipped)).toEqual(quantities);
  });

  test('goods that nobody ordered stand behind the lines', async () => {
    const { shipped: it } = await result([
      shipped({ lineItems: [...shippedLines(2, 1), line('GIFT', 0, { shippedQty: 1 })] }),
    ]);
    expect(it.fulfillment).toBe('SHIPPED_WITH_DIFFERENCE');
    expect(it.lines[2]).toEqual({ sku: 'gift', ordered: 0, shipped: 1, difference: 1 });
  });

  test('is not known while a back order is open, and nobody waits for what is gone', async () => {
    expect(await result([shipped(), backOrder()])).toMatchObject({
      ended: false,
      shipped: { backOrders: [{ orderNo: '48211.001', status: 'Back Order' }] },
    });
    expect(await result([])).toMatchObject({ ended: true, shipped: { orderNo: '48211', status: 'Deleted' } });
  });

  test('under the reference, but of another order, is no part of it', async () => {
    const foreign = shipped({ orderNo: 48300, groupOrderId: 48300 });
    const { shipped: it } = await result([shipped(), foreign]);
    expect([it.lines[0]?.shipped, it.backOrders]).toEqual([2, []]);
  });
});

describe('tracking', () => {
  test('is asked for all parts at once, and told apart by their numbers', async () => {
    const second = shipment({ id: 700_124, orderNo: null, orderNoList: ['48211.001'], trackingNo: 'T2' });
    const { shipped: it } = await result([shipped(), backOrder({ status: 'Shipped' })], [shipment(), second]);
    expect(queryOf(server.received[1] as never).filter).toBe('orderNo in (48211,48211.001)');
    expect(it.parcels.map(({ orderNo, trackingNo }) => [orderNo, trackingNo])).toEqual([
      ['48211', '1Z999AA10123456784'],
      ['48211.001', 'T2'],
    ]);
    expect(it.trackingNos).toEqual(['1Z999AA10123456784', 'T2']);
    // The name of a service is asked for once.
    expect(asked(server).filter((what) => what.includes('carrierService'))).toHaveLength(1);
  });

  test.each<[string, object[], object, string[], string[]]>([
    [
      'of voided parcels leads nowhere',
      [shipment({ status: 'VOIDED' }), shipment({ id: 2, trackingNo: 'T2' })],
      {},
      ['T2'],
      [],
    ],
    ['of the order is the last resort', [shipment({ trackingNo: '' })], { trackingNo: 'ORDER-T' }, ['ORDER-T'], []],
    ['of the order does not count beside parcels', [shipment({ trackingNo: 'T1' })], { trackingNo: 'X' }, ['T1'], []],
    ['is missing', [shipment({ trackingNo: null })], { trackingNo: null }, [], ['48211']],
    ['is missing without parcels', [], {}, [], ['48211']],
    ["is not taken from other orders' parcels", [shipment({ orderNo: 1, orderNoList: [] })], {}, [], ['48211']],
  ])('%s', async (_, shipments, change, trackingNos, withoutTracking) => {
    const { shipped: it } = await result([shipped(change)], shipments);
    expect([it.trackingNos, it.withoutTracking]).toEqual([trackingNos, withoutTracking]);
  });

  test('a service without a name is no failure, one that cannot be read now is', async () => {
    const { shipped: it } = await result([shipped()], undefined, { status: 404, body: errors('none') });
    expect(it.parcels[0]).not.toHaveProperty('carrierLabel');
    expect(await failureOf(result([shipped()], undefined, { status: 502 }))).toMatchObject({ type: 'Unavailable' });
  });
});
