import { expect, test } from 'vitest';
import { totalOf } from '../../../src/workflows/bigcommerce/content/totals.js';
import { fromUnits, sameAmount, sumOf, units } from '../../../src/workflows/bigcommerce/decimal.js';

test.each<[string | number, string]>([
  ['55.9900', '55.99'],
  ['8', '8.00'],
  [67.3, '67.30'],
  ['0.0001', '0.0001'],
  ['0.0010', '0.001'],
  ['-3.5', '-3.50'],
  ['0.0000', '0.00'],
])('%s is written %s', (amount, text) => {
  expect(fromUnits(units(amount))).toBe(text);
});

test('amounts are added and compared to the last decimal', () => {
  expect(fromUnits(sumOf(['0.10', 0.2, '0.3000']))).toBe('0.60');
  expect(sameAmount('67.3', '67.3000')).toBe(true);
  expect(sameAmount('67.3', '67.3001')).toBe(false);
  expect(() => units('a lot')).toThrow(RangeError);
});

const product = { quantity: 3, price_inc_tax: '1.10' };

test.each<[string, Parameters<typeof totalOf>[0], string | undefined]>([
  ['of its prices', { products: [product] }, '3.30'],
  [
    'of prices, costs, fees and a discount',
    {
      products: [product],
      shipping_cost_inc_tax: '9',
      handling_cost_inc_tax: '1',
      fees: [{ cost_inc_tax: '2' }],
      discount_amount: '0.30',
    },
    '15.00',
  ],
  ['that is overridden', { products: [{ quantity: 1 }], total_inc_tax: '70.6' }, '70.60'],
  ['of a subtotal that is overridden', { products: [{ quantity: 1 }], subtotal_inc_tax: '5' }, '5.00'],
  ['of prices of the store', { products: [{ quantity: 1 }] }, undefined],
  ['with a cost that the store taxes', { products: [product], base_shipping_cost: '9' }, undefined],
  ['with a wrapping of the store', { products: [{ ...product, wrapping_id: 1 }] }, undefined],
])('a total %s', (_, order, total) => {
  const sum = totalOf(order);
  expect(sum === undefined ? undefined : fromUnits(sum)).toBe(total);
});
