import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { problemsOf } from '../../../src/workflows/input.js';
import { keapOrderInput } from '../../../src/workflows/keap/input.js';
import { cents, fromCents } from '../../../src/workflows/money.js';
import { odd, pathsOf, replacedAt } from '../everywhere.js';

const good = {
  connection: 'keap/acme',
  reference: 'EXT-1001',
  orderedAt: '2026-01-15T10:30:00-05:00',
  currency: 'USD',
  total: '54.90',
  contact: { email: 'ada@example.com' },
  lines: [
    { sku: 'MUG-B', quantity: 2, unitPrice: '24.95' },
    { kind: 'shipping', quantity: 1, unitPrice: '5.00' },
  ],
  payment: { kind: 'taken', method: 'Check', reference: 'pay_9f2' },
};
const mug = { sku: 'MUG-B', quantity: 1, unitPrice: '54.90' };

function problemsOfInput(input: unknown): string[] {
  const parsed = keapOrderInput.safeParse(input);
  return parsed.success ? [] : problemsOf(parsed.error);
}

const problems = (change: object): string[] => problemsOfInput({ ...good, ...change });

describe('a good order', () => {
  test('gets its defaults, and parsing it again changes nothing', () => {
    const order = keapOrderInput.parse(good);
    expect(order.lines.map((line) => [line.ref, line.kind])).toEqual([
      ['1', 'product'],
      ['2', 'shipping'],
    ]);
    expect([order.flow, order.type]).toEqual(['order', 'Online']);
    expect(keapOrderInput.parse(JSON.parse(JSON.stringify(order)))).toEqual(order);
  });

  test('may have discounts, promotions and free totals', () => {
    const discount = { kind: 'discount', quantity: 1, unitPrice: '-54.90' };
    expect(problems({ lines: [mug, discount], total: '0' })).toEqual([]);
    expect(problems({ lines: [mug], promoCodes: ['TEN'], promotionDiscount: '10', total: '44.90' })).toEqual([]);
  });
});

