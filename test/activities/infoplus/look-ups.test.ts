import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failureOf } from '../hands.js';
import { ScriptedServer } from '../scripted-server.js';
import { AT, answering, asked, BASE, handsOf, orderOf, queryOf } from './rig.js';

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.stop());

const named = { lineOfBusiness: 'acme retail', warehouse: 'Memphis 1', carrier: 'UPS GROUND' };
const lob = { id: 10_000, name: 'Acme Retail', code: 'ACME', label: 'Acme Retail (10000)' };
const routes = {
  'GET lineOfBusiness/search': { body: [{ id: 9, name: 'Other', code: null }, lob] },
  'GET warehouse/search': { body: [{ id: 1_000, name: 'Memphis 1' }] },
  'GET carrier/search': { body: [{ carrier: '1', label: 'UPS Ground', scac: 'UPSN' }] },
};

test('ids stand for themselves, and nobody is asked', async () => {
  server.answers({ status: 500 });
  expect(await handsOf(server).lookUp(orderOf())).toEqual(AT);
  expect(await handsOf(server).lookUp(orderOf({ warehouse: 2, carrier: '7' }))).toEqual({
    lobId: 10_000,
    warehouseId: 2,
    carrierId: 7,
  });
  expect(server.received).toEqual([]);
});

test('names are looked up once for all orders of a connection', async () => {
  server.answers(answering(routes));
  const hands = handsOf(server, named);
  expect(await hands.lookUp(orderOf())).toEqual(AT);
  expect(await hands.lookUp(orderOf({ reference: 'SO-1002' }))).toEqual(AT);
  expect(asked(server)).toEqual(['GET lineOfBusiness/search', 'GET warehouse/search', 'GET carrier/search']);
  expect(server.received.map(({ path }) => path)).toEqual([
    `${BASE}/lineOfBusiness/search?sort=id&limit=250&page=1`,
    `${BASE}/warehouse/search?sort=id&limit=250&page=1`,
    `${BASE}/carrier/search?limit=250&page=1`,
  ]);
  expect(server.received[0]?.headers).toMatchObject({ accept: 'application/json' });
});

test('a code or a label is as good as a name', async () => {
  server.answers(answering(routes));
  for (const lineOfBusiness of ['ACME', 'Acme Retail (10000)']) {
    expect(await handsOf(server, { ...named, lineOfBusiness }).lookUp(orderOf())).toEqual(AT);
  }
});

test('a name on a later page is found: the platform tells the last one by its length alone', async () => {
  const many = Array.from({ length: 250 }, (_, index) => ({ carrier: index + 100, label: `Carrier ${index}` }));
  server.answers((request) =>
    answering({
      ...routes,
      'GET carrier/search': { body: queryOf(request).page === '1' ? many : [{ carrier: 1, label: 'UPS GROUND' }] },
    })(request),
  );
  expect(await handsOf(server, named).lookUp(orderOf())).toEqual(AT);
});

describe('a name that stands for nothing, or for several', () => {
  test('is refused, after it was looked up anew', async () => {
    server.answers(answering({ ...routes, 'GET warehouse/search': { body: [] } }));
    const hands = handsOf(server, named);
    expect(await failureOf(hands.lookUp(orderOf()))).toEqual({
      type: 'Rejected',
      message: 'infoplus/acme cannot take the order: Infoplus shows no warehouse called "Memphis 1"',
    });
    expect(asked(server)).toEqual(['GET lineOfBusiness/search', 'GET warehouse/search', 'GET warehouse/search']);
    server.answers(answering(routes));
    expect(await hands.lookUp(orderOf())).toEqual(AT);
  });

  test('is refused with the ids that it may stand for', async () => {
    const twice = { body: [lob, { ...lob, id: 10_001 }] };
    server.answers(answering({ ...routes, 'GET lineOfBusiness/search': twice }));
    const { type, message } = await failureOf(handsOf(server, named).lookUp(orderOf()));
    expect(type).toBe('Rejected');
    expect(message).toContain('"acme retail" may be 10000 and 10001 at Infoplus; use the id');
  });
});
