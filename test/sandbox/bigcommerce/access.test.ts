import { afterEach, expect, test } from 'vitest';
import { bigcommerceSeed, startSandbox } from '../../../src/sandbox/index.js';
import { api, bigcommerce, content, createOrder, raw, stopBigcommerce, type TokenName, tokenHeaders } from './wire.js';

afterEach(stopBigcommerce);

const store = `/stores/${bigcommerceSeed.storeHash}`;
const { tokens } = bigcommerceSeed;

test.each([
  ['no token', {}],
  ['an unknown token', { 'x-auth-token': 'nobody' }],
  ['a bearer token', { authorization: `Bearer ${tokens.full.token}` }],
])('%s is 401 on every path, in the form of its version', async (_, headers: Record<string, string>) => {
  const sandbox = await bigcommerce();
  const v2 = await raw(sandbox, 'GET', `${store}/v2/orders`, undefined, headers);
  expect([v2.status, v2.body]).toEqual([401, [{ status: 401, message: expect.any(String) }]]);
  const v3 = await raw(sandbox, 'GET', `${store}/v3/hooks`, undefined, headers);
  expect(v3.body).toMatchObject({ status: 401, title: expect.any(String), type: expect.any(String), errors: {} });
  expect(sandbox.ledger().requests).toMatchObject(Array(2).fill({ credential: null, admitted: false, status: 401 }));
});

test('a token is of one store', async () => {
  const sandbox = await bigcommerce();
  expect((await raw(sandbox, 'GET', '/stores/other/v2/orders')).status).toBe(401);
  expect((await raw(sandbox, 'GET', '/stores/other/v3/nowhere')).status).toBe(401);
  expect((await raw(sandbox, 'GET', '/stores/other/v3/hooks')).body.title).toContain('not a valid combination');
});

const id = bigcommerceSeed.authorizedOrderIds[0];
/** Which tokens may make a call. */
const rights: readonly [method: string, path: string, allowed: readonly TokenName[]][] = [
  ['GET', '/v2/orders', ['full', 'orders', 'readOnly']],
  ['GET', '/v2/orders/count', ['full', 'orders', 'readOnly']],
  ['GET', `/v2/orders/${id}/shipments`, ['full', 'orders', 'readOnly']],
  ['POST', '/v2/orders', ['full', 'orders']],
  ['PUT', `/v2/orders/${id}`, ['full', 'orders']],
  ['DELETE', `/v2/orders/${id}`, ['full', 'orders']],
  ['POST', `/v2/orders/${id}/shipments`, ['full', 'orders']],
  ['GET', `/v3/orders/${id}/transactions`, ['full', 'readOnly']],
  ['POST', `/v3/orders/${id}/payment_actions/capture`, ['full', 'orders']],
  ['POST', `/v3/orders/${id}/payment_actions/refund_quotes`, ['full', 'orders']],
  ['GET', `/v3/orders/${id}/payment_actions/refunds`, ['full', 'orders', 'readOnly']],
  ['GET', `/v3/orders/${id}/metafields`, ['full', 'orders', 'readOnly']],
  ['POST', `/v3/orders/${id}/metafields`, ['full', 'orders']],
  ['POST', '/v3/payments/access_tokens', ['full']],
  ['GET', `/v3/payments/methods?order_id=${id}`, ['full']],
  ['GET', '/v3/catalog/variants', ['full']],
  ['GET', '/v3/customers', ['full']],
  ['GET', '/v3/inventory/items', ['full']],
  ['POST', '/v3/inventory/adjustments/relative', ['full']],
  ['GET', '/v3/inventory/locations', ['full']],
  ['GET', '/v3/settings/inventory', ['full']],
  ['GET', '/v3/channels', ['full']],
  ['GET', '/v3/hooks', ['full', 'orders', 'readOnly']],
  ['GET', '/v2/time', ['full', 'orders', 'readOnly']],
];

test.each(rights)('%s %s is for %j', async (method, path, allowed) => {
  const sandbox = await bigcommerce();
  for (const name of Object.keys(tokens) as TokenName[]) {
    sandbox.reset();
    const answer = await api(sandbox, method, path, method === 'GET' ? undefined : {}, name);
    if (allowed.includes(name)) expect(answer.status).not.toBe(403);
    else {
      const [said] = [answer.body].flat();
      expect([answer.status, said.message ?? said.title]).toEqual([
        403,
        "You don't have a required scope to access the endpoint",
      ]);
    }
  }
});

test.each([
  ['GET', '/v2/nowhere', 404],
  ['GET', '/v3/nowhere', 404],
  ['PATCH', '/v2/orders', 501],
  ['POST', '/v2/orders/count', 405],
  ['GET', '/v3/hooks/', 403],
  ['GET', '/v2/orders/x', 404],
  ['GET', '/v2/orders/1', 404],
])('%s %s is %i', async (method, path, status) => {
  const sandbox = await bigcommerce();
  const answer = await api(sandbox, method, path);
  expect(answer.status).toBe(status);
  if (path.startsWith('/v2')) expect(answer.body).toEqual([{ status, message: expect.any(String) }]);
  else expect(answer.body).toMatchObject({ status, title: expect.any(String) });
});

