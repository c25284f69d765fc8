import { lostPaths } from '../../paths/lost.js';
import {
  completed,
  expectStatuses,
  hint,
  type Scenario,
  scenario,
  shippedBesideIt,
  startWaiting,
  warehouse,
} from '../scenario.js';

/** Long after anybody looks for it. */
const LATER_THAN_ANY_LOOK_MS = 24 * 60 * 60_000;

/** Answers that were lost, with and without the work behind them. */
export const lost: Scenario[] = [
  ...lostPaths(warehouse),
  scenario({
    name: 'create-late-and-doubled',
    faults: [{ kind: 'late-before', operation: 'orders.create', ms: LATER_THAN_ANY_LOOK_MS }],
    play: async (stage) => {
      const order = await startWaiting(stage);
      stage.sandbox.clock.advance(LATER_THAN_ANY_LOOK_MS);
      await stage.sandbox.whenWorked('orders.create', 2);
      await hint(stage);
      const { facts } = await stage.held(order);
      stage.sandbox.controls.cancel({ orderId: facts[1]?.replace('others: ', '') });
      await hint(stage);
      stage.settled();
      return shippedBesideIt(stage, order);
    },
    ends: completed,
    ledger: expectStatuses('CAN', 'FIN'),
  }),
];
