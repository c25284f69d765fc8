import { expect } from 'vitest';
import type { Account, Cancels, InputOf, LedgerOf, Tested, Way } from '../tested.js';
import { toTheEnd } from '../watching.js';

/** What people at a warehouse can do with all that may still ship under a reference. */
interface Acts<A extends Account> {
  cancelAll(way: Way<A>): void;
  shipAll(way: Way<A>): void;
}

/** A story that ends when people at a warehouse ship or cancel its order: what they do, and how it is judged. */
export function byPeopleAtAWarehouse<A extends Account>(
  { cancelAll, shipAll }: Acts<A>,
  judges: {
    readonly nothingLeft: Tested<A>['nothingLeft'];
    /** The one order has shipped whole. */
    readonly shippedWhole: (ledger: LedgerOf<A>, input: InputOf<A>) => void;
    readonly journeys: Cancels<A>['journeys'];
  },
): Pick<Tested<A>, 'nothingLeft' | 'takeBack' | 'cancels'> {
  return {
    nothingLeft: judges.nothingLeft,
    async takeBack(way) {
      cancelAll(way);
      await way.account.hint(way.input.reference);
    },
    cancels: {
      journeys: judges.journeys,
      people: {
        'the warehouse cancels it': toTheEnd(cancelAll),
        'the warehouse ships it all the same': toTheEnd(shipAll),
      },
      /** Stopped: nothing that may ship. Too late: the one order, shipped as it was when the cancel was asked for. */
      expectTrue(verdict, ledger, input) {
        if (verdict === 'stopped') {
          judges.nothingLeft(ledger, input);
          expect(ledger.orders.length).toBeLessThan(2);
          return;
        }
        expect(verdict).toBe('too-late');
        judges.shippedWhole(ledger, input);
      },
    },
  };
}
