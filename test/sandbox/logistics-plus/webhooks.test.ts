import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LogisticsPlusSandbox } from '../../../src/sandbox/index.js';
import { createOrder, logisticsPlus, search, stopLogisticsPlus } from './wire.js';

interface Message {
  url: string;
  headers: IncomingHttpHeaders;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: the tests state the shapes themselves
  body: any;
}

let sandbox: LogisticsPlusSandbox;
let receiver: Server;
let received: Message[];
/** What the receiver answers, first to last; then 200. */
let answers: number[];

beforeEach(async () => {
  received = [];
  answers = [];
  receiver = createServer(async (request, response) => {
    const { url = '', headers } = request;
    const body = await text(request);
    received.push({ url, headers, text: body, body: JSON.parse(body) });
    response.writeHead(answers.shift() ?? 200, { location: '/elsewhere' }).end('{}');
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  sandbox = await logisticsPlus({
    webhook: { url: hook(), headers: { 'x-hook-secret': 'open sesame' } },
  });
});
afterEach(async () => {
  await stopLogisticsPlus();
  receiver.close();
});

const hook = () => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks?key=open-sesame`;
const target = { reference: 'SHOP-1' };
const deliveries = () => sandbox.ledger().webhooks;
/** Waits until so many POSTs were made and answered, or lost. */
const ended = (count: number) =>
  vi.waitFor(() => {
    const ends = deliveries().filter(({ end }) => end !== null);
    if (ends.length < count) throw new Error(`${ends.length} of ${count} deliveries`);
    return ends;
  });

test('each change of a shipment is told, with the secret in header and query, which the ledger does not hold', async () => {
  const { shipments } = await createOrder(sandbox);
  const [{ id }] = shipments;
  sandbox.controls.hold(target);
  await ended(1);
  sandbox.controls.release(target);
  sandbox.controls.pick(target);
  sandbox.controls.finalize(target);
  await ended(4);
  expect(received[0]).toMatchObject({
    url: '/hooks?key=open-sesame',
    headers: { 'content-type': 'application/json', 'x-hook-secret': 'open sesame' },
    body: {
      id: expect.stringMatching(/^[0-9a-f]{8}-/),
      warehouseCode: 'LAW',
      primaryReference: 'SHOP-1',
      status: 'PRS',
      shipments: [{ id, status: 'HEL' }],
    },
  });
  expect(received.map(({ body }) => body.shipments[0].status).sort()).toEqual(['ENT', 'FIN', 'HEL', 'PIC']);
  expect(deliveries()[0]).toMatchObject({
    id: 1,
    messageId: 1,
    reference: 'SHOP-1',
    bodyDigest: createHash('sha256')
      .update(received[0]?.text ?? '')
      .digest('hex'),
    attempt: 1,
    duplicate: false,
    end: 'answered',
    status: 200,
  });
  expect(JSON.stringify(sandbox.ledger())).not.toMatch(/open.sesame/);
});

test('neither a new order nor a PATCH is told: no shipment has another status', async () => {
  await createOrder(sandbox);
  sandbox.clock.advance(60_000);
  await search(sandbox);
  expect(deliveries()).toEqual([]);
});

test('each shipment of an order is told of by itself', async () => {
  await createOrder(sandbox);
  sandbox.controls.split({ ...target, lines: [{ line: '010', quantity: 1 }] });
  sandbox.controls.pick(target);
  await ended(2);
  const seen = received.map(({ body }) => body.shipments.map(({ status }: { status: string }) => status).join());
  expect(seen.sort()).toEqual(['PIC,ENT', 'PIC,PIC']);
});

test('a message comes before a lagging search shows what it is about', async () => {
  await createOrder(sandbox);
  sandbox.clock.advance(60_000);
  sandbox.controls.settings({ searchLagMs: 10_000 });
  sandbox.controls.pick(target);
  await ended(1);
  expect(received[0]?.body.shipments[0].status).toBe('PIC');
  expect((await search(sandbox))[0].shipments[0].status).toBe('ENT');
});

test.each([
  ['data', (body: { data: object }) => body.data],
  ['orders', (body: { data: { orders: object[] } }) => body.data.orders[0]],
] as const)('the body may have the order in %s', async (form, unwrap) => {
  sandbox.controls.webhook({ form });
  await createOrder(sandbox);
  sandbox.controls.pick(target);
  await ended(1);
  expect(unwrap(received[0]?.body)).toMatchObject({ primaryReference: 'SHOP-1', shipments: [{ status: 'PIC' }] });
});

test('whatever is not 200 is tried again on schedule, with the same body, until it is', async () => {
  answers = [500, 202, 302, 200];
  await createOrder(sandbox);
  sandbox.controls.pick(target);
  for (const [index, wait] of [60_000, 300_000, 1_800_000].entries()) {
    await ended(index + 1);
    sandbox.clock.advance(wait - 1_000);
    expect(deliveries()).toHaveLength(index + 1);
    sandbox.clock.advance(1_000);
  }
  const all = await ended(4);
  expect(all.map(({ status, attempt, messageId }) => [status, attempt, messageId])).toEqual([
    [500, 1, 1],
    [202, 2, 1],
    [302, 3, 1],
    [200, 4, 1],
  ]);
  expect(new Set(received.map((message) => message.text)).size).toBe(1);
  expect(received.every(({ url }) => url.startsWith('/hooks'))).toBe(true);
  sandbox.clock.advance(86_400_000);
  expect(deliveries()).toHaveLength(4);
});

test('it is tried so often and no more; nobody there counts as a failure', async () => {
  sandbox.controls.webhook({ url: 'http://127.0.0.1:1/', retryDelaysMs: [1_000] });
  await createOrder(sandbox);
  sandbox.controls.pick(target);
  await ended(1);
  sandbox.clock.advance(1_000);
  await ended(2);
  sandbox.clock.advance(86_400_000);
  expect(deliveries()).toMatchObject([
    { attempt: 1, end: 'failed', status: null },
    { attempt: 2, end: 'failed', status: null },
  ]);
});

test('a lost message never arrives, and is not sent again', async () => {
  sandbox.controls.webhook({ lossShare: 1 });
  await createOrder(sandbox);
  sandbox.controls.pick(target);
  expect(await ended(1)).toMatchObject([{ end: 'lost', status: null }]);
  sandbox.clock.advance(86_400_000);
  expect([deliveries().length, received.length]).toEqual([1, 0]);
});

test('losses are the same each time, and others from another beginning', async () => {
  const lostOf = async (seed: number) => {
    await stopLogisticsPlus();
    sandbox = await logisticsPlus({ seed, webhook: { url: hook(), lossShare: 0.5 } });
    await createOrder(sandbox);
    for (let i = 1; i <= 10; i += 1) {
      sandbox.controls.setShipmentStatus({ ...target, status: i % 2 === 0 ? 'HEL' : 'QCK' });
      await ended(i);
    }
    return deliveries().map(({ end }) => end);
  };
  const first = await lostOf(1);
  expect(new Set(first)).toEqual(new Set(['lost', 'answered']));
  expect(await lostOf(1)).toEqual(first);
  expect(await lostOf(2)).not.toEqual(first);
});

test('a message may come twice', async () => {
  sandbox.controls.webhook({ duplicateShare: 1 });
  await createOrder(sandbox);
  sandbox.controls.pick(target);
  expect(await ended(2)).toMatchObject([
    { messageId: 1, duplicate: false },
    { messageId: 1, duplicate: true },
  ]);
  expect(received[0]?.text).toBe(received[1]?.text);
});

test('a message may come late', async () => {
  sandbox.controls.webhook({ delayMs: 5_000 });
  await createOrder(sandbox);
  sandbox.controls.pick(target);
  expect(deliveries()).toEqual([]);
  sandbox.clock.advance(5_000);
  expect(await ended(1)).toMatchObject([{ end: 'answered' }]);
});

test('a message may be overtaken by the next, or come when none does', async () => {
  sandbox.controls.webhook({ reorderShare: 1 });
  await createOrder(sandbox);
  sandbox.controls.pick(target);
  expect(deliveries()).toEqual([]);
  sandbox.controls.finalize(target);
  expect((await ended(2)).map(({ messageId }) => messageId)).toEqual([2, 1]);
  expect(received.map(({ body }) => body.shipments[0].status)).toEqual(['FIN', 'PIC']);
  sandbox.controls.setShipmentStatus({ ...target, status: 'QCK' });
  expect(deliveries()).toHaveLength(2);
  sandbox.clock.advance(10_000);
  expect((await ended(3))[2]).toMatchObject({ messageId: 3 });
});

test('messages are collected until they are released', async () => {
  sandbox.controls.webhook({ paused: true });
  await createOrder(sandbox);
  sandbox.controls.pick(target);
  sandbox.controls.finalize(target);
  expect([sandbox.ledger().webhooksCollected, deliveries()]).toEqual([2, []]);
  expect(sandbox.controls.releaseWebhooks({ count: 1 })).toBe(1);
  await ended(1);
  expect(received[0]?.body).toMatchObject({ status: 'PRS', shipments: [{ status: 'PIC' }] });
  expect(sandbox.controls.releaseWebhooks()).toBe(1);
  await ended(2);
  expect(sandbox.ledger().webhooksCollected).toBe(0);
});

test('a message by hand: what it is now, what it was, and of what nobody knows, past every switch', async () => {
  sandbox.controls.webhook({ paused: true, lossShare: 1 });
  const { id, shipments } = await createOrder(sandbox);
  sandbox.controls.cancel(target);
  sandbox.controls.sendWebhook(target);
  await ended(1);
  const stale = [{ id: shipments[0].id, status: 'PIC' }];
  sandbox.controls.sendWebhook({ ...target, status: 'PRS', shipments: stale });
  await ended(2);
  sandbox.controls.sendWebhook({ reference: 'NOBODY', warehouseCode: 'CLW' });
  await ended(3);
  expect(received.map(({ body }) => body)).toMatchObject([
    { status: 'CAN', shipments: [{ status: 'CAN' }] },
    { status: 'PRS', shipments: stale },
    { primaryReference: 'NOBODY', warehouseCode: 'CLW', shipments: [] },
  ]);
  expect(JSON.stringify(received.map(({ body }) => body.id))).not.toContain(id);
});

test('without an address nothing is sent, and by hand that is said', async () => {
  sandbox.controls.webhook({ url: null });
  await createOrder(sandbox);
  sandbox.controls.pick(target);
  expect(sandbox.ledger()).toMatchObject({ webhooks: [], webhooksCollected: 0 });
  expect(() => sandbox.controls.sendWebhook(target)).toThrow('There is no webhook');
});

test('a reset ends what is on its way, and keeps the settings', async () => {
  answers = [500];
  await createOrder(sandbox);
  sandbox.controls.pick(target);
  await ended(1);
  sandbox.reset();
  sandbox.clock.advance(86_400_000);
  expect(deliveries()).toEqual([]);
  await createOrder(sandbox);
  sandbox.controls.pick(target);
  await ended(1);
  expect(received).toHaveLength(2);
});
