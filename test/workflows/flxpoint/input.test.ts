import { describe, expect, test } from 'vitest';
import type { FlxpointOrderInput } from '../../../src/workflows/flxpoint/input.js';
import { parseInput, parseUpdate } from '../../../src/workflows/inputs.js';

const line = { reference: 'A-1', sku: 'TEE-GREEN-M', quantity: 2, price: '24.50' };
const shippingAddress = {
  firstName: 'Dana',
  addressLine1: '48 Harbor Rd',
  city: 'Savannah',
  stateCode: 'GA',
  postal: '31401',
  countryCode: 'US',
};
const good: FlxpointOrderInput = { connection: 'flxpoint/acme', reference: '5812044', lines: [line] };

const order = (change: object) => parseInput('flxpointOrder', { ...good, ...change });
const withLine = (change: object) => order({ lines: [{ ...line, ...change }] });
const { sku: _, ...noProduct } = line;

describe('an order', () => {
  test.each<[string, object]>([
    ['as short as it can be', {}],
    [
      'with all it may have',
      { startAt: '2026-01-15T10:30:00-05:00', include: ['invoices', 'returns'], lines: [{ ...line, shippingAddress }] },
    ],
    [
      'with lines by each kind of id',
      {
        lines: [
          line,
          { ...noProduct, reference: 'B', listingVariantId: '330118' },
          { ...noProduct, reference: 'C', productVariantId: '915502' },
        ],
      },
    ],
    ['with the largest id', { reference: '9007199254740991' }],
    ['with a free line', { lines: [{ ...line, price: '0' }] }],
    ['with as many decimals as a number keeps', { lines: [{ ...line, price: '999999999.999999' }] }],
  ])('%s is taken as it is', (_, change) => {
    expect(order(change)).toEqual({ value: { ...good, ...change } });
  });

  test.each<[string, object, string]>([
    ['another platform', { connection: 'keap/acme' }, 'connection: expected "flxpoint/<name>"'],
    ['no order', { reference: undefined }, 'reference: is missing; expected an id of Flxpoint, digits as text'],
    ['an order by its number', { reference: 5812044 }, 'reference: expected an id of Flxpoint, digits as text'],
    ['an order number', { reference: 'WEB-20931' }, 'reference: expected an id of Flxpoint'],
    ['a leading zero', { reference: '05812044' }, 'reference: expected an id of Flxpoint'],
    ['more than a number keeps', { reference: '9007199254740992' }, 'reference: expected an id of Flxpoint'],
    ['no lines', { lines: undefined }, 'lines: is missing; expected a list of lines'],
    ['an empty list', { lines: [] }, 'lines: expected at least one line'],
    [
      'too many lines',
      { lines: Array.from({ length: 101 }, (_, n) => ({ ...line, reference: `L${n}` })) },
      'lines: expected at most 100 lines',
    ],
    [
      'two lines of one reference',
      { lines: [line, { ...line, reference: 'a-1' }] },
      'lines[1].reference: "a-1" is the reference of another line already',
    ],
    ['something else to read', { include: ['payments'] }, 'include[0]: expected one of invoices, returns'],
    ['an unknown field', { sku: 'x' }, 'sku: is not a field of this input'],
  ])('with %s is refused', (_, change, problem) => {
    expect(order(change)).toMatchObject({ problems: [expect.stringContaining(problem)] });
  });
});

