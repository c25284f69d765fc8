import { afterEach, expect, test } from 'vitest';
import { flxpointSeed, startSandbox } from '../../../src/sandbox/index.js';
import { api, flxpoint, kettles, orderId, raw, sentLine, stopFlxpoint, type TokenKind } from './wire.js';

afterEach(stopFlxpoint);

const { tokens, channelId, otherChannelId, sourceId, otherSourceId } = flxpointSeed;
const kinds = ['account', 'source', 'channel'] as const;

test.each([
  ['no token', {}],
  ['an unknown token', { 'x-api-token': 'nobody' }],
  ['a bearer token', { authorization: `Bearer ${tokens.account}` }],
])('%s is 401 on every path, without headers of a bucket', async (_, headers: Record<string, string>) => {
  const sandbox = await flxpoint({ throttle: {} });
  for (const [method, path] of [
    ['GET', `/orders/${orderId}`],
    ['POST', `/orders/${orderId}/items`],
    ['GET', '/nowhere'],
  ] as const) {
    const answer = await raw(sandbox, method, path, undefined, headers);
    expect([answer.status, answer.body.error]).toEqual([401, expect.any(String)]);
    expect(answer.headers.get('x-auth-pool-size')).toBe(null);
  }
  expect(sandbox.ledger().requests).toMatchObject(Array(3).fill({ credential: null, admitted: false, status: 401 }));
  expect(JSON.stringify(sandbox.ledger())).not.toContain(tokens.account);
});

test('more tokens of the account have buckets of their own', async () => {
  const accountTokens = ['third', 'fourth'];
  const sandbox = await flxpoint({ accountTokens, throttle: { poolSize: 1 }, clockSpeed: 0.001 });
  for (const token of [tokens.account, ...accountTokens]) {
    for (const status of [200, 429]) {
      expect((await raw(sandbox, 'GET', '/account', undefined, { 'x-api-token': token })).status).toBe(status);
    }
  }
});

/** Which kinds of tokens may make a call, and what the others get. */
const rights: readonly [method: string, path: string, allowed: readonly TokenKind[], refusal: number][] = [
  ['POST', `/orders/${orderId}/items`, ['account', 'channel'], 401],
  ['GET', `/orders/${orderId}`, ['account', 'channel'], 401],
  ['GET', '/orders', ['account', 'channel'], 401],
  ['PATCH', `/orders/${orderId}/status?status=Open`, ['account', 'channel'], 401],
  ['PATCH', `/orders/${orderId}/tags`, ['account', 'channel'], 401],
  ['GET', '/fulfillment-requests', ['account', 'source'], 401],
  ['GET', '/fulfillment-requests/count', ['account', 'source'], 401],
  ['GET', '/fulfillment-requests/processing', ['account', 'source'], 401],
  ['PATCH', '/fulfillment-requests/1/acknowledge', ['account', 'source'], 401],
  ['PATCH', '/fulfillment-requests/1/cancel', ['account', 'source'], 401],
  ['POST', '/fulfillment-requests/1/adjust', ['account', 'source'], 401],
  ['POST', '/shipments', ['account', 'source'], 401],
  ['PATCH', '/shipments', ['account', 'source'], 401],
  ['GET', '/shipments', ['account', 'source', 'channel'], 401],
  ['DELETE', '/shipment/1/shipment-item', ['account', 'source'], 401],
  ['POST', '/source-invoices', ['account', 'source'], 401],
  ['GET', '/source-invoices', ['account', 'source'], 401],
  ['POST', '/returns', ['account'], 401],
  ['GET', '/listing/variants?channelId=47110', ['account', 'channel'], 401],
  ['GET', '/product/variants', ['account'], 401],
  ['GET', '/inventory/variants?sourceId=21077', ['account', 'source'], 401],
  ['GET', '/account', ['account'], 403],
  ['GET', '/channel/', ['account'], 401],
  ['GET', `/channel/${channelId}`, ['account', 'channel'], 401],
  ['GET', '/sources', ['account'], 401],
  ['GET', '/webhhok/configurations', ['account'], 401],
  ['POST', '/webhhok/configurations', ['account'], 401],
];

test.each(rights)('%s %s is for %j, for others %i', async (method, path, allowed, refusal) => {
  const sandbox = await flxpoint();
  for (const kind of kinds) {
    const { status } = await api(sandbox, method, path, method === 'GET' ? undefined : {}, kind);
    if (allowed.includes(kind)) expect([401, 403]).not.toContain(status);
    else expect(status).toBe(refusal);
  }
});

test('a channel sees its own orders, a source its own requests', async () => {
  const sandbox = await flxpoint();
  const { orderId: foreign } = sandbox.controls.seedOrder({ channelId: otherChannelId });
  expect((await api(sandbox, 'GET', `/orders/${foreign}`, undefined, 'channel')).status).toBe(404);
  expect((await api(sandbox, 'POST', `/orders/${foreign}/items`, kettles, 'channel')).status).toBe(404);
  expect((await api(sandbox, 'GET', '/orders', undefined, 'channel')).body).toHaveLength(flxpointSeed.orderIds.length);
  expect((await api(sandbox, 'GET', '/orders')).body).toHaveLength(flxpointSeed.orderIds.length + 1);
  expect((await api(sandbox, 'GET', `/channel/${otherChannelId}`, undefined, 'channel')).status).toBe(404);

  const { path } = await sentLine(sandbox);
  const other = sandbox.controls.generateFulfillmentRequest({ orderId, sourceId: otherSourceId });
  const otherPath = `/fulfillment-requests/${other.fulfillmentRequestId}`;
  expect((await api(sandbox, 'GET', path, undefined, 'source')).body.sourceId).toBe(sourceId);
  expect((await api(sandbox, 'GET', otherPath, undefined, 'source')).status).toBe(404);
  expect((await api(sandbox, 'PATCH', `${otherPath}/cancel`, undefined, 'source')).status).toBe(404);
  expect((await api(sandbox, 'GET', '/fulfillment-requests', undefined, 'source')).body).toHaveLength(1);
  expect((await api(sandbox, 'GET', '/fulfillment-requests')).body).toHaveLength(2);
});

