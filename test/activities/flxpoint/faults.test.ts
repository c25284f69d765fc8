import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failedFully, failureOf } from '../hands.js';
import type { Reply } from '../scripted-server.js';
import { ScriptedServer } from '../scripted-server.js';
import { answering, at, changesOf, handsOf, made, ORDER_ID, TOKEN, there, wanted, without } from './rig.js';

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.stop());

const TAGS = `PATCH /orders/${ORDER_ID}/tags`;
const ITEMS = `POST /orders/${ORDER_ID}/items`;
type Hands = ReturnType<typeof handsOf>;

/** A read, a write that may be repeated, one that may not: each with the step that makes it. */
const calls = {
  'orders.get': (hands: Hands) => hands.rememberItems(at),
  'orders.setTags': (hands: Hands) => hands.tagLine(at, made),
  'orders.addItem': (hands: Hands) => hands.addLine(at, wanted()),
};
type Operation = keyof typeof calls;

/** Only the call in question is answered so. */
const answers = (operation: Operation, reply: Reply) =>
  operation === 'orders.get' ? reply : answering(without(), { [TAGS]: reply, [ITEMS]: reply });

const page = (status: number): Reply => ({
  status,
  body: '<html>Dana Reyes</html>',
  headers: { 'content-type': 'text/html' },
});
const by = (status: number, body: unknown = { error: 'Dana Reyes, 48 Harbor Rd' }): Reply => ({ status, body });
const open = ['Unavailable', 'Unavailable', 'OutcomeUnknown'];
const all = (type: string) => [type, type, type];

const outcomes: [string, Reply, string[]][] = [
  ['302', { status: 302, headers: { location: '/login' } }, open],
  ['400', by(400), all('Rejected')],
  ['400 with a page', page(400), all('Rejected')],
  ['401', by(401), all('NotAuthorized')],
  ['403', by(403), all('NotAuthorized')],
  ['404', by(404), all('NotFound')],
  ['404 with nothing', { status: 404 }, all('NotFound')],
  ['404 with a page', page(404), open],
  ['404 in plain text', by(404, 'default backend - 404'), open],
  ['408', by(408), open],
  ['409', by(409), all('Rejected')],
  ['429', by(429), all('RateLimited')],
  ['500', by(500), open],
  ['502 with a page', page(502), open],
  ['503', by(503), open],
  ['200 with a page', page(200), open],
  [
    '200 with a page that calls itself JSON',
    { body: '<!doctype html>', headers: { 'content-type': 'application/json' } },
    open,
  ],
  ['200 with nothing', { body: '' }, open],
  ['200 with half of it', { body: JSON.stringify(there()).slice(0, -20) }, open],
  ['200, broken off', { body: there(), cut: true }, open],
  ['200 with another shape', { body: { success: true } }, ['Unreadable', 'Unreadable', 'OutcomeUnknown']],
];

describe.each(Object.keys(calls).map((operation, index) => [operation as Operation, index] as const))(
  '%s',
  (operation, index) => {
    test.each(outcomes)('%s', async (_, reply, expected) => {
      server.answers(answers(operation, reply));
      const { type, message, details } = await failedFully(calls[operation](handsOf(server)));
      expect(type).toBe(expected[index]);
      const told = message + JSON.stringify(details);
      for (const secret of [TOKEN, 'Dana', 'Reyes', 'Harbor', '<html']) expect(told).not.toContain(secret);
    });
  },
);

