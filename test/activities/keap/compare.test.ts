import { describe, expect, test } from 'vitest';
import { compareOrder } from '../../../src/activities/keap/compare.js';
import { contentProblem, sameContent } from '../../../src/activities/keap/content.js';
import { paymentSteps } from '../../../src/activities/keap/payment.js';
import type { LineAtKeap, PaymentAtKeap, Transport } from '../../../src/activities/keap/transport.js';
import type { KeapOrderInput } from '../../../src/workflows/keap/input.js';
import { failureOf, orderOf } from './rig.js';

const field = { id: '31', name: '_ExternalOrderId', type: 'TEXT' };
const made = { orderId: '2075', invoiceId: '2087', marked: true, lines: [], fieldsSet: true };

function wanted(change: Partial<KeapOrderInput> = {}) {
  const account = { referenceField: field, fields: {} };
  return { order: orderOf(change), account, contactId: '55', products: { 'MUG-B': '17', 'TEA-1': '18' } };
}

const mug: LineAtKeap = {
  id: '1',
  productId: '17',
  quantity: 2,
  unitPrice: '24.95',
  discount: false,
  texts: ['[EXT-1001#1]'],
};
const ship: LineAtKeap = {
  id: '2',
  quantity: 1,
  unitPrice: '5.00',
  discount: false,
  texts: ['x', '[ext-1001#SHIP] y'],
};

function compare(lines: LineAtKeap[], change: Partial<KeapOrderInput> = {}, byContent = false) {
  const money = { total: '54.90', paid: '0.00', owed: '54.90', paidInFull: false, refunded: false };
  const there = { orderId: '2075', invoiceId: '2087', title: '', contactId: '55', reference: 'EXT-1001', lines, money };
  return compareOrder(wanted(change), { ...there, unset: [] }, {}, byContent);
}

describe('an order at Keap and the wanted one', () => {
  test('lines are known by their marks, whatever the case', () => {
    expect(compare([ship, mug])).toEqual({ state: 'same', lines: ['1', 'ship'] });
    expect(compare([ship])).toEqual({ state: 'subset', lines: ['ship'] });
    expect(compare([])).toEqual({ state: 'subset', lines: [] });
  });

  test.each<[string, LineAtKeap[], string]>([
    ['quantity', [{ ...mug, quantity: 3 }], 'line 1 of order 2075 has quantity 3 instead of 2'],
    ['product', [{ ...mug, productId: '18' }], 'line 1 of order 2075 has product 18 instead of 17'],
    ['double', [mug, mug], 'order 2075 has line 1 twice'],
    ['unknown mark', [{ ...mug, texts: ['[EXT-1001#9]'] }], 'order 2075 has a line 9 that is not wanted'],
    ['no mark', [{ ...mug, texts: ['Blue mug'] }], 'order 2075 has lines that are not wanted'],
    ["another order's mark", [{ ...mug, texts: ['[EXT-10#1]'] }], 'order 2075 has lines that are not wanted'],
  ])('%s', (_, lines, why) => {
    expect(compare(lines)).toEqual({ state: 'other', why });
  });

  test('a promotion may add its own discount', () => {
    const promotion = { ...ship, unitPrice: '-10.00', discount: true, texts: ['TEN'] };
    const change = { promoCodes: ['TEN'], promotionDiscount: '10.00', total: '44.90' };
    expect(compare([mug, ship, promotion], change)).toMatchObject({ state: 'same' });
    expect(compare([mug, ship, promotion])).toMatchObject({ state: 'other' });
  });

  test('by content: a product may stand on one line or on several', () => {
    const unmarked = { ...mug, texts: ['Blue mug'] };
    const single = { ...unmarked, quantity: 1 };
    const freight = { ...ship, texts: [] };
    expect(compare([unmarked, freight], {}, true)).toEqual({ state: 'same', lines: ['1', 'ship'] });
    expect(compare([single, freight, single], {}, true)).toEqual({ state: 'same', lines: ['1', 'ship'] });
    expect(compare([single, freight], {}, true)).toMatchObject({ state: 'other' });
    expect(compare([{ ...unmarked, unitPrice: '20' }], {}, true)).toMatchObject({ state: 'other' });
  });
});

