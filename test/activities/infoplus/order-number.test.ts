import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { orderNumber, wholeOf } from '../../../src/activities/infoplus/order-number.js';

describe('an order number has one form', () => {
  test.each<[unknown, string | undefined]>([
    [48211, '48211'],
    [48211.0, '48211'],
    ['48211', '48211'],
    ['48211.0', '48211'],
    ['48211.000', '48211'],
    [' 48211.000 ', '48211'],
    ['048211', '48211'],
    [48211.001, '48211.001'],
    ['48211.001', '48211.001'],
    [48211.01, '48211.010'],
    ['48211.01', '48211.010'],
    [48211.1, '48211.100'],
    ['48211.0010', '48211.001'],
    ['48211.0011', undefined],
    [0, undefined],
    ['0.000', undefined],
    [-48211, undefined],
    ['', undefined],
    ['SO-1001', undefined],
    [1e21, undefined],
    [null, undefined],
    [undefined, undefined],
    [{}, undefined],
  ])('%j is %s', (value, form) => {
    expect(orderNumber(value)).toBe(form);
  });

  test('whatever way JSON carries it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999 }), fc.integer({ min: 0, max: 999 }), (whole, part) => {
        const text = `${whole}.${String(part).padStart(3, '0')}`;
        const form = part === 0 ? String(whole) : text;
        expect(orderNumber(text)).toBe(form);
        expect(orderNumber(JSON.parse(text))).toBe(form);
        expect(orderNumber(form)).toBe(form);
        expect(wholeOf(form)).toBe(String(whole));
      }),
    );
  });
});
