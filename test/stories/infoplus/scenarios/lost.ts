import { lostPaths } from '../../paths/lost.js';
import { expectStatuses, type Scenario, scenario, warehouse } from '../scenario.js';

/** Answers that were lost, with and without the work behind them. */
export const lost: Scenario[] = [
  ...lostPaths(warehouse),
  scenario({
    // Cancelled ones are passed over where they were there before; this one was not.
    name: 'create-lost-and-cancelled-before-it-was-found',
    faults: [{ kind: 'reset-after', operation: 'order.create' }],
    play: async ({ sandbox, input: { reference }, start }) => {
      const answer = sandbox.hold({ operation: 'order.create', at: 'done' });
      const order = await start();
      await answer.reached;
      sandbox.controls.cancel({ reference });
      answer.release();
      return order;
    },
    ends: { outcome: 'completed', fulfillment: 'CANCELED', personInvolved: false },
    ledger: expectStatuses('Cancelled'),
  }),
];
