import { existsSync } from 'node:fs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { tableOf } from '../../proof/faults/table.js';

const all = ['a/faults/x/1', 'a/faults/x/10', 'a/faults/y/1', 'b/kills/x/1'].map((id) => ({ id }));

/** The matrix as it is when these cases are asked for. */
async function matrix(cases?: string) {
  vi.resetModules();
  vi.stubEnv('WAYBILL_CASES', cases);
  return import('../stories/matrix.js');
}
afterEach(() => vi.unstubAllEnvs());

describe('of the cases', () => {
  test.each([
    [undefined, [0, 3]],
    ['all', [0, 1, 2, 3]],
    ['a', [0, 1, 2]],
    ['a/faults/x', [0, 1]],
    ['a/faults/x/1', [0]],
    ['a/faults/x/2', []],
    ['a/faults/y b', [2, 3]],
  ])('%s runs %s', async (wanted, run) => {
    const { chosen } = await matrix(wanted);
    expect(chosen(all, 3)).toEqual(run.map((i) => all[i]));
  });

  test('with which a story begins depends on how many it has', async () => {
    const { spread } = await matrix();
    expect(spread(all, 3)).toEqual([all[1]]);
    expect(spread(all.slice(0, 3), 3)).toEqual([all[0]]);
    expect(spread(all, 5)).toEqual([all[0]]);
    expect((await matrix('all')).spread(all, 3)).toEqual(all);
  });

  test.each([
    [undefined, [1, 4]],
    ['all', [1, 2, 3, 4, 5]],
    ['a/x/request-2', [2]],
    ['b', []],
  ])('at each of five requests, %s runs %s', async (wanted, run) => {
    const { atEachRequest, noCase } = await matrix(wanted);
    expect(await atEachRequest('a/x', 3, async (k) => (k > 5 ? noCase : k))).toEqual(run);
  });

  test('a group runs when one of its cases does', async () => {
    const groups = [{ id: 'a/x' }, { id: 'a/xy' }, { id: 'b/x' }];
    expect((await matrix('a/x/request-3')).withCases(groups)).toEqual([{ id: 'a/x' }]);
    expect((await matrix('a')).withCases(groups)).toEqual([{ id: 'a/x' }, { id: 'a/xy' }]);
    expect((await matrix(undefined)).withCases(groups)).toEqual(groups);
  });

  test.each([
    ['keapOrder', ['faults', 'cancel', 'kills', 'crowd'].map((file) => `test/stories/keap/${file}.test.ts`)],
    ['keapSubscription/lag/rest/x', ['test/stories/keap/subscription/faults.test.ts']],
    ['logisticsPlusOrder/cancels/x', ['test/stories/logistics-plus/cancel.test.ts']],
    [
      'flxpointOrder/kills bigcommerceOrder/crowd',
      ['flxpoint/kills', 'bigcommerce/crowd'].map((file) => `test/stories/${file}.test.ts`),
    ],
  ])('%s is looked for where it is', async (wanted, files) => {
    vi.resetModules();
    vi.stubEnv('WAYBILL_CASES', wanted);
    const { default: config } = await import('../../proof/faults/vitest.config.js');
    expect(config.test?.include).toEqual(files);
    expect(files.some((file) => existsSync(file))).toBe(true);
  });

  test('no two have one id', async () => {
    const { chosen } = await matrix('all');
    expect(() => chosen([{ id: 'a' }, { id: 'a' }])).toThrow('one id');
  });
});

test('what became of them is a line for each story and kind, for each platform, and for all', () => {
  const cases = [
    { id: 'bluePlusOrder/kills/x/1', passed: true, ms: 60_000 },
    { id: 'aSubscription/faults/x/1', passed: true, ms: 6_000 },
    { id: 'aOrder/faults/x/1', passed: true, ms: 6_000 },
    { id: 'aOrder/faults/y/1', passed: false, ms: 12_000 },
  ];
  const lines = tableOf(cases)
    .split('\n')
    .filter((line) => /\d/.test(line))
    .map((line) =>
      line
        .split('│')
        .map((cell) => cell.trim())
        .filter(Boolean)
        .join(' '),
    );
  expect(lines).toEqual([
    'a aOrder faults 2 1 0.3 9.0',
    'a aSubscription faults 1 1 0.1 6.0',
    'a all 3 2 0.4 8.0',
    'bluePlus bluePlusOrder kills 1 1 1.0 60.0',
    'bluePlus all 1 1 1.0 60.0',
    'all 4 3 1.4 21.0',
  ]);
});
