import { describe, expect, test } from 'vitest';
import { problemsOf } from '../../../src/workflows/input.js';
import { keapSubscriptionCycleInput, keapSubscriptionInput } from '../../../src/workflows/keap/subscription/input.js';

const good = {
  connection: 'keap/acme',
  reference: 'SUB-1001',
  contact: { email: 'ada@example.com' },
  plan: '5',
  quantity: 2,
  price: '15.00',
  total: '30.00',
  currency: 'USD',
  payment: { card: '71', merchantAccount: '9' },
};

function problems(change: object): string[] {
  const parsed = keapSubscriptionInput.safeParse({ ...good, ...change });
  return parsed.success ? [] : problemsOf(parsed.error);
}

describe('a good subscription', () => {
  test('gets its defaults, and parsing it again changes nothing', () => {
    const parsed = keapSubscriptionInput.parse({ ...good, quantity: undefined, total: '15' });
    expect(parsed).toMatchObject({ quantity: 1, billing: 'waybill' });
    expect(keapSubscriptionInput.parse(JSON.parse(JSON.stringify(parsed)))).toEqual(parsed);
  });

  test('may have all that there is', () => {
    const all = { startDate: '2026-02-01', cycles: 24, billing: 'keap', customFields: { 'Box Size': 'Small' } };
    expect(problems(all)).toEqual([]);
  });
});

describe('each mistake is one sentence that begins with its field', () => {
  test.each<[string, object, string[]]>([
    ['unknown field', { colour: 'red' }, ['colour: is not a field of this input']],
    ['no plan', { plan: undefined }, ['plan: is missing; expected a Keap id as a string of digits']],
    ['a wrong sum', { total: '31.00' }, ['total: 31.00 is not the price times the quantity, 30.00']],
    [
      'nothing to charge',
      { price: '0', total: '0' },
      ['total: expected more than nothing: there would be nothing to charge'],
    ],
    ['too fine a price', { currency: 'JPY', price: '0.50', total: '1.00' }, ['price: JPY has 0 decimals']],
    ['no such day', { startDate: '2026-02-31' }, ['startDate: expected a day, e.g. "2026-01-15"']],
    ['no cycle', { cycles: 0 }, ['cycles: expected 1 or more']],
    ['who bills', { billing: 'nobody' }, ['billing: expected waybill or keap']],
    ['no card', { payment: {} }, ['payment.card: is missing; expected a Keap id as a string of digits']],
    ['nobody', { contact: {} }, ['contact: expected an id or an email']],
  ])('%s', (_, change, expected) => {
    expect(problems(change)).toEqual(expected);
  });
});

test('a cycle is named by its subscription, the id of that at Keap, and its number', () => {
  const cycle = {
    connection: 'keap/acme',
    reference: 'SUB-1001.601.2',
    subscription: 'SUB-1001',
    subscriptionId: '601',
    contactId: '55',
    after: '0',
    first: true,
    billing: 'waybill',
    currency: 'USD',
    total: '30.00',
    payment: { card: '71' },
  };
  expect(keapSubscriptionCycleInput.safeParse(cycle).success).toBe(true);
  expect(keapSubscriptionCycleInput.safeParse({ ...cycle, reference: 'SUB-1001' }).success).toBe(false);
});
