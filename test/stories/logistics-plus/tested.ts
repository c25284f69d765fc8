import { expect } from 'vitest';
import type { Tested } from '../tested.js';
import { journeys, STOP } from './journeys.js';
import { expectNothingLeft, theOne } from './judge.js';
import { cancelAll, shipAll, toTheEnd } from './people.js';
import { type WarehouseAccount, warehouse } from './rig.js';

/** The Logistics Plus order. It ends when people at the warehouse ship or cancel it. */
export const logisticsPlus: Tested<WarehouseAccount> = {
  ...warehouse,
  variants: ['WAPI'],
  settings: (...of) => ({ ...warehouse.settings(...of), stopNote: STOP }),
  journeys: Object.values(journeys),
  repeatable: ['amend', 'stop note'],
  nothingLeft: expectNothingLeft,
  async takeBack(way) {
    cancelAll(way);
    await way.account.hint(way.input.reference);
  },
  cancels: {
    journeys: [{ journey: journeys.amended, requests: 9, last: 'too-late' }],
    people: {
      'the warehouse cancels it': toTheEnd(cancelAll),
      'the warehouse ships it all the same': toTheEnd(shipAll),
    },
    /** Stopped: nothing that may ship. Too late: the one order, shipped as it was when the cancel was asked for. */
    expectTrue(verdict, ledger, input) {
      if (verdict === 'stopped') {
        expectNothingLeft(ledger);
        expect(ledger.orders.length).toBeLessThan(2);
        return;
      }
      expect(verdict).toBe('too-late');
      const { status, lines, shipments } = theOne(ledger, input);
      expect(status).toBe('FIN');
      const quantities = (of: readonly { productCode: string; quantity: number }[] = []) =>
        of.map(({ productCode, quantity }) => [productCode, quantity]);
      expect(quantities(shipments.flatMap((each) => each.lines))).toEqual(quantities(lines));
    },
  },
  faultPace: 0.05,
};
