import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InfoplusOrderInput } from '../../../src/workflows/infoplus/input.js';
import { ScriptedServer } from '../scripted-server.js';
import { API_KEY, answering, BASE, backOrder, handsOf, line, queryOf, there, wantOf } from './rig.js';

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.stop());

async function find(orders: readonly object[], change: Partial<InfoplusOrderInput> = {}, at?: string) {
  server.answers(answering({ 'GET order/search': { body: orders } }));
  return handsOf(server).findOrder(wantOf(change), at);
}

test('is asked by the reference within the line of business, with the key', async () => {
  await find([], { reference: 'A.b_c-1' });
  expect(server.received).toMatchObject([{ method: 'GET', headers: { 'api-key': API_KEY } }]);
  expect(server.received[0]?.path.startsWith(`${BASE}/order/search?`)).toBe(true);
  expect(server.received.map(queryOf)).toEqual([
    { filter: "lobId eq 10000 and customerOrderNo in ('A.B_C-1','A.b_c-1')", sort: 'orderNo', limit: '250', page: '1' },
  ]);
  await find([]);
  expect(queryOf(server.received[0] as never).filter).toBe("lobId eq 10000 and customerOrderNo eq 'SO-1001'");
});

test('goes on to the last page', async () => {
  const others = Array.from({ length: 250 }, (_, index) => there({ orderNo: index + 1, customerOrderNo: 'SO-10011' }));
  server.answers((request) => ({ body: queryOf(request).page === '1' ? others : [there()] }));
  expect(await handsOf(server).findOrder(wantOf())).toMatchObject({ state: 'same' });
  expect(server.received.map((request) => queryOf(request).page)).toEqual(['1', '2']);
});

const other = { orderNo: 48300, groupOrderId: 48300 };
const same = { state: 'same', it: { orderNo: '48211', fieldsSet: true } };
const finished = { state: 'finished', it: { ...same.it, ended: true } };
const shipped = { status: 'Shipped' };
const partly = there({ ...shipped, lineItems: [line('SKU-1', 2), line('SKU-2', 1, { backorderQty: 1 })] });

describe('what stands under the reference', () => {
  test.each<[string, object[], object]>([
    ['nothing', [], { state: 'none' }],
    ['orders that only begin like it', [there({ customerOrderNo: 'SO-10011' })], { state: 'none' }],
    ['one of another line of business', [there({ lobId: 1 })], { state: 'none' }],
    ['ours', [there()], same],
    ['ours in other letters', [there({ customerOrderNo: ' so-1001 ' })], same],
    ['ours, its numbers as texts', [there({ orderNo: '48211.000', groupOrderId: '48211.0', lobId: '10000' })], same],
    ['ours without a group', [there({ groupOrderId: null })], same],
    ['ours in a status that nobody knows', [there({ status: 'Awaiting Pixies' })], same],
    ['ours without a status', [there({ status: null })], same],
    ['ours, held by somebody', [there({ holdCode: 'C' })], same],
    ['ours in Error', [there({ status: 'Error' })], same],
    ['ours, shipped', [there(shipped)], finished],
    ['ours, shipped, with its back order', [partly, backOrder(shipped)], finished],
    ['ours, shipped, its back order cancelled', [partly, backOrder({ status: 'Canceled' })], finished],
    ['ours, shipped, its back order waiting', [partly, backOrder()], same],
    [
      'ours, shipped, its back order split off',
      [there({ ...shipped, lineItems: [line('SKU-1', 2)] }), backOrder()],
      same,
    ],
    ['ours with a part in another warehouse', [partly, there({ ...shipped, orderNo: 48212, lineItems: [] })], finished],
    ['a back order that is alone', [backOrder()], same],
    ['a cancelled one', [there({ status: 'Cancelled' })], { state: 'none' }],
    ['a cancelled one in other words', [there({ status: 'CANCELED' })], { state: 'none' }],
    ['cancelled ones', [there({ status: 'Cancelled' }), there({ ...other, status: 'Cancelled' })], { state: 'none' }],
    ['a cancelled one beside ours', [there({ ...other, status: 'Cancelled', lineItems: [] }), there()], same],
    [
      'two of it',
      [there(), there(other)],
      { state: 'several', why: 'orders 48211 and 48300 carry the reference', ids: ['48211', '48300'] },
    ],
    ['one shipped and one not', [there(shipped), there(other)], { state: 'several' }],
    ['one with other goods', [there({ lineItems: [line('SKU-3', 1)] })], { state: 'other', ids: ['48211'] }],
    ['a shipped one with other goods', [there({ ...shipped, lineItems: [] })], { state: 'other' }],
    [
      'one without its custom fields',
      [there({ customFields: null })],
      { state: 'subset', it: { orderNo: '48211', fieldsSet: false } },
    ],
    ['one with other custom fields', [there({ customFields: { sourcerunid: 'x' } })], { state: 'subset' }],
  ])('%s', async (_, orders, expected) => {
    expect(await find(orders)).toMatchObject(expected);
  });

  test('cancelled ones with our content are named: one may be what a request made whose answer was lost', async () => {
    const older = there({ ...other, status: 'Cancelled', customerPONo: 'WEB-1' });
    expect(
      await find([there({ status: 'Cancelled' }), older, backOrder({ groupOrderId: 48400, status: 'Cancelled' })]),
    ).toEqual({ state: 'none', passedOver: [{ id: '48211', it: { orderNo: '48211', fieldsSet: true, ended: true } }] });
  });

  test('what differs is named, without its values', async () => {
    expect(await find([there({ shipToCity: 'Salem', customerPONo: 'Beware of Rex' })])).toEqual({
      state: 'other',
      why: 'order 48211 differs in shipToCity, customerPONo',
      ids: ['48211'],
    });
  });

  test('at a number that a person gave only that order counts', async () => {
    const two = [there(), there(other)];
    expect(await find(two, {}, ' 48300.000 ')).toMatchObject({ state: 'same', it: { orderNo: '48300' } });
    expect(await find(two, {}, '48211')).toMatchObject(same);
    expect(await find(two, {}, '48299')).toEqual({ state: 'none' });
    expect(await find(two, {}, 'the first one')).toEqual({ state: 'none' });
  });
});
