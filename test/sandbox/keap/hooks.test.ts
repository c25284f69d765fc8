import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { KeapSandbox } from '../../../src/sandbox/index.js';
import { blankOrder, createOrder, keap, newOrder, rest, restV1, stopKeap } from './wire.js';

interface Message {
  path: string;
  // biome-ignore lint/suspicious/noExplicitAny: the tests state the shapes themselves
  body: any;
}

let sandbox: KeapSandbox;
let receiver: Server;
/** Calls, without handshakes. */
let received: Message[];
/** The secrets of handshakes. */
let secrets: string[];
/** What handshakes are answered with: their own secret, unless the test is about another. */
let returned: (secret: string) => string;
/** What calls are answered with, first to last; then 200. */
let answers: number[];

beforeEach(async () => {
  received = [];
  secrets = [];
  answers = [];
  returned = (secret) => secret;
  receiver = createServer(async (request, response) => {
    const secret = request.headers['x-hook-secret'];
    if (typeof secret === 'string') {
      secrets.push(secret);
      response.writeHead(200, { 'x-hook-secret': returned(secret) }).end();
      return;
    }
    received.push({ path: request.url ?? '', body: JSON.parse(await text(request)) });
    response.writeHead(answers.shift() ?? 200).end();
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  sandbox = await keap({ startTime: Date.parse('2026-01-15T17:00:00Z'), billing: 'off' });
});
afterEach(async () => {
  await stopKeap();
  receiver.close();
});

const address = (name: string) => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/${name}`;
const hook = async (eventKey: string, name = 'a') =>
  (await restV1(sandbox, 'POST', '/hooks', { eventKey, hookUrl: address(name) })).body;
const status = async (key: string) => (await restV1(sandbox, 'GET', `/hooks/${key}`)).body.status;
const deliveries = () => sandbox.ledger().webhooks;
/** Waits until so many calls were made and answered, or lost. */
const ended = (count: number) =>
  vi.waitFor(() => {
    const ends = deliveries().filter(({ end }) => end !== null);
    if (ends.length < count) throw new Error(`${ends.length} of ${count} calls`);
    return ends;
  });
/** Lets what waits be called, and what was called be answered. */
const minute = async (calls: number) => {
  sandbox.clock.advance(30_000);
  await rest(sandbox, 'GET', '/merchants');
  sandbox.clock.advance(30_000);
  return ended(calls);
};
const ids = (message: Message | undefined) => message?.body.object_keys.map(({ id }: { id: number }) => id);

test('a hook is made once its receiver gave the secret back, is listed, changed and deleted', async () => {
  const made = await hook('invoice.payment.add');
  expect(made).toEqual({
    key: '169',
    eventKey: 'invoice.payment.add',
    hookUrl: address('a'),
    status: 'Verified',
  });
  expect((await restV1(sandbox, 'GET', '/hooks')).body).toEqual([made]);
  const sameAddress = { eventKey: 'order.add', hookUrl: address('a') };
  expect((await restV1(sandbox, 'PUT', '/hooks/169', sameAddress)).body).toMatchObject({ eventKey: 'order.add' });
  expect(secrets).toHaveLength(1);
  await restV1(sandbox, 'PUT', '/hooks/169', { ...sameAddress, hookUrl: address('b') });
  expect(secrets).toHaveLength(2);
  expect((await restV1(sandbox, 'DELETE', '/hooks/169')).status).toBe(204);
  const missing = await restV1(sandbox, 'GET', '/hooks/169');
  expect([missing.status, missing.body.message]).toEqual([404, 'Hook 169 was not found']);
  expect(sandbox.ledger().hooks).toMatchObject([{ key: 169, handshakes: 2, deleted: true }]);
});

test('the events are listed, and no others can be asked for', async () => {
  const { body } = await restV1(sandbox, 'GET', '/hooks/event_keys');
  expect(body).toEqual(
    expect.arrayContaining(['order.add', 'invoice.payment.edit', 'subscription.delete', 'opportunity.stage_move']),
  );
  for (const wrong of [{ eventKey: 'order.sing' }, { hookUrl: 'nowhere' }, { eventKey: undefined }]) {
    const asked = { eventKey: 'order.add', hookUrl: address('a'), ...wrong };
    expect((await restV1(sandbox, 'POST', '/hooks', asked)).status).toBe(400);
  }
  expect(sandbox.ledger().hooks).toEqual([]);
});

test('a receiver that gives another secret, or none, leaves the hook unverified, and it hears nothing', async () => {
  returned = () => 'another';
  const { key, status: first } = await hook('order.add');
  expect(first).toBe('Unverified');
  await createOrder(sandbox);
  await minute(0);
  expect(received).toEqual([]);
  expect((await restV1(sandbox, 'POST', `/hooks/${key}/verify`)).body.status).toBe('Unverified');
  returned = (secret) => secret;
  expect((await restV1(sandbox, 'POST', `/hooks/${key}/verify`)).body.status).toBe('Verified');
  const elsewhere = { eventKey: 'order.add', hookUrl: 'http://127.0.0.1:1/' };
  expect((await restV1(sandbox, 'POST', '/hooks', elsewhere)).body.status).toBe('Unverified');
});

test('a receiver that does not answer holds the call up, and no longer than the sandbox runs', async () => {
  receiver.removeAllListeners('request');
  const reached = once(receiver, 'request');
  const answer = expect(hook('order.add')).rejects.toThrow('fetch failed');
  await reached;
  expect(sandbox.ledger().hooks).toMatchObject([{ status: 'Unverified', handshakes: 1 }]);
  await stopKeap();
  await answer;
  receiver.closeAllConnections();
});

test('a receiver may bring the secret by itself, later', async () => {
  returned = () => '';
  const { key } = await hook('order.add');
  const bring = (secret: string) =>
    restV1(sandbox, 'POST', `/hooks/${key}/delayedVerify`, undefined, { 'x-hook-secret': secret });
  expect((await bring('guessed')).status).toBe(400);
  expect((await bring(secrets[0] ?? '')).body).toMatchObject({ status: 'Verified' });
});

test('a change is told after a minute at most, with ids and nothing else', async () => {
  await hook('order.add');
  const { id } = await createOrder(sandbox);
  sandbox.clock.advance(29_000);
  await rest(sandbox, 'GET', '/merchants');
  expect(deliveries()).toEqual([]);
  await minute(1);
  expect(received).toEqual([
    {
      path: '/a',
      body: {
        event_key: 'order.add',
        object_type: 'order',
        object_keys: [{ id: Number(id), apiUrl: '', timestamp: expect.stringMatching(/^2026-01-15T17:0.:..Z$/) }],
      },
    },
  ]);
  expect(deliveries()).toMatchObject([{ reference: `order.add ${id}`, attempt: 1, status: 200 }]);
});

test('changes that come together go in one call, each record once; of more than a thousand in two', async () => {
  await hook('contact.add');
  await hook('contact.edit', 'edits');
  for (let count = 0; count < 1_001; count += 1) sandbox.controls.seedContact({ email: `${count}@example.com` });
  await rest(sandbox, 'PATCH', '/contacts/55', { given_name: 'Eva' });
  await rest(sandbox, 'PATCH', '/contacts/55', { given_name: 'Ada' });
  await minute(3);
  const added = received.filter(({ path }) => path === '/a').map((message) => ids(message).length);
  expect(added.sort()).toEqual([1, 1000]);
  expect(received.filter(({ path }) => path === '/edits').map(ids)).toEqual([[55]]);
});

test('orders, invoices, payments and subscriptions tell of themselves, over both transports', async () => {
  const events = [
    'order.add',
    'order.edit',
    'order.delete',
    'invoice.add',
    'invoice.delete',
    'invoice.payment.add',
    'invoice.payment.edit',
    'subscription.add',
    'subscription.edit',
    'subscription.delete',
  ];
  for (const event of events) await hook(event, event);
  const { id } = await createOrder(sandbox);
  const payment = { payment_method_id: 'pm-72', payment_amount: 54.9, apply_to_commissions: false };
  await rest(sandbox, 'POST', `/orders/${id}/payments`, payment);
  sandbox.controls.nextCharge({ outcome: 'pending' });
  const { body: pending } = await rest(sandbox, 'POST', `/orders/${id}/payments`, payment);
  sandbox.controls.settleCharges({ orderId: Number(id), approved: true });
  const gone = await blankOrder(sandbox);
  sandbox.controls.deleteOrder({ orderId: 2076 });
  const subscriptionId = sandbox.controls.seedSubscription();
  sandbox.controls.stopSubscription({ subscriptionId });
  sandbox.controls.deleteSubscription({ subscriptionId });
  await minute(events.length);
  const told = Object.fromEntries(received.map((message) => [message.path.slice(1), ids(message)]));
  const [order] = sandbox.ledger().orders;
  const transactions = order?.transactions.map((transaction) => transaction.id) ?? [];
  // A failed attempt is told like a payment.
  expect(transactions).toHaveLength(2);
  expect(told).toEqual({
    'order.add': [2075, 2076],
    'order.edit': [2075, 2076],
    'order.delete': [2076],
    'invoice.add': [2087, gone],
    'invoice.delete': [gone],
    'invoice.payment.add': transactions,
    'invoice.payment.edit': [Number(pending.transaction_id)],
    'subscription.add': [subscriptionId],
    'subscription.edit': [subscriptionId],
    'subscription.delete': [subscriptionId],
  });
  const failed = await restV1(sandbox, 'GET', `/transactions/${transactions[0]}`);
  expect(failed.body).toMatchObject({ status: 'FAILED', order_ids: id, amount: 54.9, contact_id: 55 });
  expect(failed.body.errors).toContain('declined');
});

test('an error is tried again after 45 seconds, 5 and 30 minutes; after the fourth the hook is inactive', async () => {
  const { key } = await hook('order.add');
  answers = [500, 404, 500, 503];
  await createOrder(sandbox);
  await minute(1);
  for (const [attempt, wait] of [45_000, 300_000, 1_800_000].entries()) {
    expect(await status(key)).toBe('Verified');
    sandbox.clock.advance(wait - 10_000);
    await rest(sandbox, 'GET', '/merchants');
    expect(deliveries()).toHaveLength(attempt + 1);
    sandbox.clock.advance(10_000);
    await ended(attempt + 2);
  }
  await vi.waitFor(async () => expect(await status(key)).toBe('Inactive'));
  await rest(sandbox, 'POST', '/orders', newOrder('EXT-2'));
  await minute(4);
  expect(deliveries()).toHaveLength(4);
  expect((await restV1(sandbox, 'POST', `/hooks/${key}/verify`)).body.status).toBe('Verified');
  await rest(sandbox, 'POST', '/orders', newOrder('EXT-3'));
  await minute(5);
  expect(ids(received.at(-1))).toEqual([2077]);
});

test('302 is an answer like any other, and 410 ends the hook at once', async () => {
  const { key } = await hook('order.add');
  answers = [302, 410];
  await createOrder(sandbox);
  await minute(1);
  expect(await status(key)).toBe('Verified');
  await rest(sandbox, 'POST', '/orders', newOrder('EXT-2'));
  await minute(2);
  await vi.waitFor(async () => expect(await status(key)).toBe('Inactive'));
  sandbox.clock.advance(86_400_000);
  await rest(sandbox, 'GET', '/merchants');
  expect(deliveries()).toHaveLength(2);
});

test('what waits for a hook that is deleted, or for another try at it, is dropped', async () => {
  const { key } = await hook('order.add');
  answers = [500];
  await createOrder(sandbox);
  await minute(1);
  await rest(sandbox, 'POST', '/orders', newOrder('EXT-2'));
  await restV1(sandbox, 'DELETE', `/hooks/${key}`);
  await minute(1);
  sandbox.clock.advance(86_400_000);
  await rest(sandbox, 'GET', '/merchants');
  expect(deliveries()).toHaveLength(1);
});

test('calls may be lost, doubled, overtaken, or collected', async () => {
  await hook('order.add');
  const { controls } = sandbox;
  controls.webhook({ batchMs: 0, delayMs: 0, lossShare: 1 });
  await createOrder(sandbox);
  expect(await ended(1)).toMatchObject([{ end: 'lost' }]);
  controls.webhook({ lossShare: 0, duplicateShare: 1 });
  await createOrder(sandbox, 'EXT-2');
  expect((await ended(3)).slice(1)).toMatchObject([{ duplicate: false }, { duplicate: true }]);
  controls.webhook({ duplicateShare: 0, reorderShare: 1 });
  await createOrder(sandbox, 'EXT-3');
  await createOrder(sandbox, 'EXT-4');
  expect((await ended(5)).slice(3).map(({ reference }) => reference)).toEqual(['order.add 2078', 'order.add 2077']);
  controls.webhook({ reorderShare: 0, paused: true });
  await createOrder(sandbox, 'EXT-5');
  expect([sandbox.ledger().webhooksCollected, deliveries().length]).toEqual([1, 5]);
  expect(controls.releaseWebhooks()).toBe(1);
  await ended(6);
});

test('a call by hand, about anything, to all that are verified for it', async () => {
  await hook('subscription.edit', 'a');
  await hook('subscription.edit', 'b');
  const { key } = await hook('subscription.edit', 'silent');
  sandbox.controls.setHookStatus({ key: Number(key), status: 'Inactive' });
  sandbox.controls.webhook({ paused: true, lossShare: 1 });
  expect(sandbox.controls.sendWebhook({ eventKey: 'subscription.edit', ids: [1, 2] })).toBe(2);
  await ended(2);
  expect(received.map((message) => [message.path, ids(message)]).sort()).toEqual([
    ['/a', [1, 2]],
    ['/b', [1, 2]],
  ]);
  expect(() => sandbox.controls.setHookStatus({ key: 1, status: 'Inactive' })).toThrow('Keap has no hook 1.');
});

test('a reset forgets hooks and what was to be told', async () => {
  await hook('order.add');
  await createOrder(sandbox);
  sandbox.reset();
  await minute(0);
  expect([received, sandbox.ledger().hooks, deliveries()]).toEqual([[], [], []]);
});