describe('each mistake is one sentence that begins with its field', () => {
  const line = (change: object) => ({ lines: [{ ...mug, ...change }] });
  test.each<[string, object, string[]]>([
    ['unknown field', { colour: 'red' }, ['colour: is not a field of this input']],
    ['unknown nested field', line({ price: '1' }), ['lines[0].price: is not a field of this input']],
    ['missing field', { reference: undefined }, ['reference: is missing; expected text']],
    ['no currency', { currency: undefined }, ['currency: is missing; expected an ISO 4217 code, e.g. "USD"']],
    ['no such currency', { currency: 'XQQ' }, ['currency: expected an ISO 4217 code, e.g. "USD"']],
    ['wrong type', { reference: 1001 }, ['reference: expected text']],
    ['no lines', { lines: [] }, ['lines: expected at least one line']],
    ['quantity 0', line({ quantity: 0 }), ['lines[0].quantity: expected 1 or more']],
    ['quantity 1.5', line({ quantity: 1.5 }), ['lines[0].quantity: expected a whole number']],
    ['quantity as text', line({ quantity: '1' }), ['lines[0].quantity: expected a whole number']],
    ['money as a number', { total: 10.1 }, ['total: write it as a string, e.g. "10.1"']],
    ['negative total', { total: '-1.00' }, ['total: must not be negative']],
    [
      'fractions of a cent',
      line({ unitPrice: '54.905' }),
      ['lines[0].unitPrice: expected an amount as a string with at most two decimals, e.g. "10.10"'],
    ],
    [
      'negative price',
      line({ unitPrice: '-54.90' }),
      ['lines[0].unitPrice: must not be negative in a line of kind product'],
    ],
    [
      'positive discount',
      { lines: [mug, { kind: 'discount', quantity: 1, unitPrice: '1' }] },
      ['lines[1].unitPrice: a discount must not be positive'],
    ],
    ['another total', { total: '54.91' }, ['total: 54.91 is not the sum of the lines, 54.90']],
    ['yen with decimals', { ...line({}), currency: 'JPY' }, ['lines[0].unitPrice: JPY has 0 decimals']],
    ...['', 'x'.repeat(31), 'EXT 1', 'EXT*1', 'EXT%1', 'É'].map((reference): [string, object, string[]] => [
      `reference ${JSON.stringify(reference)}`,
      { reference },
      ['reference: expected 1 to 30 letters, digits, dots, underscores or hyphens'],
    ]),
    [
      'one line reference twice, whatever the case',
      {
        lines: [
          { ...mug, ref: 'a', unitPrice: '54' },
          { ...mug, ref: 'A', unitPrice: '0.90' },
        ],
      },
      ['lines[1].ref: "A" is the reference of another line already'],
    ],
    ['no SKU', line({ sku: undefined }), ['lines[0].sku: is missing; a line of kind product needs it']],
    ['a SKU that Keap cannot search', line({ sku: 'A;B' }), ['lines[0].sku: expected a SKU without ; * % or ~']],
    [
      'no contact',
      { contact: undefined },
      ['contact: is missing; expected a contact, { "email": "…", … } or { "id": "…", … }'],
    ],
    [
      'an address as text',
      { shippingAddress: '1 Mill Lane' },
      ['shippingAddress: expected an address, { "line1": "…", "country": "…", … }'],
    ],
    [
      'a line as text',
      { lines: ['MUG-B'] },
      ['lines[0]: expected a line, { "sku": "…", "quantity": …, "unitPrice": "…", … }'],
    ],
    ['one code instead of a list', { promoCodes: 'TEN' }, ['promoCodes: expected a list of codes']],
    [
      'fields as a list',
      { customFields: ['Web'] },
      ['customFields: expected texts by the label of their field, each label of 1 to 100 characters'],
    ],
    ['contact without a key', { contact: { givenName: 'Ada' } }, ['contact: expected an id or an email']],
    ['a control character', { notes: 'ring\u0007' }, ['notes: expected text of 1 to 1000 characters']],
    [
      'a time without its offset',
      { orderedAt: '2026-01-15T10:30:00' },
      ['orderedAt: expected a time with its offset, e.g. "2026-01-15T10:30:00-05:00" or "2026-01-15T15:30:00Z"'],
    ],
    [
      'another connection',
      { connection: 'bigcommerce/acme' },
      ['connection: expected "keap/<name>", with lower-case letters, digits and hyphens in the name'],
    ],
    [
      'a part payment',
      { payment: { ...good.payment, amount: '10' } },
      ['payment.amount: 10 is not the total, 54.90; part payments are not recorded'],
    ],
    [
      'a title that gets too long',
      { title: 'x'.repeat(95) },
      ['title: with "EXT-1001 | " in front it has more than 100 characters'],
    ],
    [
      'a promotion without its amount',
      { promoCodes: ['TEN'] },
      ['promotionDiscount: goes together with promoCodes: give both or none'],
    ],
  ])('%s', (_, change, sentences) => {
    expect(problems(change)).toEqual(sentences);
  });

  test('in our words, whichever field is missing or of another type', () => {
    const address = { line1: 'a', line2: 'b', city: 'c', region: 'd', postalCode: 'e', country: 'US' };
    const person = { givenName: 'a', familyName: 'b', company: 'c', phone: 'd' };
    const full = {
      ...good,
      startAt: good.orderedAt,
      flow: 'order',
      title: 'a',
      type: 'Online',
      notes: 'a',
      contact: { id: '1', ...good.contact, ...person, billingAddress: address },
      shippingAddress: { ...address, ...person },
      lines: [{ ...mug, ref: 'a', kind: 'subscription', unitCost: '1', name: 'a', description: 'b', plan: '1' }],
      payment: { ...good.payment, amount: '44.90', paidAt: good.orderedAt, note: 'a' },
      customFields: { Channel: 'Web' },
      leadAffiliate: '1',
      saleAffiliate: '1',
      promoCodes: ['TEN'],
      promotionDiscount: '10',
      total: '44.90',
    };
    const charged = { ...full, payment: { kind: 'charge', card: '1', merchantAccount: '1', reference: 'a' } };
    let told = 0;
    for (const order of [full, charged]) {
      expect(problems(order)).toEqual([]);
      for (const path of pathsOf(order)) {
        for (const value of odd) {
          for (const sentence of problemsOfInput(replacedAt(order, path, value))) {
            expect(sentence).toMatch(/^\S.*: /);
            expect(sentence).not.toMatch(/: (Invalid|Unrecognized|Too (small|big))/);
            told++;
          }
        }
      }
    }
    expect(told).toBeGreaterThan(1_000);
  });

  test('whatever comes in, it is answered with sentences, never with a crash', () => {
    const anything = fc.oneof(fc.jsonValue(), fc.constantFrom('abc', '-', '1.', 1.5, Number.NaN, '1e3', null));
    const changes = fc.dictionary(fc.constantFrom(...Object.keys(good), 'flow', 'notes'), anything);
    fc.assert(
      fc.property(changes, anything, anything, (change, quantity, unitPrice) => {
        for (const sentence of problems({ lines: [{ ...mug, quantity, unitPrice }], ...change })) {
          expect(sentence).toMatch(/^\S.*: .+/);
        }
      }),
    );
  });
});

test('the schema can be shown as JSON Schema', () => {
  const schema = z.toJSONSchema(keapOrderInput, { io: 'input' });
  expect(schema.required).toEqual(expect.arrayContaining(['reference', 'currency', 'total', 'lines', 'payment']));
});

test('amounts become whole cents and come back', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -99_999_999_999n, max: 99_999_999_999n }), (hundredths) => {
      expect(cents(fromCents(hundredths))).toBe(hundredths);
    }),
  );
});
