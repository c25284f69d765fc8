import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failureOf, stateOf } from '../hands.js';
import type { Received } from '../scripted-server.js';
import { ScriptedServer } from '../scripted-server.js';
import { answering, at, changesOf, handsOf, ORDER_ID, request, there } from './rig.js';

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.stop());

describe('a hint', () => {
  test('is the id of an order, and tells what the order itself reads', async () => {
    server.answers(answering(there({ fulfillmentRequests: [request()] })));
    const [news] = await changesOf(server).look(` ${ORDER_ID} `);
    expect(news).toEqual({
      story: 'flxpointOrder',
      reference: ORDER_ID,
      state: stateOf(await handsOf(server).readOrder(at)),
    });
    expect(await changesOf(server).hintOf(ORDER_ID)).toBe(ORDER_ID);
  });

  test('that names a fulfillment request leads to its order', async () => {
    const more = { 'GET /fulfillment-requests/4590021': { body: request() } };
    server.answers(answering(there({ fulfillmentRequests: [request()] }), more));
    const [news] = await changesOf(server).look('fulfillmentRequest:4590021');
    expect(news).toMatchObject({ reference: ORDER_ID });
    expect(server.received.map(({ path }) => path.replace(/\?.*/, ''))).toEqual([
      '/fulfillment-requests/4590021',
      `/orders/${ORDER_ID}`,
    ]);
  });

  test('that names one which may not be read is not asked', async () => {
    server.answers({ body: request() });
    expect(await changesOf(server, { tokenKind: 'channel' }).look('fulfillmentRequest:4590021')).toEqual([]);
    expect(server.received).toEqual([]);
  });

  test('about nothing tells nothing', async () => {
    server.answers({ status: 404, body: { error: 'not found' } });
    expect(await changesOf(server).look('1')).toEqual([]);
    expect(await changesOf(server).look('fulfillmentRequest:1')).toEqual([]);
  });

  test.each(['', '0', '01', '1/../2', '12345678901234567', 'x', 'fulfillmentRequest:', 'fulfillmentRequest:1/cancel'])(
    'that cannot be an id is not asked: %j',
    async (hint) => {
      server.answers({ body: there() });
      expect(await changesOf(server).look(hint)).toEqual([]);
      expect(server.received).toEqual([]);
    },
  );
});

