import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type FlxpointSandbox, flxpointSeed } from '../../../src/sandbox/index.js';
import { api, flxpoint, orderId, sentLine, stopFlxpoint } from './wire.js';

interface Message {
  path: string;
  body: unknown;
}

let sandbox: FlxpointSandbox;
let receiver: Server;
let received: Message[];
/** What the receiver answers, first to last; then 200. */
let answers: number[];

beforeEach(async () => {
  received = [];
  answers = [];
  receiver = createServer(async (request, response) => {
    received.push({ path: request.url ?? '', body: JSON.parse(await text(request)) });
    response.writeHead(answers.shift() ?? 200).end();
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  sandbox = await flxpoint();
});
afterEach(async () => {
  await stopFlxpoint();
  receiver.close();
});

const path = '/webhhok/configurations';
const address = (name: string) => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/${name}`;
const events = ['OrderImportedEvent', 'FulfillmentRequestProcessingEvent'];
const subscribe = async (name: string, more: object = {}) =>
  (await api(sandbox, 'POST', path, { webhookUrl: address(name), subscribedEvents: events, ...more })).body;
const deliveries = () => sandbox.ledger().webhooks;
/** Waits until so many POSTs were made and answered, or lost. */
const ended = (count: number) =>
  vi.waitFor(() => {
    const ends = deliveries().filter(({ end }) => end !== null);
    if (ends.length < count) throw new Error(`${ends.length} of ${count} deliveries`);
    return ends;
  });
const release = () => {
  const { fulfillmentRequestId } = sandbox.controls.generateFulfillmentRequest({
    orderId: sandbox.controls.seedOrder().orderId,
  });
  return sandbox.controls.release({ fulfillmentRequestId });
};

test('a configuration is made, listed, read and changed; address and events are asked for each time', async () => {
  const wanted = {
    configurationName: 'order flow',
    channelId: flxpointSeed.channelId,
    notificationEmail: 'a@b.example',
  };
  const made = await subscribe('a', wanted);
  expect(made).toMatchObject({ ...wanted, sourceId: null, status: 'active', subscribedEvents: events });
  expect((await api(sandbox, 'GET', path)).body).toEqual([made]);
  expect((await api(sandbox, 'GET', `${path}/${made.id}`)).body).toEqual(made);
  const change = { webhookUrl: address('b'), subscribedEvents: ['OrderImportedEvent'], status: 'disabled' };
  expect((await api(sandbox, 'PATCH', `${path}/${made.id}`, change)).body).toMatchObject({ ...wanted, ...change });
  expect((await api(sandbox, 'PATCH', `${path}/${made.id}`, { status: 'deleted' })).status).toBe(400);
  expect((await api(sandbox, 'PATCH', `${path}/1`, change)).status).toBe(404);
  expect((await api(sandbox, 'GET', `${path}/1`)).status).toBe(404);
});

test.each([
  ['no address', { webhookUrl: undefined }],
  ['no events', { subscribedEvents: undefined }],
  ['an event that is none', { subscribedEvents: ['ShipmentAddedEvent'] }],
])('with %s it is a 400', async (_, change) => {
  const body = { webhookUrl: address('a'), subscribedEvents: events, ...change };
  expect((await api(sandbox, 'POST', path, body)).status).toBe(400);
  expect(sandbox.ledger().webhookConfigurations).toEqual([]);
});

test('both events are told, with ids and nothing else, and no other change is', async () => {
  await subscribe('a');
  const { orderId: made } = sandbox.controls.seedOrder();
  await ended(1);
  const { fulfillmentRequestId } = sandbox.controls.generateFulfillmentRequest({ orderId: made });
  sandbox.controls.process({ fulfillmentRequestId });
  sandbox.controls.acknowledge({ fulfillmentRequestId });
  sandbox.controls.ship({ fulfillmentRequestId });
  sandbox.controls.setOrderStatus({ orderId: made, orderStatus: 'Closed' });
  await ended(2);
  expect(received).toEqual([
    { path: '/a', body: { event: 'OrderImportedEvent', orderId: made } },
    { path: '/a', body: { event: 'FulfillmentRequestProcessingEvent', orderId: made, fulfillmentRequestId } },
  ]);
  expect(deliveries()).toMatchObject([
    { reference: String(made), attempt: 1, end: 'answered', status: 200 },
    { reference: String(made) },
  ]);
});

test('again when a request is sent again', async () => {
  await subscribe('a');
  const { fulfillmentRequestId } = await sentLine(sandbox);
  sandbox.controls.failProcessing({ fulfillmentRequestId, error: 'no' });
  sandbox.controls.resend({ fulfillmentRequestId });
  await ended(2);
  expect(received).toHaveLength(2);
});

test('each subscriber hears of what it asked for: event, channel, source, while it is active', async () => {
  const { channelId, otherChannelId, sourceId, otherSourceId } = flxpointSeed;
  await subscribe('all');
  await subscribe('imports', { subscribedEvents: ['OrderImportedEvent'] });
  await subscribe('channel', { channelId });
  await subscribe('other-channel', { channelId: otherChannelId });
  await subscribe('source', { sourceId });
  await subscribe('other-source', { sourceId: otherSourceId });
  const gone = await subscribe('gone');
  const change = { webhookUrl: gone.webhookUrl, subscribedEvents: events, status: 'deleted' };
  await api(sandbox, 'PATCH', `${path}/${gone.id}`, change);
  release();
  await ended(6);
  const heard = (event: string) =>
    received.filter(({ body }) => (body as { event: string }).event === event).map((message) => message.path);
  expect(heard('OrderImportedEvent').sort()).toEqual(['/all', '/channel', '/imports']);
  expect(heard('FulfillmentRequestProcessingEvent').sort()).toEqual(['/all', '/channel', '/source']);
});

test('nothing is tried again unless told so', async () => {
  answers = [500];
  await subscribe('a', { subscribedEvents: ['OrderImportedEvent'] });
  sandbox.controls.seedOrder();
  await ended(1);
  sandbox.clock.advance(86_400_000);
  expect(deliveries()).toMatchObject([{ status: 500 }]);
  sandbox.controls.webhook({ retryDelaysMs: [60_000] });
  answers = [500];
  sandbox.controls.seedOrder();
  await ended(2);
  sandbox.clock.advance(60_000);
  expect(await ended(3)).toMatchObject([{}, { attempt: 1 }, { attempt: 2, status: 200 }]);
});

test('messages may be lost, doubled, late, overtaken, or collected', async () => {
  await subscribe('a', { subscribedEvents: ['OrderImportedEvent'] });
  const { controls, clock } = sandbox;
  controls.webhook({ lossShare: 1 });
  controls.seedOrder();
  expect(await ended(1)).toMatchObject([{ end: 'lost' }]);
  controls.webhook({ lossShare: 0, duplicateShare: 1 });
  controls.seedOrder();
  expect((await ended(3)).slice(1)).toMatchObject([{ duplicate: false }, { duplicate: true }]);
  controls.webhook({ duplicateShare: 0, delayMs: 5_000 });
  controls.seedOrder();
  expect(deliveries()).toHaveLength(3);
  clock.advance(5_000);
  await ended(4);
  controls.webhook({ delayMs: 0, reorderShare: 1 });
  controls.seedOrder();
  controls.seedOrder();
  expect((await ended(6)).slice(4).map(({ messageId }) => messageId)).toEqual([5, 4]);
  controls.webhook({ reorderShare: 0, paused: true });
  controls.seedOrder();
  expect([sandbox.ledger().webhooksCollected, deliveries().length]).toEqual([1, 6]);
  expect(controls.releaseWebhooks()).toBe(1);
  await ended(7);
});

test('a message by hand, about anything, to all that subscribed', async () => {
  await subscribe('a');
  await subscribe('b');
  sandbox.controls.webhook({ paused: true, lossShare: 1 });
  const subject = { event: 'FulfillmentRequestProcessingEvent', orderId: 1, fulfillmentRequestId: 2 } as const;
  expect(sandbox.controls.sendWebhook(subject)).toBe(2);
  await ended(2);
  expect(received.map(({ body }) => body)).toEqual([subject, subject]);
});

test('without subscribers nothing is sent; a reset forgets them', async () => {
  await sentLine(sandbox);
  expect(sandbox.controls.sendWebhook({ event: 'OrderImportedEvent', orderId })).toBe(0);
  await subscribe('a');
  sandbox.reset();
  sandbox.controls.seedOrder();
  expect(sandbox.ledger()).toMatchObject({ webhookConfigurations: [], webhooks: [], webhooksCollected: 0 });
});
