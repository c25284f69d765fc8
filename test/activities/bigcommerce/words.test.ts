import { describe, expect, test } from 'vitest';
import { bigcommerceDialect } from '../../../src/activities/bigcommerce/dialect.js';
import { quotaPauseMs, resetMs } from '../../../src/activities/bigcommerce/quota.js';

const refusalOf = (body: unknown) => bigcommerceDialect.refusal(typeof body === 'string' ? body : JSON.stringify(body));

describe('refusals', () => {
  test.each<[string, unknown, object | undefined]>([
    [
      'a list, with a reason',
      [{ status: 400, message: "The field 'X' is invalid.", details: { invalid_reason: 'Not supplied.' } }],
      { message: "The field 'X' is invalid. Not supplied." },
    ],
    [
      'an object, with its fields',
      { status: 422, title: 'JSON data is invalid', errors: { destination: 'missing' } },
      { message: 'JSON data is invalid destination: missing' },
    ],
    [
      'an object in data',
      { data: [{ status: 422, title: 'Unable to provide store credit for a guest customer.' }] },
      { message: 'Unable to provide store credit for a guest customer.' },
    ],
    [
      'a word in data',
      { data: [{ order_id: 1, error: 'Tax service gone away' }] },
      { message: 'Tax service gone away' },
    ],
    ['a code of the Payments API', { title: 'Declined', code: 30104 }, { message: 'Declined', code: '30104' }],
    ['an empty object', {}, {}],
    ['an empty list', [], {}],
    ['nothing', '', undefined],
    ['a page', '<html>not found</html>', undefined],
    ['a plain text', 'Bad gateway', undefined],
  ])('%s', (_, body, refusal) => expect(refusalOf(body)).toEqual(refusal));

  test('what is out of stock is named', () => {
    const product = { id: 184, sku: { id: 421, inventory_level: 1 } };
    const errors = [
      { type: 'OutOfStock', message: 'The product is out of stock.', product },
      { type: 'ExceedsMaxQuantity', product: { id: 185, maximum_quantity: 5 } },
    ];
    expect(refusalOf([{ status: 409, message: 'Quantities of one or more.', details: { errors } }])).toEqual({
      message:
        'Quantities of one or more. [OutOfStock: product 184, variant 421 (in stock 1)] [ExceedsMaxQuantity: product 185 (at most 5)]',
    });
  });
});

const asked = (operation: string, effect: 'read' | 'repeatable' | 'once') => ({
  dialect: bigcommerceDialect,
  operation,
  effect,
  connection: 'bigcommerce/acme',
  reference: undefined,
  values: [],
  at: 0,
});

test.each<[string, 'read' | 'repeatable' | 'once', number, object | undefined, string | undefined]>([
  ['orders.get', 'read', 404, {}, undefined],
  ['orders.get', 'read', 404, { message: 'The route is not found, check the URL' }, 'Unavailable'],
  ['orders.list', 'read', 404, {}, 'Unavailable'],
  ['orders.create', 'once', 404, {}, 'Rejected'],
  ['orders.create', 'once', 409, {}, undefined],
  ['metafields.create', 'repeatable', 409, {}, 'Conflict'],
  ['orders.update', 'repeatable', 423, {}, 'Unavailable'],
  ['orders.create', 'once', 499, {}, 'OutcomeUnknown'],
  ['orders.create', 'once', 503, { message: 'The store is suspended.' }, 'Unavailable'],
  ['payments.pay', 'once', 400, { code: '30105' }, 'OutcomeUnknown'],
  ['payments.pay', 'once', 400, { code: '30101' }, 'OutcomeUnknown'],
  ['payments.pay', 'once', 400, { code: '30104' }, undefined],
  ['payments.token', 'repeatable', 500, { code: '30100' }, 'Unavailable'],
])('%s (%s) answered with %i and %j is %s', (operation, effect, status, refusal, type) => {
  expect(bigcommerceDialect.typeOf?.(asked(operation, effect), status, refusal)).toBe(type);
});

describe('the quota of the store', () => {
  const headers = (left: number) => ({
    'x-rate-limit-requests-left': String(left),
    'x-rate-limit-time-reset-ms': '15000',
  });
  test('is waited for when it is nearly used up', () => {
    expect(quotaPauseMs(headers(100))).toBeUndefined();
    expect(quotaPauseMs(headers(3))).toBe(15_000);
    expect(quotaPauseMs({})).toBeUndefined();
  });

  test('says when it is whole again', () => {
    expect(resetMs(headers(35))).toBe(15_000);
    expect(resetMs({ 'x-retry-after': '7' })).toBe(7_000);
    expect(resetMs({})).toBeUndefined();
  });
});
