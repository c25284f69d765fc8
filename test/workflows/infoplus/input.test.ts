import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { infoplusOrder } from '../../../src/workflows/infoplus/contract.js';
import { AMOUNTS, CODES, DATES, INTEGERS, READ_ONLY, TEXTS } from '../../../src/workflows/infoplus/fields.js';
import { infoplusOrderInput, infoplusReleaseInput } from '../../../src/workflows/infoplus/input.js';
import { problemsOf } from '../../../src/workflows/input.js';
import { parseInput, parseUpdate } from '../../../src/workflows/inputs.js';

const good = {
  connection: 'infoplus/acme',
  reference: 'SO-1001',
  orderDate: '2025-03-02',
  customerNo: 'C-100',
  lineItems: [{ sku: 'SKU-1', orderedQty: 2 }],
};
const billTo = {
  billToCompany: 'Jane Doe',
  billToStreet: '12 Elm St',
  billToCity: 'Austin',
  billToZip: '78701',
  billToCountry: 'US',
};

function problems(change: object): string[] {
  const parsed = infoplusOrderInput.safeParse({ ...good, ...change });
  return parsed.success ? [] : problemsOf(parsed.error);
}

describe('a good order', () => {
  test('gets its defaults, and parsing it again changes nothing', () => {
    const order = infoplusOrderInput.parse({ ...good, warehouse: 1000, carrier: 'UPS GROUND' });
    expect(order).toEqual({
      ...good,
      warehouse: '1000',
      carrier: 'UPS GROUND',
      customer: { truckCarrierId: 100, weightBreak: 0, residential: 'No' },
    });
    expect(infoplusOrderInput.parse(JSON.parse(JSON.stringify(order)))).toEqual(order);
  });

  test('may give every field that Infoplus lets callers write', () => {
    const fields = Object.fromEntries([
      ...[...CODES, ...TEXTS].map((name) => [name, 'x']),
      ...INTEGERS.map((name) => [name, 0]),
      ...AMOUNTS.map((name) => [name, '1.50']),
      ...DATES.map((name) => [name, '2025-03-09']),
    ]);
    const collections = {
      requestedParcelAccessories: [{ accessory: 'SIGNATURE', amount: '2.50' }],
      extraOrderData: [{ sequence: '1', category: 'A', code: 'B', value: 'C' }],
      extraLineItemData: [{ sku: 'SKU-1', category: 'A', code: 'B', value: 'C' }],
      customFields: { text: 'x', number: 1.5, truth: false },
      tags: ['vip', 'Very Important'],
    };
    expect(Object.keys(fields)).toHaveLength(55);
    expect(problems({ ...fields, ...collections, ...billTo, holdCode: 'H', startAt: '2025-03-02T10:00:00Z' })).toEqual(
      [],
    );
  });

  test('may say nothing of a customer but the bill-to', () => {
    expect(problems({ customerNo: undefined, ...billTo })).toEqual([]);
  });

  test('has each SKU once: equal ones are put together', () => {
    const lineItems = [
      { sku: 'SKU-1', orderedQty: 2, fulfillmentChannel: 'a' },
      { sku: 'SKU-2', orderedQty: 1 },
      { sku: 'sku-1', orderedQty: 3, fulfillmentChannel: 'a' },
    ];
    expect(infoplusOrderInput.parse({ ...good, lineItems }).lineItems).toEqual([
      { sku: 'SKU-1', orderedQty: 5, fulfillmentChannel: 'a' },
      { sku: 'SKU-2', orderedQty: 1 },
    ]);
  });
});

