import { expect } from 'vitest';
import type { Journey, Tested } from '../tested.js';
import { journeys } from './journeys.js';
import { expectNothingLeft, expectOnceAndWhole, expectReversed } from './judge.js';
import { type Shop, shop, type Transport } from './rig.js';

const plain = (transport: Transport): Journey<Shop> => ({
  name: 'plain',
  variant: transport,
  writes: [],
  ends: 'completed',
  judge: expectOnceAndWhole,
});

/** The Keap order. At Keap nobody has to do anything for an order to end. */
export const keap: Tested<Shop> = {
  ...shop,
  variants: ['rest', 'xml-rpc'],
  journeys,
  repeatable: ['contact', 'new contact', 'mark', 'fields', 'take the order back'],
  nothingLeft: expectNothingLeft,
  /** Over XML-RPC too, where no lag was ever reported. */
  lag: ({ controls }, ms) => controls.settings({ searchLagMs: ms, xmlrpcSearchLagMs: ms }),
  cancels: {
    journeys: [
      { journey: plain('rest'), requests: 7, last: 'too-late' },
      { journey: plain('xml-rpc'), requests: 7, last: 'stopped' },
    ],
    people: { 'nothing is done at Keap': async () => {} },
    /** Stopped: no live order, or one whose payment was balanced by a Refund and a Credit. Too late: the whole order. */
    expectTrue(verdict, ledger, input) {
      if (verdict === 'too-late') {
        expectOnceAndWhole(ledger, input);
        return;
      }
      expect(verdict).toBe('stopped');
      const live = ledger.orders.filter(({ deleted }) => !deleted);
      if (live.length === 0) {
        expectNothingLeft(ledger);
        return;
      }
      expect(live).toHaveLength(1);
      expectReversed({ ...ledger, orders: live });
    },
  },
};
