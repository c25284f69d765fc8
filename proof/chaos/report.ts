import Table from 'cli-table3';
import type { AnyStory } from '../stories.js';
import { describePlan, planOf } from './plan.js';
import type { ChaosResult } from './run.js';

/** What a run has come to, in a table; each violation with all that is needed to see it again. */
export function report(result: ChaosResult, seed: number, stories: readonly AnyStory[]): string {
  const { violations, tallies, folder, seconds } = result;
  const table = new Table({
    head: ['story', 'orders', 'completed', 'failed', 'canceled', 'asked a person', 'requests', 'faults'],
    style: { head: [], border: [] },
  });
  let orders = 0;
  for (const [story, tally] of tallies) {
    orders += tally.orders;
    const { completed, failed, canceled, held, requests, faults } = tally;
    table.push([story, tally.orders, completed, failed, canceled, held, requests, faults]);
  }
  const told = violations.map(({ n, text }) =>
    n === undefined
      ? `VIOLATION, seed ${seed}\n  ${text}\n`
      : `VIOLATION, seed ${seed}, ${describePlan(planOf(seed, n, stories))}\n  ${text}\n  history: ${folder}/order-${n}.json\n`,
  );
  return [
    ...told,
    table.toString(),
    `workers killed ${result.kills}, ended by themselves ${result.endedByThemselves}; server killed ${result.restarts}`,
    `${result.runs} runs on the server, ${result.replayed} replayed`,
    ...(result.stood === 0 ? [] : [`the judge stood still ${result.stood} times, and judges no limit just then`]),
    `${seconds.toFixed(0)} s, ${((orders / seconds) * 60).toFixed(1)} orders a minute`,
    `${violations.length} violations${violations.length === 0 ? '' : `; logs in ${folder}`}`,
  ].join('\n');
}
