import { afterEach, expect, test } from 'vitest';
import { logisticsPlusSeed, startSandbox } from '../../../src/sandbox/index.js';
import { api, createOrder, keyHeaders, logisticsPlus, newOrder, raw, search, stopLogisticsPlus } from './wire.js';

afterEach(stopLogisticsPlus);

const { apiKey, singleOrganizationApiKey, slug, otherSlug } = logisticsPlusSeed;
const json = { 'content-type': 'application/json' };

test.each([
  ['no key', { 'organization-slug': slug }],
  ['an unknown key', { 'x-api-key': 'nobody', 'organization-slug': slug }],
  ['no organization', { 'x-api-key': apiKey }],
  ['an unknown organization', { 'x-api-key': apiKey, 'organization-slug': 'nobody' }],
])('%s is 401 on every path, in the envelope', async (_, headers) => {
  const sandbox = await logisticsPlus();
  expect((await api(sandbox, 'GET', '/orders?PrimaryReference=A', undefined, headers)).status).toBe(401);
  expect((await api(sandbox, 'POST', '/orders', newOrder(), { ...json, ...headers })).status).toBe(401);
  expect((await api(sandbox, 'GET', '/nowhere', undefined, headers)).status).toBe(401);
  expect(sandbox.ledger().orders).toEqual([]);
  expect(sandbox.ledger().requests).toMatchObject(Array(3).fill({ credential: null, admitted: false, status: 401 }));
});

test('the key of a single organization needs no slug, and looks at none', async () => {
  const sandbox = await logisticsPlus();
  const single = { ...json, 'x-api-key': singleOrganizationApiKey };
  expect((await api(sandbox, 'POST', '/orders', newOrder('A'), single)).status).toBe(200);
  const withSlug = { ...single, 'organization-slug': 'nobody' };
  expect((await api(sandbox, 'POST', '/orders', newOrder('B'), withSlug)).status).toBe(200);
  expect(sandbox.ledger().orders.map(({ organization }) => organization)).toEqual([slug, slug]);
  expect(JSON.stringify(sandbox.ledger())).not.toContain(singleOrganizationApiKey);
});

test('organizations do not see each other', async () => {
  const sandbox = await logisticsPlus({ readById: true });
  const { id } = await createOrder(sandbox, 'A');
  const other = { ...json, 'x-api-key': apiKey, 'organization-slug': otherSlug };
  expect((await api(sandbox, 'GET', '/orders?PrimaryReference=A', undefined, other)).body.data.orders).toEqual([]);
  expect((await api(sandbox, 'GET', `/orders/${id}`, undefined, other)).status).toBe(404);
  expect((await api(sandbox, 'PATCH', `/orders/${id}`, newOrder('A'), other)).status).toBe(404);
  expect(await search(sandbox, 'A')).toHaveLength(1);
});

test('two requests in any second for each key, then 429 with Retry-After, which is enough', async () => {
  const sandbox = await logisticsPlus({ throttle: { perSecond: 2 } });
  // Only what the test pushes: the clock must not run on between the requests.
  sandbox.clock.setSpeed(0.001);
  const ask = (key: string = apiKey) =>
    api(sandbox, 'GET', '/orders?PrimaryReference=A', undefined, { ...keyHeaders, 'x-api-key': key });
  expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
  sandbox.clock.advance(900);
  const refused = await ask();
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
  expect((await ask(singleOrganizationApiKey)).status).toBe(200);
  sandbox.clock.advance(1_000);
  expect((await ask()).status).toBe(200);
  expect(sandbox.ledger().throttleBreaches).toMatchObject([{ credential: 'key-1' }]);
});

test('the limit is two a second unless told otherwise', async () => {
  const sandbox = await startSandbox({ only: ['logistics-plus'], logisticsPlus: { clockSpeed: 0.001 } });
  const statuses = [];
  for (let i = 0; i < 3; i += 1) statuses.push((await raw(sandbox.logisticsPlus, 'GET', '/orders')).status);
  await sandbox.stop();
  expect(statuses).toEqual([200, 200, 429]);
});

test.each([
  ['an order by its id', 'GET', '/orders/69a1f082b7d4e5a6c7d8e901'],
  ['the singular path', 'PATCH', '/order/69a1f082b7d4e5a6c7d8e901'],
  ['an order that is not there', 'PATCH', '/orders/69a1f082b7d4e5a6c7d8e901'],
  ['deleting an order', 'DELETE', '/orders/69a1f082b7d4e5a6c7d8e901'],
  ['another path', 'GET', '/carriers'],
])('%s is 404, in the envelope and in the ledger', async (_, method, path) => {
  const sandbox = await logisticsPlus();
  const isUpdate = method === 'PATCH';
  const answer = await api(sandbox, method, path, isUpdate ? newOrder() : undefined, isUpdate ? undefined : keyHeaders);
  expect(answer.status).toBe(404);
  expect(sandbox.ledger().requests).toMatchObject([{ method, path: `/warehouse/v1${path}`, admitted: true }]);
});

test('an order that exists is not read by its id either, unless that is switched on', async () => {
  const sandbox = await logisticsPlus();
  const { id } = await createOrder(sandbox);
  await createOrder(sandbox, 'SHOP-2');
  expect((await api(sandbox, 'GET', `/orders/${id}`)).status).toBe(404);
  sandbox.controls.settings({ readById: true });
  expect((await api(sandbox, 'GET', `/orders/${id}`)).body.data.id).toBe(id);
});

test('a body has to be JSON, and to be called so', async () => {
  const sandbox = await logisticsPlus();
  const text = JSON.stringify(newOrder());
  expect((await raw(sandbox, 'POST', '/orders', text.slice(1))).status).toBe(400);
  expect((await raw(sandbox, 'POST', '/orders', '[]')).status).toBe(400);
  expect((await raw(sandbox, 'POST', '/orders')).status).toBe(400);
  expect((await raw(sandbox, 'POST', '/orders', text, { 'content-type': 'text/plain', ...keyHeaders })).status).toBe(
    400,
  );
  expect((await raw(sandbox, 'POST', '/orders', text)).status).toBe(200);
});
