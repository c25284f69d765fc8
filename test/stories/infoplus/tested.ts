import { expect } from 'vitest';
import type { Tested } from '../tested.js';
import { journeys } from './journeys.js';
import { expectNothingLeft, theOne } from './judge.js';
import { cancelAll, shipAll, toTheEnd } from './people.js';
import { type SiteAccount, site } from './rig.js';

/** The Infoplus order. It ends when people at the warehouse ship or cancel it, or when it is deleted. */
export const infoplus: Tested<SiteAccount> = {
  ...site,
  variants: ['v3.0'],
  journeys: Object.values(journeys),
  repeatable: [
    ...['set the custom fields', 'tag', 'tag another', 'take a tag off', 'amend', 'release'],
    ...['ask for a cancellation', 'ask no more'],
  ],
  nothingLeft: expectNothingLeft,
  async takeBack(way) {
    cancelAll(way);
    await way.account.hint(way.input.reference);
  },
  cancels: {
    journeys: [{ journey: journeys.shipped, requests: 9, last: 'too-late' }],
    people: {
      'the warehouse cancels it': toTheEnd(cancelAll),
      'the warehouse ships it all the same': toTheEnd(shipAll),
    },
    /** Stopped: nothing that may ship. Too late: the one order, shipped whole. */
    expectTrue(verdict, ledger, input) {
      if (verdict === 'stopped') {
        expectNothingLeft(ledger);
        expect(ledger.orders.length).toBeLessThan(2);
        return;
      }
      expect(verdict).toBe('too-late');
      const { status, lines } = theOne(ledger, input);
      expect(status).toBe('Shipped');
      for (const { orderedQty, shippedQty } of lines) expect(shippedQty).toBe(orderedQty);
    },
  },
  faultPace: 0.05,
};
