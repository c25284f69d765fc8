import { expect, test } from 'vitest';
import { judge } from '../../src/cli/dev/judge.js';

const facts = { created: 1, deleted: 0, paid: '54.90' };
const example = { expect: { outcome: 'completed', result: { fulfillment: 'SHIPPED' }, ledger: facts } } as const;
const good = {
  outcome: 'completed',
  result: { fulfillment: 'SHIPPED', orderId: '7' },
  ledger: { facts, requests: 9 },
  missed: [],
} as const;

test('the judge has nothing against an order that ended as it should', () => {
  expect(judge(example, good)).toEqual([]);
});

test('the judge names everything that differs', () => {
  const doubled = { facts: { ...facts, created: 2, paid: '109.80' }, requests: 12 };
  expect(
    judge(example, {
      outcome: 'failed',
      result: {},
      ledger: doubled,
      missed: ['the fault reset-after did not strike'],
    }),
  ).toEqual([
    'the fault reset-after did not strike',
    'the outcome is failed, expected completed',
    'the result says fulfillment nothing, expected SHIPPED',
    'the ledger says created 2, expected 1',
    'the ledger says paid 109.80, expected 54.90',
  ]);
});

test('the judge compares members of the result whole', () => {
  const lines = [{ productCode: 'MUG-B', shipped: 3 }];
  const wanted = { expect: { ...example.expect, result: { lines } } };
  expect(judge(wanted, { ...good, result: { lines: [{ ...lines[0] }] } })).toEqual([]);
  expect(judge(wanted, { ...good, result: { lines: [] } })).toEqual([
    'the result says lines [], expected [{"productCode":"MUG-B","shipped":3}]',
  ]);
});

test('the judge overlooks no fact: one that the example does not name, or names for nothing, differs', () => {
  const other = { expect: { ...example.expect, ledger: { created: 1, deleted: 0, mails: 1 } } };
  expect(judge(other, good)).toEqual([
    'the ledger says mails nothing, expected 1',
    'the ledger says paid 54.90, expected nothing',
  ]);
});
