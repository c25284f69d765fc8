import { expect, inject, test } from 'vitest';
import { runChaos } from '../../proof/chaos/run.js';
import { stories } from '../../proof/stories.js';

const ORDERS = 8;

/** Of all stories, two started twice and one canceled; no write of them is lost for a minute. */
const SEED = 130;

/** Half a minute when nothing else is to be done; beside other tests each process takes several times as long to start. */
const TIMEOUT_MS = 240_000;

test(
  'a few orders keep what is promised while a worker and the server are killed',
  async () => {
    const { violations, tallies, kills, restarts, runs, replayed } = await runChaos({
      executable: inject('temporalExecutable'),
      seed: SEED,
      orders: Array.from({ length: ORDERS }, (_, i) => i + 1),
      stories,
      // Once or twice each: this is about the instrument, which npm run chaos plays on.
      killEveryMs: [5_000, 8_000],
      restartEveryMs: 10_000,
      inFlight: ORDERS,
      accountsOfEach: 2,
      pace: 0.05,
    });
    expect(violations).toEqual([]);
    const all = [...tallies.values()];
    expect(all.reduce((sum, { orders }) => sum + orders, 0)).toBe(ORDERS);
    expect(all.reduce((sum, { faults }) => sum + faults, 0)).toBeGreaterThan(ORDERS);
    expect(kills).toBeGreaterThan(0);
    expect(restarts).toBeGreaterThan(0);
    // The orders, and what serves their connections.
    expect(runs).toBeGreaterThan(ORDERS);
    // One that no worker had taken up yet has nothing to replay.
    expect(replayed).toBeGreaterThanOrEqual(ORDERS);
  },
  TIMEOUT_MS,
);
