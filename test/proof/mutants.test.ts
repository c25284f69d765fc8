import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type Report, verdictOf } from '../../proof/mutants/check.js';
import { type Mutant, mutants, mutated } from '../../proof/mutants/mutants.js';
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
    else expect([caughtBy.test, REPLAYS].map(textOf).join()).toContain(caughtBy.named ?? 'test(');
  });

  test('one whose code is another by now, or stands twice, is named', () => {
    const gone: Mutant = { ...(mutants[0] as Mutant), name: 'rotten', from: 'look()' };
    expect(() => mutated('nothing', gone)).toThrow('mutant rotten: what it changes stands 0 times');
    expect(() => mutated('look(), look()', gone)).toThrow('stands 2 times');
  });
});

describe('the verdict on', () => {
  const check = { test: 'a.test.ts' };
  const cases = { cases: 'a/faults' };
  const passed = { status: 'passed' };
  const failed = (...failureMessages: string[]) => ({ status: 'failed', failureMessages });
  const late = failed('Error: Test timed out in 120000ms.\nIf this is');
  const report = (...assertionResults: Report['testResults'][number]['assertionResults']): Report => ({
    testResults: [{ message: '', assertionResults }],
  });

  test.each([
    ['tests that pass', report(passed), check, { how: 'green' }],
    [
      'one that fails',
      report(passed, failed('Error: two orders\n at x')),
      check,
      { how: 'red', says: 'Error: two orders' },
    ],
    [
      'one that fails beside one that is late',
      report(late, failed('Error: two')),
      check,
      { how: 'red', says: 'Error: two' },
    ],
    ['one that is late', report(passed, late), check, { how: 'void', says: 'Error: Test timed out in 120000ms.' }],
    ['tests that are skipped', report({ status: 'skipped' }), check, { how: 'void', says: 'nothing has such a name' }],
    [
      'a file that does not compile',
      { testResults: [{ message: 'SyntaxError: oh', assertionResults: [] }] },
      check,
      { how: 'void', says: 'SyntaxError: oh' },
    ],
    ['no file', { testResults: [] }, check, { how: 'void', says: 'nothing has such a name' }],
    ['a group without a case', report(passed), cases, { how: 'void', says: 'nothing has such a name' }],
    [
      'a group with a case',
      report({ ...passed, meta: { cases: [{ id: 'a/faults/x', passed: true, ms: 1 }] } }),
      cases,
      { how: 'green' },
    ],
  ] as const)('%s', (_, of, by, verdict) => {
    expect(verdictOf(of, by)).toEqual(verdict);
  });
});
