import type { Client } from '@temporalio/client';
import { afterAll, beforeAll, describe, type TestContext, test, vi } from 'vitest';
import { FreeAccounts, ofEach, openAccounts, type Rig } from './accounts.js';
import type { Account, Tested } from './tested.js';

/** So many trials of a file at once: they mostly wait. Each has an account to itself while it runs. */
const AT_A_TIME = 12;

/** A test of the matrix: a case, or cases one after the other, at an account of its own. */
export interface Trial<A extends Account> {
  readonly id: string;
  readonly variant: A['variant'];
  /** In milliseconds. */
  readonly timeout?: number;
  /** It makes the searches of its imitation lag, which outlives it: its account is for such trials only. */
  readonly lags?: true;
  run(context: TestContext, client: Client, account: A): Promise<unknown>;
}

/** Tries all of them, with one worker for all. @param promises what they show, in words */
export function testTrials<A extends Account>(
  tested: Tested<A>,
  promises: Readonly<Record<string, readonly Trial<A>[]>>,
): void {
  const all = Object.values(promises).flat();
  if (all.length === 0) return;
  const enoughFor = (trials: readonly Trial<A>[]) =>
    tested.variants.flatMap((variant) => {
      const those = trials.filter((trial) => trial.variant === variant);
      return ofEach([variant], Math.min(those.length, AT_A_TIME));
    });
  const usual = enoughFor(all.filter(({ lags }) => lags !== true));
  const lagging = enoughFor(all.filter(({ lags }) => lags === true));

  vi.setConfig({ maxConcurrency: AT_A_TIME });
  let rig: Rig<A>;
  let free: FreeAccounts<A>;
  let late: FreeAccounts<A>;
  beforeAll(async () => {
    rig = await openAccounts(tested, [...usual, ...lagging]);
    free = new FreeAccounts(rig.accounts.slice(0, usual.length));
    late = new FreeAccounts(rig.accounts.slice(usual.length));
  });
  afterAll(() => rig.close());

  for (const [promise, trials] of Object.entries(promises)) {
    if (trials.length === 0) continue;
    describe.concurrent(promise, () => {
      for (const { id, variant, timeout, lags, run } of trials) {
        test(id, timeout === undefined ? {} : { timeout }, (context) =>
          (lags ? late : free).lend(variant, (account) => run(context, rig.client, account)),
        );
      }
    });
  }
}