test('below no store there is nothing', async () => {
  const sandbox = await bigcommerce();
  expect((await raw(sandbox, 'GET', '/')).status).toBe(404);
});

test('old clients of V2 may name the format in the path', async () => {
  const sandbox = await bigcommerce();
  expect((await api(sandbox, 'GET', '/v2/orders.json')).status).toBe(200);
  expect((await api(sandbox, 'GET', `/v2/orders/${id}.json`)).body.id).toBe(id);
  expect((await api(sandbox, 'GET', '/v3/hooks.json')).status).toBe(404);
});

test('a body has to be JSON and be said to be', async () => {
  const sandbox = await bigcommerce();
  const body = JSON.stringify(content);
  const other = { ...tokenHeaders(), 'content-type': 'text/plain' };
  expect((await raw(sandbox, 'POST', `${store}/v2/orders`, body, other)).status).toBe(415);
  expect((await raw(sandbox, 'POST', `${store}/v3/hooks`, '{}', other)).status).toBe(400);
  expect((await raw(sandbox, 'POST', `${store}/v2/orders`, '{')).status).toBe(400);
  expect((await raw(sandbox, 'POST', `${store}/v2/orders`)).status).toBe(400);
  const xml = { ...tokenHeaders(), accept: 'application/xml' };
  expect((await raw(sandbox, 'GET', `${store}/v2/orders`, undefined, xml)).status).toBe(406);
});

test('the time is the sandbox clock', async () => {
  const sandbox = await bigcommerce({ startTime: Date.UTC(2026, 0, 5), clockSpeed: 0.001 });
  expect((await api(sandbox, 'GET', '/v2/time')).body).toEqual({ time: Date.UTC(2026, 0, 5) / 1_000 });
});

const rates = ({ headers }: { headers: Headers }) =>
  ['requests-left', 'requests-quota', 'time-window-ms', 'time-reset-ms'].map((name) =>
    Number(headers.get(`x-rate-limit-${name}`)),
  );

test('all callers of the store share 150 requests in half a minute', async () => {
  // Only what the test pushes: the clock must not run on between the requests.
  const sandbox = (await startSandbox({ only: ['bigcommerce'], bigcommerce: { clockSpeed: 0.001 } })).bigcommerce;
  const ask = (name: TokenName = 'full') => api(sandbox, 'GET', '/v2/time', undefined, name);
  expect(rates(await ask())).toEqual([149, 150, 30_000, 30_000]);
  sandbox.controls.otherApps({ requests: 148 });
  expect((await ask('orders')).status).toBe(200);
  sandbox.clock.advance(10_000);
  const refused = await ask('readOnly');
  expect([refused.status, refused.body]).toEqual([429, [{ status: 429, message: expect.any(String) }]]);
  const [left, , , reset] = rates(refused);
  expect(left).toBe(0);
  expect(reset).toBeGreaterThan(19_000);
  expect(reset).toBeLessThanOrEqual(20_000);
  sandbox.clock.advance(20_000);
  expect(rates(await ask())[0]).toBe(149);
  expect(sandbox.ledger().throttleBreaches).toMatchObject([{ credential: 'bcclientreadonly' }]);
  await sandbox.stop();
});

test('without a throttle the headers are there all the same', async () => {
  const sandbox = await bigcommerce();
  const [left = 0, quota] = rates(await api(sandbox, 'GET', '/v2/time'));
  expect(left).toBeGreaterThan(100_000);
  expect(quota).toBeGreaterThan(left);
});

test('an overloaded platform may refuse without a word of the quota', async () => {
  const sandbox = await bigcommerce({ rateHeaders: false });
  sandbox.faults.add({ kind: '429', operation: 'time.get' });
  const refused = await api(sandbox, 'GET', '/v2/time');
  expect([refused.status, refused.headers.get('x-rate-limit-time-reset-ms')]).toEqual([429, null]);
});

test('no secret is in the ledger', async () => {
  const sandbox = await bigcommerce();
  await createOrder(sandbox);
  const hook = { scope: 'store/order/*', destination: 'http://127.0.0.1:1/', headers: { secret: 'hush' } };
  await api(sandbox, 'POST', '/v3/hooks', hook);
  const text = JSON.stringify(sandbox.ledger());
  for (const secret of [tokens.full.token, tokens.full.clientSecret, 'hush']) expect(text).not.toContain(secret);
});

test('more tokens may be given', async () => {
  const token = { token: 'third', clientId: 'third-app', clientSecret: 's', scopes: ['store_v2_orders'] as const };
  const sandbox = await bigcommerce({ accessTokens: [token] });
  const ask = (path: string) => raw(sandbox, 'GET', `${store}${path}`, undefined, { 'x-auth-token': 'third' });
  expect([(await ask('/v2/orders')).status, (await ask('/v3/customers')).status]).toEqual([200, 403]);
});
