import { describe, expect, test } from 'vitest';
import { fromNoAnswer, fromStatus, fromUnreadable } from '../../../src/activities/answers.js';
import type { Asked, Effect } from '../../../src/activities/asked.js';
import { failureType } from '../../../src/activities/failure.js';
import { NoAnswer } from '../../../src/activities/http.js';
import { fromFault, keapDialect, keapGateway } from '../../../src/activities/keap/errors.js';
import { retryAfterMs } from '../../../src/activities/retry-after.js';

const asked = (effect: Effect, dialect = keapDialect): Asked => ({
  dialect,
  operation: 'orders.create',
  effect,
  connection: 'keap/acme',
  reference: 'EXT-20260115',
  values: ['ada@example.com', 'Ada', 'Stone'],
  at: 0,
});
const effects: Effect[] = ['read', 'repeatable', 'once'];
const types = (failed: (effect: Effect) => unknown) => effects.map((effect) => failureType(failed(effect)));
const none = () => 0;
const NOW = Date.UTC(2026, 0, 15, 10, 30, 20);
const all = (type: string) => [type, type, type];
const open = ['Unavailable', 'Unavailable', 'OutcomeUnknown'];

describe('REST', () => {
  const body = JSON.stringify({ code: 400, message: 'no', status: 'Bad' });
  const page = '<html>Service Unavailable</html>';
  test.each<[number, string, string[]]>([
    [302, '', open],
    [400, body, all('Rejected')],
    [401, body, all('NotAuthorized')],
    [402, body, all('Rejected')],
    [403, body, all('NotAuthorized')],
    [404, body, all('NotFound')],
    [404, '', all('NotFound')],
    [404, page, open],
    [405, body, all('Rejected')],
    [408, body, open],
    [409, body, all('Rejected')],
    [422, body, all('Rejected')],
    [429, body, all('RateLimited')],
    [500, body, open],
    [501, body, all('Rejected')],
    [502, page, open],
    [503, page, open],
    [504, page, open],
  ])('%d %s', (status, text, expected) => {
    expect(types((effect) => fromStatus(asked(effect), { status, headers: {}, text }, none))).toEqual(expected);
  });

  test('says what Keap said, and not about whom', () => {
    const text = JSON.stringify({
      code: 400,
      message: 'Contact Ada (ADA@example.com) of order EXT-20260115 is invalid',
    });
    const failed = fromStatus(asked('once'), { status: 400, headers: {}, text }, none);
    expect(failed.message).toBe('Keap answered orders.create with 400: Contact … (…) of order EXT-20260115 is invalid');
    expect(failed.details).toEqual([
      {
        platform: 'keap',
        connection: 'keap/acme',
        operation: 'orders.create',
        reference: 'EXT-20260115',
        status: 400,
        code: '400',
      },
    ]);
  });
});

describe('XML-RPC', () => {
  const noMethod = 'No method matching arguments: java.lang.Integer';
  const throttled = 'com.infusionsoft.throttle.ThrottlingException: Maximum number of threads throttled';
  const overpaid = 'Failed to invoke method addManualPayment: The manual payment amount exceeds the amount due on …';
  test.each<[number, string, string[]]>([
    [0, noMethod, all('Rejected')],
    [-1, noMethod, all('Rejected')],
    [0, 'Failed to parse XML-RPC request: …', all('Rejected')],
    [0, 'Failed to invoke method chargeInvoice in class com.infusionsoft.api.xmlrpc.XmlRpcInvoiceService: null', open],
    [0, overpaid, all('Rejected')],
    [0, throttled, all('RateLimited')],
    [0, 'anything else', open],
    [1, '[InvalidConfig]', all('NotAuthorized')],
    [2, '[InvalidKey]', all('NotAuthorized')],
    [3, '[UnexpectedError]', open],
    [4, '[DatabaseError]', open],
    [5, '[RecordNotFound]', all('NotFound')],
    [6, '[LoadingError]', open],
    ...[7, 8, 9, 10, 11, 12].map((code): [number, string, string[]] => [code, '[…]', all('Rejected')]),
    ...[13, 14, 15].map((code): [number, string, string[]] => [code, '[…]', all('NotAuthorized')]),
    [99, 'new', open],
  ])('fault %d %s', (code, text, expected) => {
    expect(types((effect) => fromFault(asked(effect), code, text, none))).toEqual(expected);
  });

  test.each<[number, string[]]>([
    [401, all('NotAuthorized')],
    [403, all('NotAuthorized')],
    [429, all('RateLimited')],
    [404, open],
    [410, open],
    [500, open],
    [503, open],
  ])('a gateway that answers %d', (status, expected) => {
    const answer = { status, headers: {}, text: '<html/>' };
    expect(types((effect) => fromStatus(asked(effect, keapGateway), answer, none))).toEqual(expected);
  });
});

test('no answer: certain only if nothing left', () => {
  expect(types((effect) => fromNoAnswer(asked(effect), new NoAnswer('refused', false)))).toEqual(all('Unavailable'));
  expect(types((effect) => fromNoAnswer(asked(effect), new NoAnswer('reset', true)))).toEqual(open);
});

test('an answer that cannot be read: a damaged one may be read later, another shape will come again', () => {
  expect(types((effect) => fromUnreadable(asked(effect), 200, 'cut', '…'))).toEqual(open);
  expect(types((effect) => fromUnreadable(asked(effect), 200, 'shape', '…'))).toEqual([
    'Unreadable',
    'Unreadable',
    'OutcomeUnknown',
  ]);
});

describe('how long to stay away after a 429', () => {
  const { counterMs } = keapDialect;
  const hour = 3_600_000;
  test.each<[string, Record<string, string>, number, number]>([
    ['Retry-After in seconds', { 'retry-after': '7' }, 1, 7_000],
    ['Retry-After as a date', { 'retry-after': 'Thu, 15 Jan 2026 10:31:00 GMT' }, 1, 40_000],
    ['Retry-After that is past', { 'retry-after': 'Thu, 15 Jan 2026 10:29:00 GMT' }, 1, 1_000],
    ['the minute is used up', { 'x-keap-product-throttle-available': '0' }, 1, 40_000],
    ['the day is used up', { 'x-keap-product-quota-available': '0' }, 1, 13.5 * hour - 20_000],
    ['the spike limit, first time', { 'x-keap-product-throttle-available': '200' }, 1, 1_000],
    ['the spike limit, third time', {}, 3, 4_000],
    ['the spike limit, often', {}, 50, 64_000],
  ])('%s', (_, headers, inARow, expected) => {
    expect(retryAfterMs(headers, inARow, NOW, 0, counterMs)).toBe(expected);
  });

  test('those who were refused together do not come back together', () => {
    expect(retryAfterMs({}, 1, NOW, 0.5, counterMs)).toBe(1_500);
    expect(retryAfterMs({ 'x-keap-product-throttle-available': '0' }, 1, NOW, 0.5, counterMs)).toBe(40_500);
  });
});
