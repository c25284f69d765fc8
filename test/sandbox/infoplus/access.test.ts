import { afterEach, expect, test } from 'vitest';
import { infoplusSeed, startSandbox } from '../../../src/sandbox/index.js';
import { api, createOrder, infoplus, keyHeader, newOrder, operationsWithoutShape, raw, stopInfoplus } from './wire.js';

afterEach(stopInfoplus);

const { apiKey, otherApiKey } = infoplusSeed;
const path = '/order/search';

test('every operation has a shape', () => {
  expect(operationsWithoutShape()).toEqual([]);
});

test.each([
  ['no key', {}],
  ['an unknown key', { 'API-Key': 'nobody' }],
  ['a bearer token', { authorization: `Bearer ${apiKey}` }],
])('%s is 401 on every path, as a list of errors', async (_, headers) => {
  const sandbox = await infoplus();
  expect((await api(sandbox, 'GET', path, undefined, headers)).status).toBe(401);
  expect((await api(sandbox, 'POST', '/order', newOrder(), headers)).status).toBe(401);
  expect((await api(sandbox, 'GET', '/nowhere', undefined, headers)).status).toBe(401);
  expect(sandbox.ledger().orders).toEqual([]);
  expect(sandbox.ledger().requests).toMatchObject(Array(3).fill({ credential: null, admitted: false, status: 401 }));
});

test.each(['API-Key', 'api-key', 'API-KEY'])('the header may be written %s', async (name) => {
  const sandbox = await infoplus();
  expect((await api(sandbox, 'GET', path, undefined, { [name]: apiKey })).status).toBe(200);
});

test('each key is of a user of the site; all see the same, and the ledger holds no secret', async () => {
  const sandbox = await infoplus({ apiKeys: ['third'] });
  const { orderNo } = await createOrder(sandbox);
  for (const key of [otherApiKey, 'third']) {
    const { body } = await api(sandbox, 'GET', `/order/${orderNo}`, undefined, { 'API-Key': key });
    expect(body).toMatchObject({ orderNo, enteredBy: 'user-1' });
  }
  expect(sandbox.ledger().requests.map(({ credential }) => credential)).toEqual(['user-1', 'user-2', 'user-3']);
  expect(JSON.stringify(sandbox.ledger())).not.toContain(apiKey);
});

test.each(['v3.0', 'beta'])('version %s answers', async (version) => {
  const sandbox = await infoplus();
  expect((await raw(sandbox, 'GET', path, undefined, keyHeader, version)).status).toBe(200);
});

test.each(['v1.0', 'v2.0', 'v4.0'])('version %s does not', async (version) => {
  const sandbox = await infoplus();
  expect((await raw(sandbox, 'GET', path, undefined, keyHeader, version)).status).toBe(404);
});

test('three requests in any second for each key, then 429; what is refused does not count', async () => {
  const sandbox = await infoplus({ throttle: { perKey: 3, perSite: 100 } });
  // Only what the test pushes: the clock must not run on between the requests.
  sandbox.clock.setSpeed(0.001);
  const ask = async (key: string = apiKey) => (await api(sandbox, 'GET', path, undefined, { 'API-Key': key })).status;
  expect([await ask(), await ask(), await ask(), await ask()]).toEqual([200, 200, 200, 429]);
  sandbox.clock.advance(900);
  expect([await ask(), await ask(otherApiKey)]).toEqual([429, 200]);
  sandbox.clock.advance(101);
  expect([await ask(), await ask(), await ask(), await ask()]).toEqual([200, 200, 200, 429]);
  expect(sandbox.ledger().throttleBreaches).toMatchObject(Array(3).fill({ credential: 'user-1', limit: 'key' }));
});

test('ten in any second for the whole site, whoever asks', async () => {
  const apiKeys = ['third', 'fourth'];
  const sandbox = await startSandbox({ only: ['infoplus'], infoplus: { apiKeys, clockSpeed: 0.001 } });
  const statuses: number[] = [];
  for (const key of [apiKey, otherApiKey, ...apiKeys]) {
    for (let i = 0; i < 3; i += 1) {
      statuses.push((await raw(sandbox.infoplus, 'GET', path, undefined, { 'API-Key': key })).status);
    }
  }
  const { throttleBreaches } = sandbox.infoplus.ledger();
  await sandbox.stop();
  expect(statuses).toEqual([...Array(10).fill(200), 429, 429]);
  expect(throttleBreaches).toMatchObject(Array(2).fill({ credential: 'user-4', limit: 'site' }));
});

test('how long to wait is not said', async () => {
  const sandbox = await infoplus({ throttle: { perKey: 1, perSite: 1 }, clockSpeed: 0.001 });
  await raw(sandbox, 'GET', path);
  const refused = await raw(sandbox, 'GET', path);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, null]);
});

test.each([
  ['another resource', 'GET', '/parcelShipment/search'],
  ['cancelling an order', 'POST', '/order/48211/cancel'],
  ['making a shipment', 'POST', '/shipment'],
  ['making a line', 'POST', '/orderLine'],
])('%s is 404', async (_, method, unknown) => {
  const sandbox = await infoplus();
  expect((await api(sandbox, method, unknown, method === 'GET' ? undefined : {})).status).toBe(404);
  expect(sandbox.ledger().requests).toMatchObject([{ method, operation: 'unknown', admitted: true }]);
});

test.each(['', '[]', 'null', '{"lobId":'])('%o is no body of an order', async (text) => {
  const sandbox = await infoplus();
  expect((await raw(sandbox, 'POST', '/order', text)).status).toBe(400);
});
