import { expect } from 'vitest';
import type { Journey, Tested } from '../../tested.js';
import { keap } from '../tested.js';
import { endedMeanwhile, journeys } from './journeys.js';
import { expectBilled, expectEndedAfter, expectNothingLeft } from './judge.js';
import { type Club, club, type Transport } from './rig.js';

const plain = (transport: Transport): Journey<Club> => ({
  name: 'plain',
  variant: transport,
  writes: [],
  ends: 'completed',
  judge: expectBilled,
});

/** The Keap subscription. */
export const subscription: Tested<Club> = {
  ...club,
  variants: ['rest', 'xml-rpc'],
  journeys,
  repeatable: ['contact', 'end', 'delete the invoice', 'pause', 'resume'],
  nothingLeft: expectNothingLeft,
  lag: keap.lag,
  changes: (['rest', 'xml-rpc'] as const).map(endedMeanwhile),
  cancels: {
    journeys: [
      { journey: plain('rest'), requests: 12, last: 'too-late' },
      { journey: plain('xml-rpc'), requests: 12, last: 'too-late' },
    ],
    people: { 'nothing is done at Keap': async () => {} },
    /** Stopped: nothing is billed and no money moved. Otherwise it has ended, and the cycle that was charged stands. */
    expectTrue(verdict, ledger) {
      if (verdict === 'stopped') return expectNothingLeft(ledger);
      expect(['partly', 'too-late']).toContain(verdict);
      expectEndedAfter(ledger, 1);
    },
  },
};
