import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type Mutant, mutants, mutated } from '../../proof/mutants/mutants.js';
import { type Report, verdictOf } from '../../proof/mutants/verdict.js';
import { stories } from '../../proof/stories.js';
import { cancelsOf } from '../stories/cancel.js';
import { faultCasesOf } from '../stories/faults.js';
import { struckOf } from '../stories/strikes.js';

const textOf = (file: string) => readFileSync(fileURLToPath(new URL(`../../${file}`, import.meta.url)), 'utf8');

/** Every story's replays are tested by this. */
const REPLAYS = 'test/stories/replays.ts';

/** Of the whole matrix; where there is one for each request, the group. */
const ids = new Set(
  stories.flatMap((story) => {
    const { undisturbed, refusals, faults } = faultCasesOf(story);
    const struck = struckOf(story.contract.name, story.journeys);
    return [...undisturbed, ...refusals, ...faults, ...struck, ...cancelsOf(story)].map(({ id }) => id);
  }),
);

test('no two mutants have one name', () => {
  expect(mutants.length).toBeGreaterThan(0);
  expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
});

describe('a mutant still has the code that it changes, and the check that finds it', () => {
  test.each(mutants)('$name', (mutant) => {
    const text = textOf(mutant.file);
    expect(mutated(text, mutant)).not.toBe(text);
    const { caughtBy } = mutant;
    if ('cases' in caughtBy) expect(ids).toContain(caughtBy.cases.replace(/\/request-\d+$/, ''));
    else expect([caughtBy.test, REPLAYS].map(textOf).join()).toContain(caughtBy.named);
  });

  test('one whose code is another by now, or stands twice, is named', () => {
    const gone: Mutant = { ...(mutants[0] as Mutant), name: 'rotten', from: 'look()' };
    expect(() => mutated('nothing', gone)).toThrow('mutant rotten: what it changes stands 0 times');
    expect(() => mutated('look(), look()', gone)).toThrow('stands 2 times');
  });
});

describe('the verdict on', () => {
  const check = { test: 'test/a.test.ts', named: 'is once' };
  const cases = { cases: 'a/faults' };
  type Result = Report['testResults'][number]['assertionResults'][number];
  const passed: Result = { fullName: 'an order is once there', status: 'passed' };
  const failed = (...failureMessages: string[]): Result => ({ ...passed, status: 'failed', failureMessages });
  const late = failed('Error: STACK_TRACE_ERROR\n    at task');
  const tried = (id: string): Result => ({ ...passed, meta: { cases: [{ id, passed: true, ms: 1 }] } });
  const report = (...assertionResults: Result[]): Report => ({
    testResults: [{ name: '/copy/test/a.test.ts', message: '', assertionResults }],
  });
  const red = { how: 'red', says: 'Error: two orders' };
  const nothing = { how: 'void', says: 'nothing has such a name' };

  test.each<[string, Report | undefined, Parameters<typeof verdictOf>[1], object]>([
    ['tests that pass', report(passed), check, { how: 'green' }],
    ['one that fails', report(passed, failed('Error: two orders\n at x')), check, red],
    ['one that fails beside one that is late', report(late, failed('Error: two orders')), check, red],
    ['one that is late', report(passed, late), check, { how: 'void', says: 'a test was late' }],
    ['one that is skipped', report({ ...passed, status: 'skipped' }), check, nothing],
    ['others alone', report({ ...passed, fullName: 'an order is twice there' }), check, nothing],
    [
      'others of a name',
      { testResults: [{ ...report(passed).testResults[0], name: '/copy/test/b.test.ts' }] } as Report,
      check,
      nothing,
    ],
    [
      'a file that does not compile',
      { testResults: [{ name: '/copy/test/a.test.ts', message: 'SyntaxError: oh', assertionResults: [] }] },
      check,
      { how: 'void', says: 'SyntaxError: oh' },
    ],
    ['no report', undefined, check, { how: 'void', says: 'vitest has left no report' }],
    ['a group with a case', report(tried('a/faults/x')), cases, { how: 'green' }],
    ['a group with others alone', report(tried('a/faultsX')), cases, nothing],
    ['a group without a case', report(passed), cases, nothing],
  ])('%s', (_, of, by, verdict) => {
    expect(verdictOf(of, by, '/copy')).toEqual(verdict);
  });
});
