import { expect } from 'vitest';
import type { Tested } from '../tested.js';
import { inOneParcel, journeys } from './journeys.js';
import { expectNothingLeft, expectShipped, expectTakenBack } from './judge.js';
import { seeTo, takeBack } from './people.js';
import { account, type BigcommerceAccount } from './rig.js';

/** Orders of a BigCommerce store. They wait for the word that they are paid, and for parcels. */
export const bigcommerce: Tested<BigcommerceAccount> = {
  ...account,
  variants: ['store'],
  journeys: Object.values(journeys),
  repeatable: [
    ...['write down the payment', 'cancel the order', 'put the reference on the order', 'open the payment'],
    ...['claim the correction', 'say that it was corrected'],
  ],
  nothingLeft: expectNothingLeft,
  lag: ({ controls }, searchLagMs) => controls.settings({ searchLagMs }),
  takeBack,
  cancels: {
    journeys: [{ journey: inOneParcel, requests: 15, last: 'too-late' }],
    people: { 'the money is given back where it was taken': seeTo },
    /** Stopped: nothing is left, and the stock is back. Too late: everything has left. */
    expectTrue(verdict, ledger, input) {
      if (verdict === 'stopped') return expectTakenBack(ledger, input);
      expect(verdict).toBe('too-late');
      return expectShipped(2, '1ZREST')(ledger, input);
    },
  },
};
