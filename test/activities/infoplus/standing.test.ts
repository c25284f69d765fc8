import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failureOf, stateOf } from '../hands.js';
import { ScriptedServer } from '../scripted-server.js';
import { answering, asked, backOrder, errors, handsOf, line, made, showing, there, wantOf } from './rig.js';

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.stop());

const ours = { orderNo: '48211', root: '48211', status: 'On Order', holdCode: 'N', ordered: 3, open: 0 };
const read = async () => stateOf(await handsOf(server).readOrder(wantOf(), made));

describe('how an order stands', () => {
  test('with its back orders, and others under the reference, by their numbers', async () => {
    const lineItems = [line('SKU-1', 2, { shippedQty: 2 }), line('SKU-2', 1, { shippedQty: null })];
    server.answers(
      showing([
        there({ orderNo: 48300, groupOrderId: null, holdCode: null }),
        backOrder({ status: 'BackOrder' }),
        there({ status: 'Shipped', lineItems }),
        there({ orderNo: 48400, customerOrderNo: 'SO-10011' }),
      ]),
    );
    expect(await read()).toEqual({
      orders: [
        { ...ours, status: 'Shipped', open: 1 },
        { ...ours, orderNo: '48211.001', status: 'Back Order', ordered: 1 },
        { orderNo: '48300', root: '48300', status: 'On Order', ordered: 3, open: 0 },
      ],
    });
    expect(asked(server)).toEqual(['GET order/search']);
  });

  test.each<[unknown, string]>([
    ['pending', 'Pending'],
    ['ON ORDER', 'On Order'],
    ['OnOrder', 'On Order'],
    ['on-order', 'On Order'],
    ['Processing', 'Processed'],
    ['processed ', 'Processed'],
    ['SHIPPED', 'Shipped'],
    ['Backorder', 'Back Order'],
    ['Back  Ordered', 'Back Order'],
    ['Canceled', 'Cancelled'],
    ['cancelled', 'Cancelled'],
    ['Error', 'Error'],
    [' Awaiting Pixies ', 'Awaiting Pixies'],
    ['', 'Unknown'],
    [null, 'Unknown'],
    [undefined, 'Unknown'],
  ])('status %j is %s', async (status, form) => {
    server.answers(showing([there({ status, lineItems: null })]));
    expect(await read()).toEqual({ orders: [{ ...ours, status: form, ordered: 0 }] });
  });

  test('is asked for by its number while the search does not show it', async () => {
    server.answers(answering({ 'GET order/search': { body: [backOrder()] }, 'GET order/48211': { body: there() } }));
    expect((await read()).orders.map(({ orderNo }) => orderNo)).toEqual(['48211', '48211.001']);
    expect(asked(server)).toEqual(['GET order/search', 'GET order/48211']);
  });

  test('is gone when Infoplus says so by search and by number', async () => {
    server.answers(answering({ 'GET order/search': { body: [] } }));
    expect(await read()).toEqual({ orders: [], gone: true });
  });

  test.each([
    { status: 404, body: '<html>Not Found</html>' },
    { status: 404, body: { message: 'Not Found' } },
    { status: 404 },
    { status: 500, body: errors('Could not find order 48211') },
  ])('is not gone because of %j', async (reply) => {
    server.answers(answering({ 'GET order/search': { body: [] }, 'GET order/48211': reply }));
    expect(await failureOf(read())).toMatchObject({ type: 'Unavailable' });
  });

  test('a search that is not found says nothing about the order', async () => {
    server.answers(answering({}));
    expect(await failureOf(read())).toMatchObject({ type: 'Unavailable' });
  });
});
