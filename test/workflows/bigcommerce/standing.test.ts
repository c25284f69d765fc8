import { describe, expect, test } from 'vitest';
import type {
  BigcommerceLine,
  BigcommerceMade,
  BigcommerceStanding,
} from '../../../src/workflows/bigcommerce/contract.js';
import { type BigcommerceOrderInput, bigcommerceOrderInput } from '../../../src/workflows/bigcommerce/input.js';
import {
  inWords,
  isOver,
  isPending,
  isReleased,
  isStuck,
  movesIn,
  othersIn,
  piecesToShip,
  settlesIn,
  statusDue,
  whatDiffers,
  whatIsLate,
  whyEnded,
  whyHeld,
} from '../../../src/workflows/bigcommerce/standing.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const order = (change: Partial<BigcommerceStanding> = {}): BigcommerceStanding => ({
  orderId: '1042',
  statusId: 11,
  paymentStatus: '',
  itemsShipped: 0,
  total: '67.3000',
  ...change,
});

const line = (change: Partial<BigcommerceLine> = {}): BigcommerceLine => ({
  ref: '1',
  orderProductId: '2301',
  productId: '184',
  variantId: '421',
  type: 'physical',
  quantity: 3,
  shipped: 0,
  refunded: 0,
  ...change,
});

describe('what is to ship', () => {
  test.each<[string, BigcommerceLine[], number]>([
    ['all pieces', [line(), line({ quantity: 2 })], 5],
    ['without what was given back', [line({ refunded: 2 })], 1],
    ['with what has shipped, though it was given back later', [line({ shipped: 3, refunded: 3 })], 3],
    ['without digital goods', [line({ type: 'digital' }), line()], 3],
  ])('%s', (_, lines, pieces) => expect(piecesToShip(lines)).toBe(pieces));

  test.each<[string, Partial<BigcommerceStanding>, BigcommerceLine[], boolean]>([
    ['nothing has shipped', {}, [line()], false],
    ['a part has', { itemsShipped: 2, statusId: 3 }, [line()], false],
    ['everything has', { itemsShipped: 3 }, [line()], true],
    ['the rest was given back', { itemsShipped: 2, statusId: 14 }, [line({ shipped: 2, refunded: 1 })], true],
    ['somebody says that it is shipped', { statusId: 2 }, [line()], true],
    ['somebody says that it is done', { statusId: 10 }, [line()], true],
    ['there is nothing to ship', {}, [line({ type: 'digital' })], true],
  ])('over, when %s: %s', (_, change, lines, over) => expect(isOver(order(change), lines)).toBe(over));
});

describe('the status that is due', () => {
  test.each<[string, Partial<BigcommerceStanding>, number | undefined]>([
    ['none before a parcel has left', {}, undefined],
    ['Partially Shipped after the first', { itemsShipped: 1 }, 3],
    ['Shipped after the last', { itemsShipped: 3, statusId: 3 }, 2],
    ['none where it is as it should be', { itemsShipped: 3, statusId: 2 }, undefined],
    ['none where somebody has set another', { itemsShipped: 3, statusId: 14 }, undefined],
  ])('%s', (_, change, due) => expect(statusDue(order(change), [line()])).toBe(due));

  test('is set by us once BigCommerce had a minute', () => {
    const now = order({ itemsShipped: 1 });
    expect(movesIn(now, [line()], 10_000)).toBe(50_000);
    expect(isStuck(now, [line()], 59_000)).toBe(false);
    expect(isStuck(now, [line()], MINUTE)).toBe(true);
    expect(movesIn(order(), [line()], 0)).toBeUndefined();
  });
});