test('who did it is in the history', async () => {
  const sandbox = await flxpoint();
  const { path } = await sentLine(sandbox);
  await api(sandbox, 'POST', `/orders/${orderId}/items`, kettles, 'channel');
  await api(sandbox, 'PATCH', `${path}/acknowledge`, undefined, 'source');
  const { orderStatusHistory } = (await api(sandbox, 'GET', `/orders/${orderId}`)).body;
  const doors = orderStatusHistory.slice(-2).map((record: object) => record);
  expect(doors).toMatchObject([
    { orderInteractionType: { name: 'Channel API', handle: 'channel_api' } },
    { orderInteractionType: { name: 'Source API', handle: 'source_api' } },
  ]);
});

test.each([
  ['GET', '/api/v2/orders'],
  ['GET', '/v2/orders'],
  ['GET', '/channel'],
  ['GET', '/webhook/configurations'],
  ['DELETE', `/orders/${orderId}`],
  ['POST', '/orders'],
])('%s %s is 404', async (method, path) => {
  const sandbox = await flxpoint();
  expect((await api(sandbox, method, path)).status).toBe(404);
  expect(sandbox.ledger().requests).toMatchObject([{ operation: 'unknown', method, path, admitted: true }]);
});

test('a wrong token or path may get a login page with 200', async () => {
  const sandbox = await flxpoint({ loginPage: true });
  const nobody = await raw(sandbox, 'GET', '/orders', undefined, { 'x-api-token': 'nobody' });
  const nowhere = await raw(sandbox, 'GET', '/api/v2/orders');
  for (const { status, text, headers } of [nobody, nowhere]) {
    expect([status, text]).toEqual([200, expect.stringContaining('sign in')]);
    expect(headers.get('content-type')).toContain('text/html');
  }
  expect((await api(sandbox, 'GET', '/orders')).status).toBe(200);
});

const headersOf = ({ headers }: { headers: Headers }) =>
  ['size', 'used'].map((name) => headers.get(`x-auth-pool-${name}`));

test('a bucket of 40 for each token that gives 2 a second free, told on every answer', async () => {
  // Only what the test pushes: the clock must not run on between the requests.
  const sandbox = (await startSandbox({ only: ['flxpoint'], flxpoint: { clockSpeed: 0.001 } })).flxpoint;
  const ask = (kind: TokenKind = 'account', path = '/nowhere') => api(sandbox, 'GET', path, undefined, kind);
  const first = await ask('account', '/account');
  expect([first.status, ...headersOf(first)]).toEqual([200, '40', '1']);
  expect(first.headers.get('x-auth-replenished-per-second')).toBe('2');
  for (let i = 2; i <= 40; i += 1) expect(headersOf(await ask())).toEqual(['40', String(i)]);
  const refused = await ask();
  expect([refused.status, ...headersOf(refused), refused.headers.get('retry-after')]).toEqual([429, '40', '40', null]);
  expect((await ask('source')).status).toBe(404);
  sandbox.clock.advance(1_000);
  expect([(await ask()).status, (await ask()).status, (await ask()).status]).toEqual([404, 404, 429]);
  sandbox.clock.advance(20_000);
  expect(headersOf(await ask())).toEqual(['40', '1']);
  expect(sandbox.ledger().throttleBreaches).toMatchObject([{ credential: 'account-1' }, { credential: 'account-1' }]);
  await sandbox.stop();
});

test('every second with more than two requests of a token is in the ledger, although the bucket lets them pass', async () => {
  const sandbox = await flxpoint({ throttle: {}, clockSpeed: 0.001 });
  const ask = async (kind: TokenKind = 'account') => (await api(sandbox, 'GET', '/nowhere', undefined, kind)).status;
  await ask();
  sandbox.clock.advance(600);
  await ask();
  sandbox.clock.advance(401);
  await ask();
  await ask('source');
  expect(sandbox.ledger().paceBreaches).toEqual([]);
  sandbox.clock.advance(598);
  expect(await ask()).toBe(404);
  expect(sandbox.ledger()).toMatchObject({
    paceBreaches: [{ credential: 'account-1', requests: 3, time: expect.any(Number) }],
    throttleBreaches: [],
  });
});

test('a bucket may be another, or none', async () => {
  const sandbox = await flxpoint({ throttle: { poolSize: 1, perSecond: 0.5 }, clockSpeed: 0.001 });
  const ask = () => api(sandbox, 'GET', '/account');
  const first = await ask();
  expect([...headersOf(first), first.headers.get('x-auth-replenished-per-second')]).toEqual(['1', '1', '0.5']);
  expect((await ask()).status).toBe(429);
  sandbox.clock.advance(2_000);
  expect((await ask()).status).toBe(200);
  sandbox.controls.settings({ throttle: 'off' });
  for (let i = 0; i < 5; i += 1) expect(headersOf(await ask())).toEqual([null, null]);
});
