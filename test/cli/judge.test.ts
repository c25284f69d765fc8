import { describe, expect, test } from 'vitest';
import { exampleFiles, readExample } from '../../src/cli/dev/example.js';
import { judge } from '../../src/cli/dev/judge.js';
import { inFolder } from './waybill.js';

const file = inFolder();
const facts = { created: 1, deleted: 0, lines: 2, payments: 1, paid: '54.90', createRequests: 1 };
const example = { expect: { outcome: 'completed', ledger: facts } } as const;
const good = { outcome: 'completed', ledger: { facts, requests: 9 }, missed: [] } as const;

describe('the judge', () => {
  test('has nothing against an order that ended as it should', () => {
    expect(judge(example, good)).toEqual([]);
  });

  test('names everything that differs', () => {
    const doubled = { facts: { ...facts, created: 2, paid: '109.80' }, requests: 12 };
    expect(
      judge(example, { outcome: 'failed', ledger: doubled, missed: ['the fault reset-after did not strike'] }),
    ).toEqual([
      'the fault reset-after did not strike',
      'the outcome is failed, expected completed',
      'the ledger says created 2, expected 1',
      'the ledger says paid 109.80, expected 54.90',
    ]);
  });
});

describe('examples', () => {
  test('those of Waybill can be read, and there are some', () => {
    const names = exampleFiles().map((path) => readExample(path).name);
    expect(names).toEqual(['1-paid', '2-lost-answer', '3-killed-worker', '4-declined', '5-canceled']);
  });

  test('a mistake in one is named with file and field', () => {
    const path = file('example.json', {
      ...JSON.parse(JSON.stringify(readExample(exampleFiles()[0] ?? ''))),
      name: undefined,
      order: { reference: '' },
    });
    expect(() => readExample(path)).toThrow(`${path} cannot be used:\n  order.connection: is missing`);
  });
});
