import { expect } from 'vitest';
import { casesOf } from './cases.js';
import { judged } from './judged.js';
import { idOf, inCase, spread } from './matrix.js';
import type { Account, Tested } from './tested.js';
import type { Trial } from './trials.js';
import { wireFaults } from './wire-faults.js';

/** In seconds of the imitation's clock: none, and up to the longest that was ever reported of a platform. */
const LAGS = [0, 15, 30, 60];

/** Without `npm run faults`: prime to the number of lags. */
const ONE_CASE_IN = 31;

const lost = wireFaults['done, answer dropped'];

/** Every write that must not be done twice is done and its answer lost, while searches show what was so long ago. */
export function lags<A extends Account>(tested: Tested<A>): Trial<A>[] {
  const all = casesOf(tested.journeys, (step) => step)
    .filter(({ step }) => !tested.repeatable.includes(step))
    .flatMap(({ journey, step, operation, nth }) =>
      LAGS.map((seconds) => ({
        id: idOf(tested.contract.name, 'lag', journey.variant, journey.name, `${step} ${operation}`, `${seconds} s`),
        journey,
        fault: { ...lost, operation, nth },
        ms: seconds * 1_000,
      })),
    );
  return spread(all, ONE_CASE_IN).map(({ id, journey, fault, ms }) => ({
    id,
    variant: journey.variant,
    lags: true,
    run: (context, client, account) =>
      inCase<A, void>(context, client, id, async (seen) => {
        tested.lag(account.sandbox as never, ms);
        expect(await judged(client, tested, account, journey, fault, seen)).toBe(1);
      }),
  }));
}