describe('what is refused is told', () => {
  test.each<[string, unknown, string]>([
    ['error', { error: 'one', message: 'two' }, ': one'],
    ['message', { success: false, error: '', message: 'two' }, ': two'],
    ['a list of errors', { errors: ['a', { message: 'b' }, 'c', 'd'] }, ': a; b; c'],
    ['errors by field', { errors: { quantity: ['must be positive'] } }, ': must be positive'],
    ['error in an object', { error: { message: 'deep' } }, ': deep'],
    ['a plain text', 'Quantity is required', ': Quantity is required'],
    ['a text in JSON', '"Quantity is required"', ': Quantity is required'],
    ['nothing', '', ''],
    ['something else', { status: 400 }, ''],
    ['a list', [], ''],
  ])('by %s', async (_, body, words) => {
    server.answers(answers('orders.addItem', { status: 400, body }));
    const { message } = await failureOf(calls['orders.addItem'](handsOf(server)));
    expect(message).toBe(`Flxpoint answered orders.addItem with 400${words}`);
  });

  test('with the product, without the people', async () => {
    const body = {
      error: `TEE-GREEN-M of order ${ORDER_ID} cannot go to Dana Reyes, 48 Harbor Rd, dana.reyes@example.com`,
    };
    server.answers(answers('orders.addItem', { status: 400, body }));
    const { message, details } = await failedFully(calls['orders.addItem'](handsOf(server)));
    expect(message).toBe(
      `Flxpoint answered orders.addItem with 400: TEE-GREEN-M of order ${ORDER_ID} cannot go to … …, …, …`,
    );
    expect(details).toMatchObject({
      platform: 'flxpoint',
      connection: 'flxpoint/acme',
      operation: 'orders.addItem',
      reference: ORDER_ID,
      status: 400,
    });
  });

  test('in no words where nobody knows of whom Flxpoint may speak', async () => {
    server.answers(by(400));
    expect((await failureOf(changesOf(server).look(ORDER_ID))).message).toBe('Flxpoint answered orders.get with 400');
  });

  test('what to check when the token is not taken', async () => {
    server.answers(by(401));
    const { message } = await failureOf(calls['orders.get'](handsOf(server)));
    expect(message).toContain('check token and tokenKind of flxpoint/acme');
  });
});

describe('the pool of the token', () => {
  const pool = (used: number) => ({
    headers: { 'x-auth-pool-size': '40', 'x-auth-pool-used': String(used), 'x-auth-replenished-per-second': '2' },
  });

  test('with room does not slow', async () => {
    server.answers({ body: there(), ...pool(37) });
    const hands = handsOf(server);
    await hands.rememberItems(at);
    await hands.rememberItems(at);
    expect(server.received).toHaveLength(2);
  });

  test('that is full pauses the account, after a success too', async () => {
    // Longer than a request waits inside.
    server.answers({ body: there(), ...pool(60) });
    const hands = handsOf(server);
    await hands.rememberItems(at);
    expect(await failureOf(hands.rememberItems(at))).toMatchObject({ type: 'RateLimited' });
    expect(server.received).toHaveLength(1);
  });

  test.each<[string, Readonly<Record<string, string>>, number, number]>([
    ['by its counter', pool(41).headers, 3_000, 4_000],
    ['by Retry-After', { ...pool(41).headers, 'retry-after': '7' }, 7_000, 7_000],
    ['without either', {}, 1_000, 2_000],
  ])('after a 429 the account pauses %s', async (_, headers, least, most) => {
    server.answers({ status: 429, headers });
    const hands = handsOf(server);
    const pause = await hands.rememberItems(at).catch((error: { nextRetryDelay: number }) => error.nextRetryDelay);
    expect(pause).toBeGreaterThanOrEqual(least);
    expect(pause).toBeLessThanOrEqual(most);
  });
});

test('a call that the token may not make is refused before it is sent', async () => {
  server.answers({ body: there() });
  const hands = handsOf(server, { tokenKind: 'source' });
  for (const step of [hands.rememberItems(at), hands.addLine(at, wanted()), hands.tagLine(at, made)]) {
    expect(await failureOf(step)).toMatchObject({ type: 'Rejected', message: expect.stringContaining('tokenKind') });
  }
  expect(server.received).toEqual([]);
});

test('a refused connection leaves no doubt', async () => {
  const gone = await ScriptedServer.start();
  const hands = handsOf(gone);
  await gone.stop();
  for (const call of Object.values(calls)) expect(await failureOf(call(hands))).toMatchObject({ type: 'Unavailable' });
});
