import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failureOf } from '../hands.js';
import { type Received, type Reply, ScriptedServer } from '../scripted-server.js';
import { asked, backOrder, changesOf, errors, queryOf, showing, there } from './rig.js';

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.stop());

const standing = { orderNo: '48211', root: '48211', status: 'On Order', holdCode: 'N', ordered: 3, open: 0 };
const news = (reference: string, orders: object[]) => ({ story: 'infoplusOrder', reference, state: { orders } });
const filters = () => server.received.map((request) => queryOf(request).filter ?? '');

describe('a hint', () => {
  test('is a reference, and all that stands under it is told', async () => {
    server.answers(showing([backOrder(), there(), there({ orderNo: 1, customerOrderNo: 'SO-10011' })]));
    const part = { ...standing, orderNo: '48211.001', status: 'Back Order', ordered: 1 };
    expect(await changesOf(server).look(' SO-1001 ')).toEqual([news('SO-1001', [standing, part])]);
    expect(asked(server)).toEqual(['GET order/search']);
    expect(filters()).toEqual(["lobId eq 10000 and customerOrderNo eq 'SO-1001'"]);
  });

  test('about what is shown no more is news, too', async () => {
    server.answers(showing([]));
    expect(await changesOf(server).look('SO-1001')).toEqual([news('SO-1001', [])]);
  });

  test.each(['', ' ', 'x'.repeat(31), "SO' or 1", 'Müller', '\u0000'])(
    'that cannot be a reference is not asked: %j',
    async (hint) => {
      server.answers(showing([]));
      expect(await changesOf(server).look(hint)).toEqual([]);
      expect(await changesOf(server).some([hint])).toEqual([]);
      expect(server.received).toEqual([]);
    },
  );

  test('follows from the reference of an order that waits', () => {
    expect(changesOf(server).hintOf('SO-1001')).toBe('SO-1001');
  });
});

describe('many orders', () => {
  test('are asked about in one question', async () => {
    const second = there({ orderNo: 48212, groupOrderId: 48212, customerOrderNo: 'SO-1002' });
    server.answers(showing([there(), second]));
    expect(await changesOf(server).some(['SO-1001', 'so-1002', 'SO-1003'])).toEqual([
      news('SO-1001', [standing]),
      news('so-1002', [{ ...standing, orderNo: '48212', root: '48212' }]),
      news('SO-1003', []),
    ]);
    expect(filters()).toEqual(["lobId eq 10000 and customerOrderNo in ('SO-1001','SO-1002','so-1002','SO-1003')"]);
  });

  test('are never asked about in an address that is too long', async () => {
    const { size = 0, some } = changesOf(server);
    const references = (length: number) =>
      Array.from({ length: size }, (_, index) => `S${index}`.padEnd(length, '-').toUpperCase());
    expect(size).toBe(250);
    server.answers(showing([]));
    expect(await some(references(30))).toHaveLength(250);
    expect(server.received.length).toBeLessThan(5);
    expect(Math.max(...server.received.map(({ path }) => path.length))).toBeLessThan(4_000);
    server.answers(showing([]));
    await some(references(5));
    expect(server.received).toHaveLength(1);
  });
});