describe('what somebody else has done', () => {
  test.each<[Partial<BigcommerceStanding>, string | undefined]>([
    [{}, undefined],
    [{ statusId: 14, paymentStatus: 'partially refunded' }, undefined],
    [{ statusId: 5 }, 'order 1042 was cancelled in the store'],
    [{ statusId: 6 }, 'order 1042 was declined in the store'],
    [{ statusId: 4 }, 'order 1042 was refunded in the store'],
    [{ paymentStatus: 'refunded' }, 'order 1042 was refunded in the store'],
    [{ gone: true }, 'order 1042 was archived in the store'],
  ])('%j ends it: %s', (change, why) => expect(whyEnded(order(change))).toBe(why));

  test.each<[number, string | undefined]>([
    [11, undefined],
    [12, 'order 1042 is to be verified by hand'],
    [13, 'the payment of order 1042 is disputed'],
  ])('status %i holds it: %s', (statusId, why) => expect(whyHeld(order({ statusId }))).toBe(why));

  test('others count as long as they may ship', () => {
    const orders = [order(), order({ orderId: '1043' }), order({ orderId: '1044', statusId: 5 })];
    expect(othersIn({ orders: [...orders, order({ orderId: '1045', gone: true })] }, '1042')).toEqual(['1043']);
  });
});

test.each<[number, boolean]>([
  [0, false],
  [7, false],
  [11, true],
  [9, true],
  [2, true],
  [5, false],
  [14, false],
])('status %i is released: %s', (statusId, released) => expect(isReleased(order({ statusId }))).toBe(released));

test.each<[string, boolean]>([
  ['', false],
  ['authorized', false],
  ['capture pending', true],
  ['void pending', true],
  ['captured', false],
])('a payment that is "%s" is worked on: %s', (paymentStatus, pending) => {
  expect(isPending({ paymentStatus })).toBe(pending);
});

test('a gateway is asked often at first', () => {
  expect([0, 3 * MINUTE, 31 * MINUTE].map(settlesIn)).toEqual([10_000, MINUTE, 15 * MINUTE]);
});

test('it is said in words, and what is late', () => {
  const now = order({ statusId: 3, itemsShipped: 2, paymentStatus: 'captured' });
  expect(inWords(now, [line()])).toBe('order 1042 Partially Shipped, payment captured, 2 of 3 shipped');
  expect(inWords(undefined)).toBe('BigCommerce does not show it');
  expect(whatIsLate(order(), DAY)).toBe('no parcel for more than a day');
  expect(whatIsLate(order(), MINUTE)).toBeUndefined();
  expect(whatIsLate(order({ statusId: 77 }), DAY)).toContain('unknown status 77');
});

describe('before money moves', () => {
  const made: BigcommerceMade = { currency: 'USD', total: '3.3000', lines: [] };
  const wanted = (change: object = {}, content: object = {}) =>
    bigcommerceOrderInput.parse({
      connection: 'bigcommerce/acme',
      reference: 'SO-1',
      order: {
        products: [{ name: 'Engraving', quantity: 1, price_ex_tax: '3.00', price_inc_tax: '3.30' }],
        billing_address: { zip: '97205', country_iso2: 'US' },
        ...content,
      },
      ...change,
    } satisfies BigcommerceOrderInput);

  test.each<[string, Parameters<typeof wanted>, string[]]>([
    ['as its prices come to', [], []],
    ['another total', [{ total: '3.30' }, {}], []],
    ['another currency', [{}, { default_currency_code: 'EUR' }], ['its currency is USD, not EUR']],
    [
      'costs on top',
      [{}, { shipping_cost_ex_tax: '9', shipping_cost_inc_tax: '9' }],
      ['the order comes to 3.30, not to 12.30'],
    ],
  ])('%s', (_, args, problems) => expect(whatDiffers(wanted(...args), made)).toEqual(problems));

  test('prices of the store are compared with the total that was said', () => {
    const content = { products: [{ product_id: 184, quantity: 1 }] };
    expect(whatDiffers(wanted({}, content), made)).toEqual([]);
    expect(whatDiffers(wanted({ total: '3.31' }, content), made)).toEqual(['the order comes to 3.30, not to 3.31']);
  });
});
