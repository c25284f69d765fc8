import { afterAll, beforeAll, expect, test } from 'vitest';
import { failedFully } from '../hands.js';
import { ScriptedServer } from '../scripted-server.js';
import { answering, handsOf, queryOf, wantOf } from './rig.js';

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.stop());

const item = (sku: string, change: object = {}) => ({ id: 5_501, lobId: 10_000, sku, status: 'Active', ...change });
const stock = (...items: object[]) => answering({ 'GET item/search': { body: items } });

test('all items are asked for at once, and there may be none in stock', async () => {
  server.answers(stock(item('SKU-1', { availableQuantity: 0 }), item('sku-2', { status: 'ACTIVE' })));
  await handsOf(server).checkItems(wantOf());
  expect(server.received.map(queryOf)).toEqual([
    { filter: "lobId eq 10000 and sku in ('SKU-1','SKU-2')", sort: 'id', limit: '250', page: '1' },
  ]);
});

test('each SKU that cannot be ordered is named', async () => {
  server.answers(stock(item('SKU-1', { status: 'Discontinued' }), item('SKU-22'), item('SKU-2', { lobId: 1 })));
  const { type, details } = await failedFully(handsOf(server).checkItems(wantOf()));
  expect(type).toBe('Rejected');
  expect(details.problems).toEqual([
    'lineItems[0].sku: item SKU-1 is Discontinued at Infoplus',
    'lineItems[1].sku: Infoplus shows no item SKU-2',
  ]);
});

test('no question is longer than an address surely may be', async () => {
  const lineItems = Array.from({ length: 500 }, (_, index) => ({ sku: `ÄRMEL ${index}`, orderedQty: 1 }));
  server.answers((request) => {
    const skus = [...(queryOf(request).filter ?? '').matchAll(/'([^']+)'/g)].map(([, sku = '']) => item(sku));
    return stock(...skus)(request);
  });
  await handsOf(server).checkItems(wantOf({ lineItems }));
  const lengths = server.received.map(({ path }) => path.length);
  expect(lengths.length).toBeGreaterThan(1);
  expect(Math.max(...lengths)).toBeLessThan(4_000);
});
