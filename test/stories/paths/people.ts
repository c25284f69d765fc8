import { expect } from 'vitest';
import type { Account, Cancels, Judge, Tested, Way } from '../tested.js';
import { toTheEnd } from '../watching.js';

/** What people at a warehouse can do, and what must be true then. */
interface AtAWarehouse<A extends Account> {
  /** Cancels all that may still ship under the reference. */
  cancelAll(way: Way<A>): void;
  /** Sends it out. */
  shipAll(way: Way<A>): void;
  readonly nothingLeft: Judge<A>;
  /** The one order has shipped whole. */
  readonly shippedWhole: Judge<A>;
  readonly journeys: Cancels<A>['journeys'];
}

/** A story that ends when people at a warehouse ship or cancel its order: what they do, and how it is judged. */
export function byPeopleAtAWarehouse<A extends Account>(
  at: AtAWarehouse<A>,
): Pick<Tested<A>, 'nothingLeft' | 'takeBack' | 'cancels'> {
  const { cancelAll, shipAll, nothingLeft, shippedWhole, journeys } = at;
  return {
    nothingLeft,
    async takeBack(way) {
      cancelAll(way);
      await way.account.hint(way.input.reference);
    },
    cancels: {
      journeys,
      people: {
        'the warehouse cancels it': toTheEnd(cancelAll),
        'the warehouse ships it all the same': toTheEnd(shipAll),
      },
      /** Stopped: nothing that may ship. Too late: the one order, shipped as it was when the cancel was asked for. */
      expectTrue(verdict, ledger, input) {
        if (verdict === 'stopped') {
          nothingLeft(ledger, input);
          expect(ledger.orders.length).toBeLessThan(2);
          return;
        }
        expect(verdict).toBe('too-late');
        shippedWhole(ledger, input);
      },
    },
  };
}
