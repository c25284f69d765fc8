import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { InfoplusSandbox } from '../../../src/sandbox/index.js';
import { api, createOrder, find, infoplus, linesOf, newOrder, stopInfoplus } from './wire.js';

interface Message {
  headers: IncomingHttpHeaders;
  // biome-ignore lint/suspicious/noExplicitAny: the tests state the shapes themselves
  body: any;
}

let sandbox: InfoplusSandbox;
let receiver: Server;
let received: Message[];
/** What the receiver answers, first to last; then 200. */
let answers: number[];

beforeEach(async () => {
  received = [];
  answers = [];
  receiver = createServer(async (request, response) => {
    const { headers } = request;
    received.push({ headers, body: JSON.parse(await text(request)) });
    response.writeHead(answers.shift() ?? 200).end('{}');
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  sandbox = await infoplus({ pendingMs: 30_000, webhook: { url: hook(), headers: { 'x-secret': 'open sesame' } } });
});
afterEach(async () => {
  await stopInfoplus();
  receiver.close();
});

const hook = () => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks`;
const target = { reference: 'SHOP-1' };
const deliveries = () => sandbox.ledger().webhooks;
/** Waits until so many POSTs were made and answered, or lost. */
const ended = (count: number) =>
  vi.waitFor(() => {
    const ends = deliveries().filter(({ end }) => end !== null);
    if (ends.length < count) throw new Error(`${ends.length} of ${count} deliveries`);
    return ends;
  });
const seen = () => received.map(({ body }) => `${body.orderNo} ${body.status}`);

/** An order that is On Order, and everything told of it until then forgotten. */
async function onOrder(change: object = {}) {
  sandbox.controls.webhook({ url: null });
  await createOrder(sandbox, 'SHOP-1', change);
  sandbox.clock.advance(30_000);
  await find(sandbox, 'orderNo eq 48211');
  sandbox.controls.webhook({ url: hook() });
}

test('the script tells of each status of an order, with the secret in a header, which the ledger does not hold', async () => {
  await createOrder(sandbox);
  await ended(1);
  expect(received[0]).toMatchObject({
    headers: { 'content-type': 'application/json', 'x-secret': 'open sesame' },
    body: {
      ...{ event: 'order.status', orderNo: '48211', lobId: 10_000, status: 'Pending', customerOrderNo: 'SHOP-1' },
    },
  });
  // Nobody has to ask for what happens by itself.
  sandbox.clock.advance(30_000);
  await ended(2);
  sandbox.controls.process(target);
  await ended(3);
  sandbox.controls.ship(target);
  await ended(4);
  expect(seen()).toEqual(['48211 Pending', '48211 On Order', '48211 Processed', '48211 Shipped']);
  expect(deliveries()[0]).toMatchObject({
    messageId: 1,
    reference: 'SHOP-1',
    attempt: 1,
    end: 'answered',
    status: 200,
  });
  expect(JSON.stringify(sandbox.ledger())).not.toContain('open sesame');
});

test('back orders are told of by their own numbers, and an order without a reference by its number', async () => {
  await onOrder(linesOf({ 'MUG-B': 1, 'LAMP-3': 1 }));
  sandbox.controls.process(target);
  await ended(2);
  sandbox.controls.receiveStock({ sku: 'LAMP-3', quantity: 1 });
  await ended(3);
  expect(seen().slice(0, 2).sort()).toEqual(['48211 Processed', '48211.001 Back Order']);
  expect(seen()[2]).toBe('48211.001 On Order');
  await api(sandbox, 'POST', '/order', newOrder('', { customerOrderNo: undefined }));
  expect((await ended(4))[3]).toMatchObject({ reference: '48212' });
  expect(received[3]?.body).toMatchObject({ customerOrderNo: null, orderNo: '48212' });
});

test('what is no other status is not told', async () => {
  await onOrder();
  await api(sandbox, 'PUT', '/order/48211/tag/a');
  sandbox.controls.holdOrder(target);
  sandbox.controls.setStatus({ ...target, status: 'On Order' });
  await api(sandbox, 'DELETE', '/order/48211');
  expect(deliveries()).toEqual([]);
});

test('a message comes before a lagging search shows what it is about', async () => {
  await onOrder();
  sandbox.clock.advance(60_000);
  sandbox.controls.settings({ searchLagMs: 10_000 });
  sandbox.controls.process(target);
  await ended(1);
  expect(seen()).toEqual(['48211 Processed']);
  expect(await find(sandbox, 'orderNo eq 48211')).toMatchObject([{ status: 'On Order' }]);
});

test('a script tries once, unless it was written to try again', async () => {
  answers = [503, 503, 200];
  await onOrder();
  sandbox.controls.process(target);
  await ended(1);
  sandbox.clock.advance(86_400_000);
  expect(deliveries()).toHaveLength(1);
  sandbox.controls.webhook({ retryDelaysMs: [60_000] });
  sandbox.controls.ship(target);
  await ended(2);
  sandbox.clock.advance(60_000);
  expect((await ended(3)).map(({ attempt, status }) => [attempt, status])).toEqual([
    [1, 503],
    [1, 503],
    [2, 200],
  ]);
});

test('a message may be lost, come twice, or come late', async () => {
  await onOrder();
  sandbox.controls.webhook({ lossShare: 1 });
  sandbox.controls.process(target);
  expect(await ended(1)).toMatchObject([{ end: 'lost', status: null }]);
  sandbox.controls.webhook({ lossShare: 0, duplicateShare: 1, delayMs: 5_000 });
  sandbox.controls.ship(target);
  expect(deliveries()).toHaveLength(1);
  sandbox.clock.advance(5_000);
  expect((await ended(3)).slice(1)).toMatchObject([{ duplicate: false }, { duplicate: true }]);
  expect(seen()).toEqual(['48211 Shipped', '48211 Shipped']);
});

test('a message may be overtaken by the next', async () => {
  await onOrder();
  sandbox.controls.webhook({ reorderShare: 1 });
  sandbox.controls.process(target);
  expect(deliveries()).toEqual([]);
  sandbox.controls.ship(target);
  await ended(2);
  expect(seen()).toEqual(['48211 Shipped', '48211 Processed']);
});

test('messages are collected until they are released', async () => {
  await onOrder();
  sandbox.controls.webhook({ paused: true });
  sandbox.controls.process(target);
  sandbox.controls.ship(target);
  expect([sandbox.ledger().webhooksCollected, deliveries()]).toEqual([2, []]);
  expect(sandbox.controls.releaseWebhooks({ count: 1 })).toBe(1);
  await ended(1);
  expect(sandbox.controls.releaseWebhooks()).toBe(1);
  await ended(2);
  expect(seen()).toEqual(['48211 Processed', '48211 Shipped']);
});

test('a message by hand: what it is now, what it was, and of what nobody knows, past every switch', async () => {
  await onOrder();
  sandbox.controls.webhook({ paused: true, lossShare: 1 });
  sandbox.controls.cancel(target);
  sandbox.controls.sendWebhook({ orderNo: '48211' });
  await ended(1);
  sandbox.controls.sendWebhook({ orderNo: '48211', status: 'On Order' });
  await ended(2);
  sandbox.controls.sendWebhook({ orderNo: '7', customerOrderNo: 'NOBODY', lobId: 10_001 });
  await ended(3);
  expect(received.map(({ body }) => body)).toMatchObject([
    { orderNo: '48211', status: 'Cancelled', customerOrderNo: 'SHOP-1' },
    { orderNo: '48211', status: 'On Order', customerOrderNo: 'SHOP-1' },
    { orderNo: '7', status: 'On Order', customerOrderNo: 'NOBODY', lobId: 10_001 },
  ]);
});

test('without an address nothing is sent, and by hand that is said', async () => {
  sandbox.controls.webhook({ url: null });
  await createOrder(sandbox);
  expect(sandbox.ledger()).toMatchObject({ webhooks: [], webhooksCollected: 0 });
  expect(() => sandbox.controls.sendWebhook({ orderNo: '48211' })).toThrow('There is no webhook');
});

test('a reset ends what is on its way, and an order that was Pending then is told of no more', async () => {
  await createOrder(sandbox);
  await ended(1);
  sandbox.reset();
  sandbox.clock.advance(86_400_000);
  await createOrder(sandbox, 'SHOP-2');
  await ended(1);
  expect(seen()).toEqual(['48211 Pending', '48211 Pending']);
  expect(deliveries()).toMatchObject([{ reference: 'SHOP-2' }]);
});
