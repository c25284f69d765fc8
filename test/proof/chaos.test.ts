import { expect, inject, test } from 'vitest';
import { runChaos } from '../../proof/chaos/run.js';
import { stories } from '../../proof/stories.js';

const ORDERS = 12;

test('a dozen orders keep what is promised while workers and the server are killed', async () => {
  const { violations, tallies, kills, restarts, runs, replayed } = await runChaos({
    executable: inject('temporalExecutable'),
    seed: 1,
    orders: Array.from({ length: ORDERS }, (_, i) => i + 1),
    stories,
    killEveryMs: [2_000, 5_000],
    restartEveryMs: 10_000,
    inFlight: ORDERS,
    accountsOfEach: 2,
  });
  expect(violations).toEqual([]);
  const all = [...tallies.values()];
  expect(all.reduce((sum, { orders }) => sum + orders, 0)).toBe(ORDERS);
  expect(all.reduce((sum, { faults }) => sum + faults, 0)).toBeGreaterThan(ORDERS);
  expect(kills).toBeGreaterThan(0);
  expect(restarts).toBeGreaterThan(0);
  // The orders, and what serves their connections.
  expect(runs).toBeGreaterThan(ORDERS);
  expect(replayed).toBe(runs);
});