describe('what has changed', () => {
  /** Orders of an account that answers a search for changes as Infoplus does: filter, sort, and pages of 20 by default. */
  function account(orders: readonly { orderNo: number; customerOrderNo: string | null; modifyDate: string }[]) {
    return (request: Received): Reply => {
      const { filter = '', sort = '', limit = '20', page = '1' } = queryOf(request);
      const [, since = ''] = /modifyDate gte '([^']+)'/.exec(filter) ?? [];
      const [, after = '0'] = /orderNo gt ([\d.]+)/.exec(filter) ?? [];
      const name = sort.replace('!', '') as 'orderNo' | 'modifyDate';
      const found = orders
        .filter(({ orderNo, modifyDate }) => modifyDate >= since && orderNo > Number(after))
        .sort((one, other) => (one[name] < other[name] ? -1 : 1));
      if (sort.startsWith('!')) found.reverse();
      const size = Math.min(250, Number(limit));
      return { body: found.slice((Number(page) - 1) * size, Number(page) * size) };
    };
  }
  const at = (second: number) => new Date(Date.UTC(2025, 2, 2, 14, 0, second)).toISOString();
  const changed = (count: number, when: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => ({
      orderNo: 50_000 + index,
      customerOrderNo: `SO-${index}`,
      modifyDate: when(index),
    }));

  /** Asks on until there is no more. */
  async function all(cursor: string): Promise<{ hints: Set<string>; cursor: string; questions: number }> {
    const { feed } = changesOf(server);
    const hints = new Set<string>();
    for (let questions = 1; ; questions++) {
      const answer = await feed(cursor);
      if (answer === undefined) throw new Error('no feed');
      for (const hint of answer.hints) hints.add(hint);
      cursor = answer.cursor;
      if (!answer.more) return { hints, cursor, questions };
      if (questions > 20) throw new Error('it never ends');
    }
  }
  const begin = async () => (await changesOf(server).feed(undefined))?.cursor ?? '';

  test('begins at the newest change there, in the clock of the platform, less the overlap', async () => {
    server.answers(account(changed(30, (index) => at(300 + index))));
    expect(await changesOf(server).feed(undefined)).toEqual({
      hints: [],
      cursor: JSON.stringify({ since: Date.parse(at(329 - 120)) }),
      more: false,
    });
    expect(server.received.map(queryOf)).toEqual([
      { filter: 'lobId eq 10000', sort: '!modifyDate', limit: '1', page: '1' },
    ]);
  });

  test('begins before everything in an account without orders', async () => {
    server.answers(account([]));
    const cursor = await begin();
    expect(await all(cursor)).toEqual({ hints: new Set(), cursor, questions: 1 });
    server.answers(account(changed(1, () => at(1))));
    expect((await all(cursor)).hints).toEqual(new Set(['SO-0']));
  });

  test('is asked since the cursor, and named again within the overlap', async () => {
    const orders = changed(300, (index) => at(index * 10));
    server.answers(account(orders.slice(0, 200)));
    const cursor = await begin();
    server.answers(account(orders));
    const { hints, cursor: next, questions } = await all(cursor);
    expect(hints.has('SO-186')).toBe(false);
    expect([...hints].slice(0, 2)).toEqual(['SO-187', 'SO-188']);
    expect(hints.has('SO-299')).toBe(true);
    expect(questions).toBe(1);
    expect(server.received.map(queryOf)).toEqual([
      {
        filter: `lobId eq 10000 and modifyDate gte '${at(1_990 - 120)}'`,
        sort: 'modifyDate',
        limit: '250',
        page: '1',
      },
    ]);
    expect((await all(next)).cursor).toBe(next);
  });

  test.each<[string, (index: number) => string]>([
    ['one after the other', (index) => at(index)],
    ['several at one moment, over the edge of a page', (index) => at(Math.floor(index / 7))],
    ['hundreds at one moment', (index) => at(Math.floor(index / 400))],
    ['all at one moment', () => at(5)],
  ])('leaves nobody out: %s', async (_, when) => {
    const orders = changed(1_100, when);
    server.answers(account(orders));
    const { hints, questions } = await all(JSON.stringify({ since: 0 }));
    expect(hints.size).toBe(1_100);
    expect(questions).toBeLessThan(12);
  });

  test('leaves nobody out who changes on the way', async () => {
    const orders = changed(600, (index) => at(index));
    server.answers((request) => {
      const answer = account(orders)(request);
      // Somebody changes an order of the page that was just read: by numbers, the next page would shift.
      const first = orders[server.received.length];
      if (first !== undefined) first.modifyDate = at(700 + server.received.length);
      return answer;
    });
    expect((await all(JSON.stringify({ since: 0 }))).hints.size).toBe(600);
  });

  test('may be of orders that have no reference, or times that cannot be read', async () => {
    const [first, ...more] = changed(3, (index) => at(index));
    server.answers({ body: [{ ...first, customerOrderNo: null }, { ...more[0], modifyDate: null }, more[1]] });
    expect(await changesOf(server).feed(JSON.stringify({ since: 0 }))).toMatchObject({ hints: ['SO-1', 'SO-2'] });
    const backwards = { ...first, modifyDate: '2025-03-02T14:05:00' };
    server.answers({ body: [backwards] });
    expect(await changesOf(server).feed(JSON.stringify({ since: 0 }))).toMatchObject({
      cursor: JSON.stringify({ since: Date.parse(at(180)) }),
    });
  });

  test('is refused by an account that does not search by it', async () => {
    server.answers({ status: 400, body: errors('Cannot parse filter') });
    expect(await failureOf(begin())).toMatchObject({ type: 'Rejected' });
    expect(await failureOf(all(JSON.stringify({ since: 0 })))).toMatchObject({ type: 'Rejected' });
    server.answers({ status: 200, body: errors('Cannot parse filter') });
    expect(await failureOf(begin())).toMatchObject({ type: 'Rejected' });
  });
});
