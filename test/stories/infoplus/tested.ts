import { expect } from 'vitest';
import { byPeopleAtAWarehouse } from '../paths/people.js';
import type { Tested } from '../tested.js';
import { amendedMeanwhile, journeys } from './journeys.js';
import { expectNothingLeft, theOne } from './judge.js';
import { cancelAll, shipAll } from './people.js';
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
  lag: ({ controls }, searchLagMs) => controls.settings({ searchLagMs }),
  changes: [amendedMeanwhile],
  ...byPeopleAtAWarehouse<SiteAccount>({
    cancelAll,
    shipAll,
    nothingLeft: expectNothingLeft,
    journeys: [{ journey: journeys.shipped, requests: 9, last: 'too-late' }],
    shippedWhole(ledger, input) {
      const { status, lines } = theOne(ledger, input);
      expect(status).toBe('Shipped');
      for (const { orderedQty, shippedQty } of lines) expect(shippedQty).toBe(orderedQty);
    },
  }),
};
