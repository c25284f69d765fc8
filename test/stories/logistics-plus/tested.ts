import { expect } from 'vitest';
import { byPeopleAtAWarehouse } from '../paths/people.js';
import type { Tested } from '../tested.js';
import { amendedMeanwhile, journeys, STOP } from './journeys.js';
import { expectNothingLeft, theOne } from './judge.js';
import { cancelAll, shipAll } from './people.js';
import { plainOrder, type WarehouseAccount, warehouse } from './rig.js';

/** The Logistics Plus order. It ends when people at the warehouse ship or cancel it. */
export const logisticsPlus: Tested<WarehouseAccount> = {
  ...warehouse,
  variants: ['WAPI'],
  settings: (...of) => ({ ...warehouse.settings(...of), stopNote: STOP }),
  journeys: Object.values(journeys),
  repeatable: ['amend', 'stop note'],
  lag: ({ controls }, searchLagMs) => controls.settings({ searchLagMs }),
  changes: [amendedMeanwhile],
  ...byPeopleAtAWarehouse<WarehouseAccount>({
    cancelAll,
    shipAll,
    nothingLeft: expectNothingLeft,
    journeys: [{ journey: journeys.amended, requests: 9, last: 'too-late' }],
    shippedWhole(ledger, input) {
      const { status, lines, shipments } = theOne(ledger, input);
      expect(status).toBe('FIN');
      const quantities = (of: readonly { productCode: string; quantity: number }[] = []) =>
        of.map(({ productCode, quantity }) => [productCode, quantity]);
      const gone = quantities(shipments.flatMap((each) => each.lines));
      // Shipments follow an amendment some time later: what left before that is what was ordered at first.
      expect([quantities(lines), quantities(plainOrder().orderLines)]).toContainEqual(gone);
    },
  }),
};
