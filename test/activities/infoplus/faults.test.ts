import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failedFully, failureOf } from '../hands.js';
import { type Reply, ScriptedServer } from '../scripted-server.js';
import { API_KEY, answering, asked, changesOf, errors, handsOf, made, there, wantOf } from './rig.js';

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.stop());

type Hands = ReturnType<typeof handsOf>;
const want = wantOf();
const next = wantOf({ shipToCity: 'Salem' });

/** Steps that make one call each, by the kind of the call. */
const calls = {
  'order.search': ['GET order/search', (hands: Hands) => hands.findOrder(want)],
  'item.search': ['GET item/search', (hands: Hands) => hands.checkItems(want)],
  'customer.search': ['GET customer/search', (hands: Hands) => hands.findCustomer(want)],
  'order.get': ['GET order/48211', (hands: Hands) => hands.amendOrder(next, want, made)],
  'order.create': ['POST order', (hands: Hands) => hands.createOrder(want)],
  'order.update': ['PUT order', (hands: Hands) => hands.amendOrder(next, want, made)],
} as const;
type Operation = keyof typeof calls;

const PAGE = '<html><title>Service Unavailable</title>John Roe</html>';
const TEXT = `SKU-1 for John Roe, 88 Harbor Road (john@example.com), key ${API_KEY}`;
const by = (status: number): Reply => ({ status, body: errors(TEXT) });
const page = (status: number): Reply => ({ status, body: PAGE, headers: { 'content-type': 'text/html' } });

interface Outcome {
  readonly search: string;
  readonly get?: string;
  readonly create: string;
  readonly update?: string;
}
const open: Outcome = { search: 'Unavailable', create: 'OutcomeUnknown' };
const all = (type: string): Outcome => ({ search: type, create: type });

const outcomes: [string, Reply, Outcome][] = [
  ['302', { status: 302, headers: { location: '/login' } }, open],
  ['400', by(400), all('Rejected')],
  ['400 with a page', page(400), all('Rejected')],
  ['401', by(401), all('NotAuthorized')],
  ['403', by(403), all('NotAuthorized')],
  ['404', by(404), { search: 'Unavailable', get: 'NotFound', create: 'Rejected', update: 'NotFound' }],
  ['404 with a page', page(404), open],
  ['404 with nothing', { status: 404 }, open],
  ['404 with another body', { status: 404, body: { message: 'Not Found' } }, open],
  ['408', by(408), open],
  ['409', by(409), all('Rejected')],
  ['429', by(429), all('RateLimited')],
  ['500', by(500), open],
  ['502 with a page', page(502), open],
  ['503', { status: 503 }, open],
  ['504', page(504), open],
  ['200 with errors', by(200), { search: 'Rejected', create: 'OutcomeUnknown' }],
  ['200, broken off', { body: JSON.stringify([there()]), cut: true }, open],
];
/** A write whose answer says nothing that we need takes these for success. */
const unreadable: [string, Reply, Outcome][] = [
  ['200 with a page', page(200), open],
  ['200 with nothing', { body: '' }, open],
  ['200 with another shape', { body: { data: [] } }, { search: 'Unreadable', create: 'OutcomeUnknown' }],
  ['200 with half of it', { body: JSON.stringify([there()]).slice(0, -20) }, open],
];

describe.each(Object.entries(calls))('%s', (operation, [route, call]) => {
  const isSearch = operation.endsWith('.search');
  const expected = (outcome: Outcome): string | undefined => {
    if (isSearch) return outcome.search;
    if (operation === 'order.create') return outcome.create;
    return (operation === 'order.get' ? outcome.get : outcome.update) ?? outcome.search;
  };
  const cases = (operation as Operation) === 'order.update' ? outcomes : [...outcomes, ...unreadable];

  test.each(cases)('%s', async (_, reply, outcome) => {
    server.answers(answering({ 'GET order/48211': { body: there() }, [route]: reply }));
    const { type, message, details } = await failedFully(call(handsOf(server)));
    expect(type).toBe(expected(outcome));
    // Nothing is sent twice.
    expect(asked(server).filter((what) => what === route)).toHaveLength(1);
    const said = message + JSON.stringify(details);
    for (const secret of [API_KEY, 'John', 'Roe', 'Harbor', '@example', '<html']) expect(said).not.toContain(secret);
    expect(details).toMatchObject({ platform: 'infoplus', connection: 'infoplus/acme', reference: 'SO-1001' });
  });
});

describe('a failure says', () => {
  test('what was refused, in words, without the people', async () => {
    server.answers(by(400));
    expect((await failureOf(handsOf(server).createOrder(want))).message).toBe(
      'Infoplus answered order.create with 400: SKU-1 for …, … (…), key …',
    );
  });

  test('as many errors as a person reads, in whatever form', async () => {
    const body = { errors: ['one', { message: 'two' }, { code: 3 }, 'four'] };
    server.answers({ status: 400, body });
    expect((await failureOf(handsOf(server).createOrder(want))).message).toBe(
      'Infoplus answered order.create with 400: one; two; an error without a text',
    );
    server.answers({ status: 400, body: { errors: 'just a text' } });
    expect((await failureOf(handsOf(server).createOrder(want))).message).toContain('with 400: just a text');
  });

  test('what to check when the key is not known', async () => {
    server.answers(by(401));
    const { message } = await failureOf(handsOf(server).findOrder(want));
    expect(message).toContain('check apiKey, and what its user may do and see of infoplus/acme');
  });

  test('nothing in the words of the platform where nobody knows of whom it may speak', async () => {
    server.answers(by(400));
    expect((await failureOf(changesOf(server).look('SO-1001'))).message).toBe(
      'Infoplus answered order.search with 400',
    );
  });
});
