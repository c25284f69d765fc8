import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failedFully, failureOf } from '../hands.js';
import { type Reply, ScriptedServer } from '../scripted-server.js';
import {
  API_KEY,
  changesOf,
  envelope,
  handsOf,
  listOf,
  ORDER_ID,
  orderOf,
  refusal,
  shipment,
  showing,
  there,
} from './rig.js';

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.stop());

const made = { orderId: ORDER_ID };
const order = orderOf();

/** Each call of the platform, by the step that makes it. */
const calls = {
  'orders.search': (hands: ReturnType<typeof handsOf>) => hands.findOrder(order),
  'orders.create': (hands: ReturnType<typeof handsOf>) => hands.createOrder(order),
  'orders.update': (hands: ReturnType<typeof handsOf>) => hands.amendOrder(order, made),
};
type Operation = keyof typeof calls;
const operations = Object.keys(calls) as Operation[];

const PAGE = '<html><title>Service Unavailable</title>Dana Rivers</html>';
const by = (status: number): Reply => ({ status, body: refusal(status) });
const page = (status: number): Reply => ({ status, body: PAGE, headers: { 'content-type': 'text/html' } });
const whole = JSON.stringify({ search: listOf(there()), create: envelope(there()) });

/** What a search, a create and an update end with. */
const open = ['Unavailable', 'OutcomeUnknown', 'Unavailable'];
const all = (type: string) => [type, type, type];

const outcomes: [string, Reply, string[]][] = [
  ['302', { status: 302, headers: { location: '/login' } }, open],
  ['400', by(400), all('Rejected')],
  ['400 with a page', page(400), all('Rejected')],
  ['401', by(401), all('NotAuthorized')],
  ['403', by(403), all('NotAuthorized')],
  ['404', by(404), ['Unavailable', 'Rejected', 'Rejected']],
  ['404 with a page', page(404), open],
  ['404 with nothing', { status: 404 }, open],
  ['405', by(405), all('Rejected')],
  ['408', by(408), open],
  ['409', by(409), all('Rejected')],
  ['422', by(422), all('Rejected')],
  ['429', by(429), all('RateLimited')],
  ['500', by(500), open],
  ['501', by(501), all('Rejected')],
  ['502 with a page', page(502), open],
  ['503', by(503), open],
  ['504', page(504), open],
  ['200 with a page', page(200), open],
  ['200 with nothing', { body: '' }, open],
  ['200 with half of it', { body: whole.slice(0, -20) }, open],
  ['200, broken off', { body: whole, cut: true }, open],
  ['200 with another shape', { body: { data: [] } }, ['Unreadable', 'OutcomeUnknown', 'Unreadable']],
  [
    '200 with an error inside',
    { body: { ...refusal(400), data: null } },
    ['Unreadable', 'OutcomeUnknown', 'Unreadable'],
  ],
];

describe.each(operations.map((operation, index) => [operation, index] as const))('%s', (operation, index) => {
  test.each(outcomes)('%s', async (_, reply, expected) => {
    server.answers(reply);
    const { type, message, details } = await failedFully(calls[operation](handsOf(server)));
    expect(type).toBe(expected[index]);
    // Nothing is sent twice.
    expect(server.received).toHaveLength(1);
    const all = message + JSON.stringify(details);
    for (const secret of [API_KEY, 'Dana', 'Rivers', 'Harbor', '@example', '<html']) expect(all).not.toContain(secret);
  });
});

describe('a failure says', () => {
  test('what was refused, in words, without the people, with the id for the platform', async () => {
    server.answers(by(400));
    const failed = await failedFully(handsOf(server).createOrder(order));
    expect(failed.message).toBe(
      'Logistics Plus answered orders.create with 400: ' +
        'Validation error: Product TEA-100 for …, … (…), key … (/orderLines/1)',
    );
    expect(failed.details).toMatchObject({
      platform: 'logistics-plus',
      connection: 'logistics-plus/acme',
      operation: 'orders.create',
      reference: 'SHOP-700123',
      status: 400,
      code: 'validation',
      requestId: 'a0b1c2d3e4f5461788990a1b2c3d4e5f',
    });
  });

  test('what to check when the key or the organization is not known', async () => {
    server.answers(by(401));
    const { message } = await failureOf(handsOf(server, { organization: 'nobody' }).readOrder(order));
    expect(message).toContain('check apiKey and organization of logistics-plus/acme');
  });

  test('which product it is, also if it looks like the number of a card', async () => {
    const orderLines = [{ productCode: '4111111111111111', quantity: 1 }];
    server.answers({ status: 400, body: { errors: [{ detail: 'no product 4111111111111111, call 503-555-0142' }] } });
    const { message } = await failureOf(handsOf(server).createOrder(orderOf({ orderLines })));
    expect(message).toBe('Logistics Plus answered orders.create with 400: no product 4111111111111111, call …');
  });

  test('nothing in the words of the platform where nobody knows of whom it may speak', async () => {
    server.answers(by(400));
    const { message, details } = await failedFully(changesOf(server).look('SHOP-700123'));
    expect(message).toBe('Logistics Plus answered orders.search with 400');
    expect(details).toMatchObject({ status: 400, requestId: 'a0b1c2d3e4f5461788990a1b2c3d4e5f' });
  });

  test('no code and no request id that could be a text', async () => {
    const body = { ...refusal(400), id: 'Dana Rivers', errors: [{ code: '88 Harbor Road' }] };
    server.answers({ status: 400, body });
    const { details, message } = await failedFully(handsOf(server).createOrder(order));
    expect(details).not.toHaveProperty('requestId');
    expect(details).not.toHaveProperty('code');
    expect(message).toBe('Logistics Plus answered orders.create with 400');
  });

  test('what is said in PascalCase, and of many errors the first ones', async () => {
    const Errors = ['one', 'two', 'three', 'four'].map((Title) => ({ Title }));
    server.answers({ status: 400, body: { Data: {}, Id: 'r-1', Errors } });
    const { details, message } = await failedFully(handsOf(server).createOrder(order));
    expect(message).toBe('Logistics Plus answered orders.create with 400: one; two; three');
    expect(details.requestId).toBe('r-1');
  });
});

test('after a 429 the whole connection pauses for as long as the platform says', async () => {
  server.answers({ ...by(429), headers: { 'retry-after': '7' } });
  const hands = handsOf(server);
  await expect(hands.createOrder(order)).rejects.toMatchObject({ type: 'RateLimited', nextRetryDelay: 7_000 });
  expect(await failureOf(hands.readOrder(order))).toMatchObject({ type: 'RateLimited' });
  expect(server.received).toHaveLength(1);
});

test('a refused connection leaves no doubt', async () => {
  const gone = await ScriptedServer.start();
  const hands = handsOf(gone);
  await gone.stop();
  for (const operation of operations) {
    expect(await failureOf(calls[operation](hands))).toMatchObject({ type: 'Unavailable' });
  }
});

test('an order that is only read is never written', async () => {
  server.answers(showing([there({ shipments: [shipment({ status: 'FIN' })] })]));
  const hands = handsOf(server, { stopNote: 'STOP' });
  await hands.findOrder(order);
  await hands.readOrder(order);
  await hands.readAmendment(order, made);
  await hands.readResult(order, made);
  await hands.seeCanceled(order, made, 'yes');
  await hands.putStopNote(order, made);
  expect(new Set(server.received.map(({ method }) => method))).toEqual(new Set(['GET']));
});