describe('the payment of an order', () => {
  const ours: PaymentAtKeap = {
    id: '1',
    amount: '54.90',
    note: '[EXT-1001/pay_9f2] x',
    type: 'Check',
    state: 'settled',
  };
  const find = (payments: PaymentAtKeap[], at?: string) => {
    const keap = { readPayments: async () => payments, link: () => 'http://keap' } as unknown as Transport;
    const { findPayment } = paymentSteps({ open: () => keap });
    return findPayment(wanted(), made, at);
  };

  test.each<[string, PaymentAtKeap[], string]>([
    ['none', [], 'none'],
    ['ours', [ours], 'same'],
    ['a failed attempt before it', [{ ...ours, id: '0', state: 'failed' }, ours], 'same'],
    ['only a failed attempt', [{ ...ours, state: 'failed' }], 'none'],
    ['ours twice', [ours, { ...ours, id: '2' }], 'several'],
    ['ours over another amount', [{ ...ours, amount: '50.00' }], 'other'],
    ['ours, taken back', [{ ...ours, state: 'reversed' }], 'dead'],
    [
      'ours with its counter-entry',
      [ours, { ...ours, id: '2', amount: '-54.90', note: '[EXT-1001/pay_9f2!Refund]' }],
      'dead',
    ],
    ['without a note, but of our amount and type', [{ ...ours, note: '' }], 'same'],
    [
      'two of them',
      [
        { ...ours, note: '' },
        { ...ours, id: '2', note: ' ' },
      ],
      'several',
    ],
    ['without a note, of another type', [{ ...ours, note: '', type: 'Cash' }], 'other'],
    ["somebody else's", [{ ...ours, note: 'paid at the door' }], 'other'],
    ['one whose mark only begins like ours', [{ ...ours, note: '[EXT-1001/pay_9f22]' }], 'other'],
  ])('%s', async (_, payments, state) => {
    expect((await find(payments)).state).toBe(state);
  });

  test('while it is pending, it is asked again', async () => {
    expect((await failureOf(find([{ ...ours, state: 'pending' }]))).type).toBe('Unavailable');
  });

  test('a person may name it', async () => {
    const byHand = { ...ours, id: '7', note: 'by hand' };
    expect(await find([byHand], '7')).toMatchObject({ state: 'same', it: { paymentId: '7', by: 'elsewhere' } });
    expect(await find([byHand], '8')).toMatchObject({ state: 'other' });
  });
});

describe('values of custom fields', () => {
  test.each<[string, string, string | undefined, boolean]>([
    ['TEXT', 'a\nb', 'a\r\nb ', true],
    ['TEXT', 'a', 'A', false],
    ['TEXT', 'a', undefined, false],
    ['CURRENCY', '5', '5.00', true],
    ['CURRENCY', '5', '', false],
    ['YES_NO', '1', 'true', true],
    ['DATE', '2026-02-01', '2026-02-01T00:00:00.000Z', true],
    ['DATE', '2026-02-01', '2026-02-02', false],
    ['DATE_TIME', '2026-02-01T10:00:00-05:00', '2026-02-01T15:00:00.000Z', true],
  ])('%s %s and %s', (type, want, there, same) => {
    expect(sameContent(type, want, there)).toBe(same);
  });

  test.each([
    ['WHOLE_NUMBER', '1.5'],
    ['CURRENCY', '$5'],
    ['DATE', '2026-02-30T00:00:00Z'],
    ['DATE', 'soon'],
    ['DATE_TIME', '2026-02-01'],
  ])('%s cannot hold %s', (type, value) => {
    expect(contentProblem(type, value)).toContain(`is a field of type ${type}; expected`);
  });
});