describe('the feed', () => {
  const FILTERS = ['orderUpdatedAt', 'fulfillmentRequestsUpdatedAt', 'shipmentsUpdatedAt'] as const;
  type Orders = readonly { readonly id: number; readonly modifiedAt?: string; readonly updatedAt?: string }[];
  type Pages = Partial<Record<(typeof FILTERS)[number], readonly Orders[]>>;

  /** Each filter is answered with its pages, and then with an empty one. */
  const listing =
    (pages: Pages) =>
    ({ path }: Received) => {
      const query = new URL(path, 'http://x').searchParams;
      const filter = FILTERS.find((name) => query.has(name));
      return { body: (filter && pages[filter]?.[Number(query.get('page')) - 1]) ?? [] };
    };

  /** A whole round, as the kit asks for it. */
  async function round(pages: Pages, from: string) {
    server.answers(listing(pages));
    const hints: string[] = [];
    for (let cursor = from; ; ) {
      const changed = await changesOf(server).feed?.(cursor);
      if (changed === undefined) throw new Error('no feed');
      hints.push(...changed.hints);
      cursor = changed.cursor;
      if (!changed.more) return { hints, cursor };
    }
  }

  async function beginning() {
    server.answers({ body: [] });
    const begun = await changesOf(server).feed?.(undefined);
    if (begun === undefined) throw new Error('no feed');
    return begun;
  }

  const asked = () => server.received.map(({ path }) => Object.fromEntries(new URL(path, 'http://x').searchParams));

  test('without a cursor asks nothing, and begins a little before now', async () => {
    const begun = await beginning();
    expect(begun).toMatchObject({ hints: [], more: false });
    expect(server.received).toEqual([]);
    await round({}, begun.cursor);
    const ago = Date.now() - Date.parse(asked()[0]?.orderUpdatedAt ?? '');
    expect(ago).toBeGreaterThan(4 * 60_000);
    expect(ago).toBeLessThan(6 * 60_000);
  });

  test('asks by each of the three filters in a call of its own', async () => {
    await round({}, (await beginning()).cursor);
    expect(asked().map((query) => Object.keys(query))).toEqual(FILTERS.map((name) => [name, 'page', 'pageSize']));
    expect(asked()[0]).toMatchObject({ page: '1', pageSize: '50' });
  });

  test('reads to the empty page, whatever the size of the others', async () => {
    const full = Array.from({ length: 50 }, (_, index) => ({ id: index + 1 }));
    const { hints } = await round({ orderUpdatedAt: [full, [{ id: 51 }], [{ id: 52 }]] }, (await beginning()).cursor);
    expect(hints).toHaveLength(52);
    expect(asked().map(({ page }) => page)).toEqual(['1', '2', '3', '4', '1', '1']);
  });

  test('goes on in slices where there is very much', async () => {
    const pages = Array.from({ length: 45 }, (_, index) => [{ id: index + 1 }]);
    const { hints } = await round({ orderUpdatedAt: pages }, (await beginning()).cursor);
    expect(hints).toHaveLength(45);
    expect(server.received).toHaveLength(48);
  });

  test('goes on two minutes before the newest that each filter has shown', async () => {
    const first = await round(
      {
        orderUpdatedAt: [
          [
            { id: 1, modifiedAt: '2100-01-01T10:00:00Z' },
            { id: 2, modifiedAt: '2100-01-01T09:00:00Z' },
          ],
        ],
        shipmentsUpdatedAt: [
          [
            { id: 3, updatedAt: '2100-01-01T12:00:00.500Z' },
            { id: 4, modifiedAt: 'soon' },
          ],
        ],
      },
      (await beginning()).cursor,
    );
    expect(first.hints).toEqual(['1', '2', '3', '4']);
    await round({}, first.cursor);
    expect(asked()).toMatchObject([
      { orderUpdatedAt: '2100-01-01T09:58:00.000Z' },
      { fulfillmentRequestsUpdatedAt: expect.stringMatching(/^20[2-9]/) },
      { shipmentsUpdatedAt: '2100-01-01T11:58:00.500Z' },
    ]);
  });

  test('names a change in two rounds, and passes it over until there is another', async () => {
    const pages = (modifiedAt: string): Pages => ({
      orderUpdatedAt: [[{ id: 1, modifiedAt }]],
      shipmentsUpdatedAt: [[{ id: 1, modifiedAt }]],
    });
    const hints: number[] = [];
    let { cursor } = await beginning();
    for (const second of [0, 0, 0, 0, 1, 1, 1]) {
      const told = await round(pages(`2100-01-01T10:00:0${second}Z`), cursor);
      hints.push(new Set(told.hints).size);
      cursor = told.cursor;
    }
    expect(hints).toEqual([1, 1, 0, 0, 1, 1, 0]);
  });

  test('forgets what no filter shows any more', async () => {
    const at = (hour: number): Pages => {
      const modifiedAt = new Date(Date.UTC(2100, 0, 1, hour)).toISOString();
      return Object.fromEntries(FILTERS.map((name) => [name, [[{ id: hour, modifiedAt }]]]));
    };
    let { cursor } = await beginning();
    for (let hour = 1; hour < 20; hour++) cursor = (await round(at(hour), cursor)).cursor;
    expect(Object.keys(JSON.parse(cursor).known)).toEqual(['19']);
  });

  test('is refused to a token that may not list orders', async () => {
    const { cursor } = await beginning();
    const refused = Promise.resolve(changesOf(server, { tokenKind: 'source' }).feed?.(cursor));
    expect(await failureOf(refused)).toMatchObject({ type: 'Rejected' });
    expect(server.received).toEqual([]);
  });
});
