import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type BigcommerceSandbox, bigcommerceSeed } from '../../../src/sandbox/index.js';
import { api, bigcommerce, createOrder, ship, stopBigcommerce, type TokenName } from './wire.js';

interface Came {
  headers: IncomingHttpHeaders;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: the tests state the shapes themselves
  body: any;
}

let sandbox: BigcommerceSandbox;
let server: Server;
let destination: string;
let came: Came[];
let status: number;

beforeEach(async () => {
  came = [];
  status = 204;
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (piece) => {
      text += piece;
    });
    request.on('end', () => {
      came.push({ headers: request.headers, text, body: JSON.parse(text) });
      response.statusCode = status;
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  destination = `http://127.0.0.1:${(server.address() as AddressInfo).port}/bc`;
  sandbox = await bigcommerce();
});
afterEach(async () => {
  await stopBigcommerce();
  server.close();
});

const subscribe = async (scope: string, more: object = {}, name: TokenName = 'full') => {
  const answer = await api(sandbox, 'POST', '/v3/hooks', { scope, destination, ...more }, name);
  if (answer.status !== 200) throw new Error(answer.text);
  return answer.body.data;
};
const scopes = () => came.map(({ body }) => body.scope);
/** Beside other tests a callback may take seconds; a test that waits in vain ends by its own time-out soon after. */
const eventually = <Value>(read: () => Value) => expect.poll(read, { timeout: 15_000 });
const until = (count: number) => eventually(() => came.length).toBe(count);

test('a hook is registered, read, changed and deleted', async () => {
  const hook = await subscribe('store/order/*', { is_active: true, headers: { 'x-shared-secret': 's3cr3t' } });
  expect(hook).toMatchObject({
    ...{ id: expect.any(Number), client_id: 'bcclientfull', store_hash: bigcommerceSeed.storeHash },
    ...{ scope: 'store/order/*', destination, headers: { 'x-shared-secret': 's3cr3t' }, is_active: true },
  });
  expect(hook.created_at).toBeLessThan(Date.now() / 1_000 + 1);
  const list = async (query = '') => (await api(sandbox, 'GET', `/v3/hooks${query}`)).body.data;
  expect(await list(`?scope=store/order/*&destination=${encodeURIComponent(destination)}`)).toEqual([hook]);
  expect(await list('?is_active=false')).toEqual([]);
  const off = await api(sandbox, 'PUT', `/v3/hooks/${hook.id}`, { is_active: false });
  expect(off.body.data).toMatchObject({ is_active: false, headers: hook.headers });
  expect((await api(sandbox, 'GET', `/v3/hooks/${hook.id}`, undefined, 'orders')).status).toBe(404);
  expect((await api(sandbox, 'DELETE', `/v3/hooks/${hook.id}`)).body.data.id).toBe(hook.id);
  expect((await api(sandbox, 'GET', `/v3/hooks/${hook.id}`)).status).toBe(404);
});

test.each<[string, object]>([
  ['no scope', { scope: undefined }],
  ['an unknown scope', { scope: 'store/orders/*' }],
  ['no destination', { destination: undefined }],
  ['no address', { destination: 'here' }],
  ['an address without TLS', { destination: 'http://hooks.example.com/bc' }],
  ['another port', { destination: 'https://hooks.example.com:8443/bc' }],
  ['headers that are none', { headers: ['x'] }],
])('%s is refused', async (_, changes) => {
  const body = { scope: 'store/order/*', destination, ...changes };
  const answer = await api(sandbox, 'POST', '/v3/hooks', body);
  expect(answer.body).toMatchObject({ status: 422, title: expect.any(String), errors: expect.any(Object) });
});

test('nothing is registered twice, but by another app; and no more than ten of one kind', async () => {
  await subscribe('store/order/created');
  await expect(subscribe('store/order/created')).rejects.toThrow('already');
  await subscribe('store/order/created', {}, 'orders');
  for (let i = 1; i < 10; i += 1) await subscribe('store/order/created', { destination: `${destination}/${i}` });
  await expect(subscribe('store/order/created', { destination: `${destination}/10` })).rejects.toThrow('too many');
  sandbox.controls.settings({ loopbackHooks: false });
  await expect(subscribe('store/order/updated')).rejects.toThrow('HTTPS');
});

test('a callback names what has happened, and is signed', async () => {
  await subscribe('store/order/statusUpdated', { headers: { 'x-shared-secret': 's3cr3t' } });
  const { id } = await createOrder(sandbox);
  await api(sandbox, 'PUT', `/v2/orders/${id}`, { status_id: 11 });
  await until(1);
  const [one] = came;
  expect(one?.body).toEqual({
    ...{ scope: 'store/order/statusUpdated', store_id: '1025646', hash: expect.stringMatching(/^[0-9a-f]{40}$/) },
    data: { type: 'order', id, status: { previous_status_id: 7, new_status_id: 11 } },
    ...{ created_at: expect.any(Number), producer: `stores/${bigcommerceSeed.storeHash}` },
  });
  expect(one?.headers).toMatchObject({ 'x-shared-secret': 's3cr3t', 'content-type': 'application/json' });
  const secret = Buffer.from(bigcommerceSeed.tokens.full.clientSecret).toString('base64');
  const verify = (text: string) => new Webhook(secret).verify(text, one?.headers as Record<string, string>);
  expect(verify(one?.text ?? '')).toEqual(one?.body);
  expect(() => verify(`${one?.text} `)).toThrow();
  sandbox.controls.settings({ signCallbacks: false });
  await api(sandbox, 'PUT', `/v2/orders/${id}`, { status_id: 2 });
  await until(2);
  expect(came[1]?.headers).not.toHaveProperty('webhook-signature');
});

test('the events of an order life', async () => {
  sandbox.controls.settings({ statusDelayMs: 0, gatewayDelayMs: 0 });
  await subscribe('store/order/*');
  await subscribe('store/shipment/*');
  await subscribe('store/product/inventory/order/updated');
  const { id } = await createOrder(sandbox, { status_id: 11 });
  const { body: parcel } = await ship(sandbox, id);
  const marker = { permission_set: 'write', namespace: 'oms', key: 'k', value: 'v' };
  const { body: field } = await api(sandbox, 'POST', `/v3/orders/${id}/metafields`, marker);
  await api(sandbox, 'DELETE', `/v2/orders/${id}`);
  await until(9);
  expect(scopes().sort()).toEqual(
    [
      ...['created', 'updated', 'updated', 'statusUpdated', 'metafield/created', 'archived', 'updated'].map(
        (event) => `store/order/${event}`,
      ),
      ...['store/shipment/created', 'store/product/inventory/order/updated'],
    ].sort(),
  );
  const dataOf = (scope: string) => came.find(({ body }) => body.scope === scope)?.body.data;
  expect(dataOf('store/shipment/created')).toEqual({ type: 'shipment', id: parcel.id, orderId: id });
  expect(dataOf('store/order/metafield/created')).toEqual({
    ...{ metafield_id: field.data.id, resource_id: String(id), namespace: 'oms' },
  });
  const inventory = { product_id: 111, method: 'absolute', value: 90 };
  expect(dataOf('store/product/inventory/order/updated')).toEqual({ type: 'product', id: 111, inventory });
});

test('money tells of itself, with ids that are texts', async () => {
  sandbox.controls.settings({ gatewayDelayMs: 0 });
  await subscribe('store/order/transaction/created');
  await subscribe('store/order/refund/created');
  const [id] = bigcommerceSeed.authorizedOrderIds;
  await api(sandbox, 'POST', `/v3/orders/${id}/payment_actions/capture`);
  sandbox.controls.refund({ orderId: id, amount: 1 });
  await until(3);
  const data = came.map(({ body }) => body.data);
  expect(data).toContainEqual(
    expect.objectContaining({ type: 'order', id, refund: { refund_id: expect.any(Number) } }),
  );
  expect(data).toContainEqual(
    expect.objectContaining({ type: 'transaction', order_id: String(id), transaction_type: 'capture' }),
  );
});

test('channels have events of their own', async () => {
  await subscribe('store/channel/1/order/created');
  const { id } = await createOrder(sandbox);
  await createOrder(sandbox, { channel_id: 2 });
  await until(1);
  expect(came[0]?.body.data).toEqual({ type: 'order', order_id: id });
});

test('a receiver that fails is tried again for two days; then the hook is off, and somebody is told', async () => {
  const waits = [60, 180, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 50_400, 86_400];
  status = 500;
  const hook = await subscribe('store/order/created');
  await createOrder(sandbox);
  await until(1);
  for (const [index, seconds] of waits.entries()) {
    await eventually(() => sandbox.ledger().webhooks.at(-1)?.end).toBe('answered');
    sandbox.clock.advance(seconds * 1_000);
    await until(index + 2);
  }
  const read = async () => (await api(sandbox, 'GET', `/v3/hooks/${hook.id}`)).body.data.is_active;
  await eventually(read).toBe(false);
  expect(new Set(came.map(({ body }) => body.hash)).size).toBe(1);
  expect(new Set(came.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(sandbox.ledger().mails).toMatchObject([{ kind: 'hook-deactivated', hookId: hook.id }]);
  status = 200;
  await createOrder(sandbox);
  await api(sandbox, 'PUT', `/v3/hooks/${hook.id}`, { is_active: true });
  const { id } = await createOrder(sandbox);
  await until(waits.length + 2);
  expect(came.at(-1)?.body.data.id).toBe(id);
});

test('a hook that hears nothing for ninety days is off', async () => {
  const hook = await subscribe('store/order/created');
  sandbox.clock.advance(90 * 24 * 3_600_000);
  const read = async () => (await api(sandbox, 'GET', `/v3/hooks/${hook.id}`)).body.data.is_active;
  expect(await read()).toBe(false);
  await api(sandbox, 'PUT', `/v3/hooks/${hook.id}`, { is_active: true });
  expect(await read()).toBe(true);
});

test('a domain that fails too often gets nothing for three minutes; what was for it waits', async () => {
  status = 500;
  await subscribe('store/order/created');
  const send = (times: number) => {
    for (let i = 0; i < times; i += 1) {
      sandbox.controls.sendWebhook({ scope: 'store/order/created', data: { type: 'order', id: i } });
    }
  };
  const blocked = async () => (await api(sandbox, 'GET', '/v3/hooks/admin')).body.data.blocked_domains;
  send(99);
  await until(99);
  await eventually(() => sandbox.ledger().webhooks.filter(({ end }) => end === 'answered').length).toBe(99);
  expect(await blocked()).toEqual([]);
  send(1);
  await eventually(blocked).toEqual(['127.0.0.1']);
  status = 200;
  send(1);
  await eventually(() => sandbox.ledger().webhooks.at(-1)).toMatchObject({ end: 'failed', status: null });
  expect(came).toHaveLength(100);
  sandbox.clock.advance(180_000);
  expect(await blocked()).toEqual([]);
  await until(201);
});

test('any 2xx ends the attempts; a hook that is gone gets none', async () => {
  status = 202;
  const hook = await subscribe('store/order/created');
  await createOrder(sandbox);
  await until(1);
  await eventually(() => sandbox.ledger().webhooks[0]).toMatchObject({ end: 'answered', status: 202 });
  status = 500;
  await createOrder(sandbox);
  await until(2);
  await eventually(() => sandbox.ledger().webhooks[1]?.end).toBe('answered');
  await api(sandbox, 'DELETE', `/v3/hooks/${hook.id}`);
  sandbox.clock.advance(60_000);
  await subscribe('store/order/created');
  await createOrder(sandbox);
  await until(3);
  expect(sandbox.ledger().webhooks.map(({ attempt }) => attempt)).toEqual([1, 1, 1]);
});

test('messages may be doubled, lost, or kept back', async () => {
  await subscribe('store/order/created');
  sandbox.controls.webhook({ duplicateShare: 1 });
  await createOrder(sandbox);
  await until(2);
  expect(came[0]?.text).toBe(came[1]?.text);
  sandbox.controls.webhook({ duplicateShare: 0, lossShare: 1 });
  await createOrder(sandbox);
  await eventually(() => sandbox.ledger().webhooks.at(-1)?.end).toBe('lost');
  sandbox.controls.webhook({ lossShare: 0, paused: true });
  await createOrder(sandbox);
  expect(sandbox.ledger().webhooksCollected).toBe(1);
  sandbox.controls.webhook({ paused: false });
  expect(sandbox.controls.releaseWebhooks()).toBe(1);
  await until(3);
});

test('a new hook may hear nothing at first', async () => {
  sandbox.controls.settings({ hookDelayMs: 60_000 });
  await subscribe('store/order/created');
  await createOrder(sandbox);
  sandbox.clock.advance(60_000);
  const { id } = await createOrder(sandbox);
  await until(1);
  expect(came[0]?.body.data.id).toBe(id);
});

test('anything may be sent by hand, and a hook may be switched off', async () => {
  const hook = await subscribe('store/order/*');
  const data = { type: 'order', id: 1 };
  expect(sandbox.controls.sendWebhook({ scope: 'store/order/updated', data })).toBe(1);
  await until(1);
  expect(came[0]?.body).toMatchObject({ scope: 'store/order/updated', data });
  sandbox.controls.deactivateHook({ hookId: hook.id });
  expect(sandbox.controls.sendWebhook({ scope: 'store/order/updated', data })).toBe(0);
});

test('whoever looks after the hooks can be named', async () => {
  expect((await api(sandbox, 'PUT', '/v3/hooks/admin', { emails: ['ops@example.com'] })).status).toBe(204);
  expect((await api(sandbox, 'GET', '/v3/hooks/admin')).body.data).toMatchObject({ emails: ['ops@example.com'] });
});
