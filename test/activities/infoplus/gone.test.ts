import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Sent } from '../../../src/workflows/found.js';
import type { InfoplusMade } from '../../../src/workflows/infoplus/contract.js';
import { failureOf } from '../hands.js';
import { ScriptedServer } from '../scripted-server.js';
import { asked, backOrder, errors, handsOf, line, made, there, wantOf } from './rig.js';
import { Warehouse } from './warehouse.js';

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.stop());

const step = (known: InfoplusMade | null = made, sent: Sent = 'yes') =>
  handsOf(server).deleteOrder(wantOf(), known, sent);

/** Takes back, and tells what of the orders is left. */
async function takeBack(orders: Parameters<typeof there>[0][], known: InfoplusMade | null = made, sent: Sent = 'yes') {
  const warehouse = new Warehouse(...orders.map((order) => there(order)));
  server.answers(warehouse.answers());
  const undone = await step(known, sent);
  return { undone, left: [...warehouse.orders.keys()] };
}
const done = (found: boolean, note?: string) => ({ done: true, found, ...(note === undefined ? {} : { note }) });
const leftFor = (why: RegExp, order: string) => ({
  done: false,
  left: { what: 'the order is gone', why: expect.stringMatching(why), ids: { order } },
});

const cancelled = { status: 'Cancelled' };
const processed = { status: 'Processed' };
const double = { orderNo: 48300, groupOrderId: 48300 };
const { orderNo: part, lineItems } = backOrder();

test('what was never sent is not asked for', async () => {
  expect((await takeBack([{}], null, 'no')).undone).toEqual(done(false, 'it was never created'));
  expect(server.received).toEqual([]);
});

describe('an order is deleted', () => {
  test.each<[string, object[], InfoplusMade | null, object, string[]]>([
    ['as it was made', [{}], made, done(true), []],
    ['while it is Pending', [{ status: 'Pending' }], made, done(true), []],
    ['in Back Order', [{ status: 'Back Order' }], made, done(true), []],
    ['in Error', [{ status: 'Error' }], made, done(true), []],
    ['in a status that nobody knows', [{ status: 'Awaiting Pixies' }], made, done(true), []],
    ['after a lost answer', [{}], null, done(true), []],
    ['after a lost answer, whatever it holds', [{ lineItems: [line('X', 1)] }, double], null, done(true), []],
    ['with its double', [{}, double], made, done(true), []],
    ['with its back orders', [{}, { orderNo: part, lineItems }], made, done(true), []],
    ["beside somebody else's", [{}, { ...double, lineItems: [] }], made, done(true), ['48300']],
    ['that is not there any more', [], made, done(true), []],
    ['that is not there after a lost answer', [], null, done(false, 'nothing there'), []],
    ['that was cancelled', [cancelled], made, done(true, 'cancelled at the warehouse'), ['48211']],
    [
      'of which an older one was cancelled, after a lost answer',
      [cancelled],
      null,
      done(false, 'nothing there'),
      ['48211'],
    ],
    ['beside an older one that was cancelled', [{ ...cancelled, ...double }, {}], null, done(true), ['48300']],
  ])('%s', async (_, orders, known, undone, left) => {
    expect(await takeBack(orders, known, 'perhaps')).toEqual({ undone, left });
  });

  test('and proven to be gone by search and by number', async () => {
    await takeBack([{}]);
    expect(asked(server)).toEqual([
      'GET order/search',
      'DELETE order/48211',
      'GET order/search',
      'GET order/48211',
      'GET order/48211',
    ]);
  });

  test('although the search does not show it yet', async () => {
    const warehouse = new Warehouse(there());
    warehouse.searchShows = () => [];
    server.answers(warehouse.answers());
    expect(await step()).toEqual(done(true));
    expect(warehouse.orders.size).toBe(0);
  });

  test('and is not gone while the search shows it', async () => {
    const warehouse = new Warehouse(there());
    warehouse.searchShows = () => [there()];
    server.answers(warehouse.answers());
    expect(await failureOf(step())).toEqual({
      type: 'Unavailable',
      message: 'order 48211 was deleted, and Infoplus still shows it',
    });
    warehouse.searchShows = undefined;
    expect(await step()).toEqual(done(true));
  });

  test('and is not gone while it is shown by its number', async () => {
    const answers = new Warehouse(there()).answers();
    server.answers((request) => {
      if (request.method === 'DELETE') return { body: '' };
      return request.path.includes('/search') && server.received.length > 1 ? { body: [] } : answers(request);
    });
    expect(await failureOf(step())).toMatchObject({ type: 'Unavailable' });
  });
});

describe('what Infoplus does not delete is left to people', () => {
  test.each<[string, object[], object, string[]]>([
    ['processed', [processed], leftFor(/a person at the warehouse has to cancel it/, '48211 (Processed)'), ['48211']],
    ['shipped', [{ status: 'Shipped' }], leftFor(/has shipped already/, '48211 (Shipped)'), ['48211']],
    [
      'processed, its back order deleted',
      [processed, { orderNo: part, status: 'Back Order', lineItems }],
      leftFor(/has to cancel it/, '48211 (Processed)'),
      ['48211'],
    ],
    [
      'shipped, its back order processed',
      [{ status: 'Shipped' }, { orderNo: part, ...processed, lineItems }],
      leftFor(/has to cancel it/, '48211 (Shipped), 48211.001 (Processed)'),
      ['48211', '48211.001'],
    ],
  ])('%s', async (_, orders, undone, left) => {
    expect(await takeBack(orders)).toEqual({ undone, left });
  });

  test('what it refuses to delete is tried again twice, and told in its words', async () => {
    const answers = new Warehouse(there()).answers();
    const refused = { status: 400, body: errors('Order 48211 is locked by Jane Doe') };
    server.answers((request) => (request.method === 'DELETE' ? refused : answers(request)));
    expect(await step()).toMatchObject(leftFor(/with 400: Order 48211 is locked by …/, '48211 (On Order)'));
    expect(asked(server).filter((what) => what.startsWith('DELETE'))).toHaveLength(3);
  });

  test('what was processed a moment ago is not tried again', async () => {
    const warehouse = new Warehouse(there(processed));
    warehouse.searchShows = () => [there(server.received.length > 1 ? processed : {})];
    server.answers(warehouse.answers());
    expect(await step()).toMatchObject(leftFor(/The order has been processed/, '48211 (Processed)'));
    expect(asked(server).filter((what) => what.startsWith('DELETE'))).toHaveLength(1);
  });
});

test.each([{ status: 404, body: '<html>' }, { status: 404 }, { status: 502 }, { cut: true as const, body: 'x' }])(
  'an answer %j to a delete proves nothing',
  async (reply) => {
    const answers = new Warehouse(there()).answers();
    server.answers((request) => (request.method === 'DELETE' ? reply : answers(request)));
    expect(await failureOf(step())).toMatchObject({ type: 'Unavailable' });
  },
);