describe('each mistake is one sentence that begins with its field', () => {
  const line = (change: object) => ({ lineItems: [{ sku: 'SKU-1', orderedQty: 1, ...change }] });
  const date = 'expected a day, e.g. "2026-01-15", or a time with its offset';
  test.each<[string, object, string[]]>([
    ['unknown field', { colour: 'red' }, ['colour: is not a field of this input']],
    ['unknown nested field', line({ price: '1' }), ['lineItems[0].price: is not a field of this input']],
    [
      'another platform',
      { connection: 'keap/acme' },
      ['connection: expected "infoplus/<name>", with lower-case letters, digits and hyphens in the name'],
    ],
    [
      'a long reference',
      { reference: 'x'.repeat(31) },
      ['reference: expected 1 to 30 letters, digits, dots, underscores or hyphens'],
    ],
    ['no date', { orderDate: undefined }, [`orderDate: is missing; ${date}`]],
    ['a time without an offset', { orderDate: '2025-03-02T10:00:00' }, [`orderDate: ${date}`]],
    ['no such day', { needByDate: '2025-02-30' }, [`needByDate: ${date}`]],
    [
      'a quote in the customer number',
      { customerNo: "O'Brien" },
      ['customerNo: expected a customer number of 1 to 100 characters without quotes and backslashes'],
    ],
    [
      'a quote in a SKU',
      line({ sku: '12"' }),
      ['lineItems[0].sku: expected a SKU of 1 to 100 characters without quotes and backslashes'],
    ],
    [
      'a blank around a SKU',
      line({ sku: ' A' }),
      ['lineItems[0].sku: expected a SKU of 1 to 100 characters without quotes and backslashes'],
    ],
    ['no lines', { lineItems: [] }, ['lineItems: expected at least one line']],
    [
      'too many lines',
      { lineItems: Array(501).fill({ sku: 'A', orderedQty: 1 }) },
      ['lineItems: expected at most 500 lines'],
    ],
    ['quantity 0', line({ orderedQty: 0 }), ['lineItems[0].orderedQty: expected 1 or more']],
    ['quantity 1.5', line({ orderedQty: 1.5 }), ['lineItems[0].orderedQty: expected a whole number']],
    ['money as a number', { total: 10.1 }, ['total: write it as a string, e.g. "10.1"']],
    [
      'a hold code that nobody knows',
      { holdCode: 'Z' },
      ['holdCode: expected one of N, Y, H, A, B, C, D, E, 1, 2, 3, 4, 5'],
    ],
    [
      'a custom field that is too long',
      { customFields: { a: 'x'.repeat(251) } },
      ['customFields.a: expected text of 1 to 250 characters'],
    ],
    [
      'no country',
      { ...billTo, billToCountry: 'Texas' },
      ['billToCountry: expected an ISO 3166 country code, e.g. "US" or "USA"'],
    ],
    [
      'half a bill-to',
      { billToCompany: 'Jane Doe', billToCountry: 'US' },
      ['billToStreet', 'billToCity', 'billToZip'].map((name) => `${name}: is missing; an address needs it`),
    ],
    [
      'half a ship-to',
      { shipToPhone: '1' },
      ['shipToCompany', 'shipToStreet', 'shipToCity', 'shipToCountry'].map(
        (name) => `${name}: is missing; an address needs it`,
      ),
    ],
    [
      'nobody',
      { customerNo: undefined },
      ['customerNo: is missing; expected a customer number, or the bill-to of a new customer'],
    ],
    ['a tag with a slash', { tags: ['a/b'] }, ['tags[0]: expected a tag without slashes']],
    ['a tag that leads elsewhere', { tags: ['..'] }, ['tags[0]: expected a tag without slashes']],
    ['a tag twice', { tags: ['vip', 'VIP'] }, ['tags[1]: "vip" is there already']],
    [
      'one SKU in two ways',
      {
        lineItems: [
          { sku: 'A', orderedQty: 1 },
          { sku: 'a', orderedQty: 1, fulfillmentChannel: 'x' },
        ],
      },
      ['lineItems[1]: differs from lineItems[0] in more than its quantity; an order holds a SKU once'],
    ],
    [
      'too many pieces of one SKU',
      {
        lineItems: [
          { sku: 'A', orderedQty: 2_147_483_647 },
          { sku: 'A', orderedQty: 1 },
        ],
      },
      ['lineItems: the quantities of A are more than 2147483647'],
    ],
  ])('%s', (_, change, sentences) => {
    expect(problems(change)).toEqual(sentences);
  });

  test.each<[string, string]>([
    ['orderNo', 'cannot be written at Infoplus; Infoplus numbers its orders; your own number is the reference'],
    ['status', 'cannot be written at Infoplus; Infoplus decides it; use holdCode to keep the order back'],
    ['freight', 'cannot be written at Infoplus; use shippingCharge'],
    ['trackingNo', 'cannot be written at Infoplus; the result tells it'],
    ['customerOrderNo', 'is said in another way; use reference'],
    ['lobId', 'is said in another way; the line of business is a setting of the connection'],
    ['carrierId', 'is said in another way; use carrier, by id or name'],
  ])('%s is refused with what to use instead', (name, sentence) => {
    expect(problems({ [name]: 1 })).toEqual([`${name}: ${sentence}`]);
  });

  test('every field that only Infoplus writes is refused by its name', () => {
    const names = Object.values(READ_ONLY).flat();
    // 42 in the model, and trackingNo, which is documented beside it.
    expect(names).toHaveLength(43);
    for (const name of names)
      expect(problems({ [name]: null })).toMatchObject([expect.stringMatching(`^${name}: cannot`)]);
    expect(problems(line({ shippedQty: 1, unitSell: 2 }))).toEqual([
      'lineItems[0].shippedQty: cannot be written at Infoplus; use orderedQty',
      'lineItems[0].unitSell: cannot be written at Infoplus; lines have no prices of their own; use subtotal and total',
    ]);
  });
});

describe('the story', () => {
  test('is known by its name, with its updates', () => {
    expect(parseInput('infoplusOrder', good)).toMatchObject({ value: { reference: 'SO-1001' } });
    expect(infoplusOrder.updates).toEqual(['amend', 'release']);
    expect(parseUpdate('infoplusOrder', 'amend', { ...good, lineItems: [] })).toHaveProperty('problems');
    expect(parseUpdate('infoplusOrder', 'release', {})).toEqual({ value: {} });
    expect(parseUpdate('infoplusOrder', 'release', { holdCode: 'N' })).toEqual({
      problems: ['holdCode: is not a field of this input'],
    });
  });

  test('has a JSON Schema for callers in other languages', () => {
    const schema = z.toJSONSchema(infoplusOrderInput, { io: 'input' });
    expect(schema.required).toEqual(['connection', 'reference', 'orderDate', 'lineItems']);
    expect(schema.properties).toMatchObject({ shipToCity: { type: 'string' }, customer: { type: 'object' } });
    expect(z.toJSONSchema(infoplusReleaseInput, { io: 'input' })).toMatchObject({ additionalProperties: false });
  });
});
