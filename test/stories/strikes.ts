import { type Case, casesOf } from './cases.js';
import { idOf } from './matrix.js';
import type { Account, Journey } from './tested.js';

/** Where a write stands: sent and not worked; worked and not answered; told to Temporal, and the next request is sent. */
type Moment = 'arrival' | 'done' | 'next';

/** What happens to the process, and where the writes stand by then. */
const strikes = {
  'killed before it was worked': 'arrival',
  'killed when it was worked': 'done',
  'killed when it was told': 'next',
  'stopped in order': 'done',
  frozen: 'done',
} satisfies Record<string, Moment>;

export type Strike = keyof typeof strikes;

/** A write, and what happens to its process where it stands. */
export interface Struck<A extends Account> extends Case<A> {
  readonly id: string;
  readonly strike: Strike;
}

export const momentOf = ({ strike }: { readonly strike: Strike }): Moment => strikes[strike];

/** Of a case: what more is said of it comes last. */
export const killId = <A extends Account>(
  story: string,
  { variant, name }: Journey<A>,
  ...more: readonly string[]
): string => idOf(story, 'kills', variant, name, ...more);

/**
 * What leaves nothing to be found is looked for over the whole settle schedule and sent again, which takes long. What is
 * lost before it is lost like any other write.
 */
export const isSlow = <A extends Account>({ journey, step }: Case<A>): boolean => journey.slow === step;

/** Every write of the journeys, under every strike that applies. */
export function struckOf<A extends Account>(story: string, journeys: readonly Journey<A>[]): Struck<A>[] {
  return casesOf(journeys, (step, nth) => `${step} ${nth}`).flatMap((one) => {
    const { journey, step, operation, nth } = one;
    const those = (Object.keys(strikes) as Strike[]).filter((strike) => {
      if (isSlow(one)) return strike === 'killed when it was worked';
      return strike !== 'frozen' || journey.everyFault === true;
    });
    return those.map((strike) => ({
      ...one,
      strike,
      id: killId(story, journey, `${step} ${operation} ${nth}`, strike),
    }));
  });
}