describe('a line', () => {
  test.each<[string, object, string]>([
    ['no reference', { reference: undefined }, 'lines[0].reference: is missing'],
    ['a reference that a tag cannot carry', { reference: 'A:1' }, 'lines[0].reference: expected 1 to 30 letters'],
    [
      'no product',
      { sku: undefined },
      'lines[0].sku: expected exactly one of sku, listingVariantId and productVariantId',
    ],
    ['two products', { listingVariantId: '1' }, 'lines[0].sku: expected exactly one of'],
    [
      'an id as a number',
      { sku: undefined, listingVariantId: 1 },
      'lines[0].listingVariantId: expected an id of Flxpoint',
    ],
    [
      'no quantity',
      { quantity: undefined },
      'lines[0].quantity: is missing; expected a whole number from 1 to 1000000',
    ],
    ['nothing of it', { quantity: 0 }, 'lines[0].quantity: expected a whole number'],
    ['half of one', { quantity: 1.5 }, 'lines[0].quantity: expected a whole number'],
    ['a quantity as text', { quantity: '2' }, 'lines[0].quantity: expected a whole number'],
    ['no price', { price: undefined }, 'lines[0].price: is missing; expected a price as a string'],
    ['a price as a number', { price: 24.5 }, 'lines[0].price: write it as a string, e.g. "24.5"'],
    ['a negative price', { price: '-1' }, 'lines[0].price: expected a price as a string'],
    [
      'more decimals than a number keeps',
      { price: '1.1234567' },
      'lines[0].price: expected a price as a string with at most six decimals',
    ],
    ['a price in words', { price: '1e3' }, 'lines[0].price: expected a price'],
    [
      'an address without a place',
      { shippingAddress: { countryCode: 'US' } },
      'lines[0].shippingAddress.addressLine1: is missing',
    ],
    [
      'a country in three letters',
      { shippingAddress: { ...shippingAddress, countryCode: 'USA' } },
      'lines[0].shippingAddress.countryCode: expected an ISO 3166 country code',
    ],
    [
      'two names',
      { shippingAddress: { ...shippingAddress, name: 'Dana Reyes' } },
      'lines[0].shippingAddress.name: cannot be given together',
    ],
    ['an unknown field', { cost: '1' }, 'lines[0].cost: is not a field of this input'],
  ])('with %s is refused', (_, change, problem) => {
    expect(withLine(change)).toMatchObject({ problems: expect.arrayContaining([expect.stringContaining(problem)]) });
  });

  test('keeps its price through a JSON number', () => {
    for (const price of ['0.1', '24.50', '999999999.999999', '123456789.000001', '0.000001']) {
      expect(withLine({ price })).toHaveProperty('value');
      const [, fraction = ''] = price.split('.');
      expect(Number(JSON.parse(JSON.stringify(Number(price)))).toFixed(fraction.length)).toBe(price);
    }
  });
});

describe('an update', () => {
  const parcel = { trackingNumber: '1Z9', lines: [{ reference: 'A-1', quantity: 2 }] };

  test('addLines brings lines as an order does', () => {
    expect(parseUpdate('flxpointOrder', 'addLines', { lines: [line] })).toEqual({ value: { lines: [line] } });
    expect(parseUpdate('flxpointOrder', 'addLines', { lines: [line, line] })).toEqual({
      problems: ['lines[1].reference: "A-1" is the reference of another line already'],
    });
    expect(parseUpdate('flxpointOrder', 'addLines', good)).toMatchObject({ problems: expect.anything() });
  });

  test('ship brings a parcel', () => {
    const whole = {
      ...parcel,
      carrier: 'UPS',
      method: 'Ground',
      trackingUrl: 'https://c.example/1Z9',
      shippedAt: '2026-04-21T18:30:00Z',
    };
    expect(parseUpdate('flxpointOrder', 'ship', whole)).toEqual({ value: whole });
  });

  test.each<[string, object, string]>([
    ['no number', { trackingNumber: undefined }, 'trackingNumber: is missing'],
    ['no lines', { lines: [] }, 'lines: expected at least one line'],
    ['a line twice', { lines: [...parcel.lines, { reference: 'a-1', quantity: 1 }] }, 'lines[1].reference: "a-1" is'],
    ['another address', { trackingUrl: 'javascript:1' }, 'trackingUrl: expected an address'],
    ['a time without its offset', { shippedAt: '2026-04-21' }, 'shippedAt: expected a time with its offset'],
  ])('ship with %s is refused', (_, change, problem) => {
    expect(parseUpdate('flxpointOrder', 'ship', { ...parcel, ...change })).toMatchObject({
      problems: [expect.stringContaining(problem)],
    });
  });
});
