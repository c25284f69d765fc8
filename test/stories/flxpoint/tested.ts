import { expect } from 'vitest';
import type { Tested } from '../tested.js';
import { toTheEnd } from '../watching.js';
import { grownMeanwhile, journeys } from './journeys.js';
import { expectCanceled, expectNone, expectNothingLeft, expectShipped } from './judge.js';
import { cancelByHand, type Going, shipAllTheSame } from './people.js';
import { account, addedIn, type FlxpointAccount, orderIn } from './rig.js';

/** Lines of a Flxpoint order. It ends when its source ships them, or they are canceled. */
export const flxpoint: Tested<FlxpointAccount> = {
  ...account,
  variants: ['others-ship', 'we-ship'],
  journeys: Object.values(journeys),
  repeatable: [
    ...[
      'tag a line',
      'tag another line',
      'take its tag off',
      'kill a line',
      'give its stock back',
      'give its stock back once more',
    ],
    ...['put the order on hold', 'say that a line is to be canceled', 'release the order', 'say it no more'],
    'acknowledge a request',
  ],
  nothingLeft: expectNothingLeft,
  lag: ({ controls }, searchLagMs) => controls.settings({ searchLagMs }),
  changes: [grownMeanwhile],
  async takeBack(way) {
    cancelByHand(way);
    await way.account.hint(way.input.reference);
  },
  cancels: {
    journeys: [{ journey: journeys.shipped, requests: 9, last: 'too-late' }],
    people: {
      'a person cancels what is asked for': toTheEnd<Going>(cancelByHand),
      'the source ships it all the same': toTheEnd<Going>(shipAllTheSame),
    },
    /** Stopped: nothing of ours that may ship, and the order as it was. Too late: the lines, shipped. */
    expectTrue(verdict, ledger, input) {
      if (verdict === 'stopped') {
        if (addedIn(orderIn(ledger, input)).length === 0) expectNone(ledger);
        else expectCanceled(ledger, input);
        return;
      }
      expect(verdict).toBe('too-late');
      expectShipped()(ledger, input);
    },
  },
};
