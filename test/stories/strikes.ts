import { type Case, casesOf } from './cases.js';
import { idOf } from './matrix.js';
import type { Account, Journey } from './tested.js';

/** Where a write stands: sent and not worked; worked and not answered; told to Temporal, and the next request is sent. */
type Moment = 'arrival' | 'done' | 'next';

/** What happens, where the writes stand by then, and whether Temporal is told what came of them. */
const strikes = {
  'killed before it was worked': { moment: 'arrival', told: false },
  'killed when it was worked': { moment: 'done', told: false },
  'killed before it was told': { moment: 'done', told: false },
  'killed in the workflow task after it': { moment: 'done', told: true },
  'killed when it was told': { moment: 'next', told: true },
  'stopped in order': { moment: 'done', told: true },
  frozen: { moment: 'done', told: false },
  'the server killed': { moment: 'done', told: false },
  'started again': { moment: 'done', told: true },
} satisfies Record<string, { moment: Moment; told: boolean }>;

export type Strike = keyof typeof strikes;

/** A write, and what happens where it stands. */
export interface Struck<A extends Account> extends Case<A> {
  readonly id: string;
  readonly strike: Strike;
}

export const momentOf = ({ strike }: { readonly strike: Strike }): Moment => strikes[strike].moment;

/** Of a case: what more is said of it comes last. */
export const killId = <A extends Account>(
  story: string,
  { variant, name }: Journey<A>,
  ...more: readonly string[]
): string => idOf(story, 'kills', variant, name, ...more);

/** Of what leaves nothing to be found only this is lost: it is looked for over the whole settle schedule and sent again. */
const SLOW: Strike = 'killed when it was worked';

export const isSlow = <A extends Account>({ journey, step, strike }: Struck<A>): boolean =>
  journey.slow === step && strike === SLOW;

/** Every write of the journeys, under every strike that applies. */
export function struckOf<A extends Account>(story: string, journeys: readonly Journey<A>[]): Struck<A>[] {
  return casesOf(journeys, (step, nth) => `${step} ${nth}`).flatMap((one) => {
    const { journey, step, operation, nth } = one;
    const those = (Object.keys(strikes) as Strike[]).filter((strike) => {
      const leavesNothing = journey.slow === step && !strikes[strike].told;
      return !leavesNothing || strike === SLOW;
    });
    return those.map((strike) => ({
      ...one,
      strike,
      id: killId(story, journey, `${step} ${operation} ${nth}`, strike),
    }));
  });
}
