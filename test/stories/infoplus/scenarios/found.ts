import { foundPaths } from '../../paths/found.js';
import { expectShipped } from '../judge.js';
import {
  completed,
  expectStatuses,
  failed,
  makeByHand,
  OTHER_GOODS,
  type Scenario,
  scenario,
  shipped,
  shippedBesideIt,
  startBesideAnother,
  startDoubled,
  startWaiting,
  warehouse,
} from '../scenario.js';

/** What stands under the reference already, or comes to stand there. */
export const found: Scenario[] = [
  ...foundPaths(warehouse),
  scenario({
    name: 'found-half-made',
    play: async (stage) => {
      await makeByHand(stage);
      return shipped(stage, await startWaiting(stage));
    },
    ends: completed,
    ledger: expectShipped(),
  }),
  scenario({
    name: 'held-and-retried',
    play: async (stage) => {
      const { order, other } = await startBesideAnother(stage);
      stage.sandbox.controls.deleteOrder({ orderNo: other });
      await stage.answer(order, 'retry');
      return shippedBesideIt(stage, order);
    },
    ends: { ...completed, personInvolved: true },
    ledger: expectStatuses('Shipped', 'deleted'),
  }),
  scenario({
    name: 'held-beside-another-and-abandoned',
    play: async (stage) => {
      const { order } = await startDoubled(stage, (at) => makeByHand(at, OTHER_GOODS));
      await stage.answer(order, 'abandon');
      return order;
    },
    ends: failed('Conflict'),
    // What a person made otherwise is not ours to take back.
    ledger: expectStatuses('On Order', 'deleted'),
  }),
];
