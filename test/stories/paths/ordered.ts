import { startsSoon } from '../every-story.js';
import type { Scenario } from '../scenario.js';
import type { Account, OrderOf } from '../tested.js';
import { shows, tell, tellToTheEnd } from '../watching.js';
import { idOf, movesOf } from './moves.js';
import { completed, type Warehouse } from './warehouse.js';

/** Orders that go their way. */
export function orderedPaths<A extends Account>(at: Warehouse<A>): Scenario<A>[] {
  const { variant, statuses, expects } = at;
  const { startWaiting, shipped, goesOn } = movesOf(at);
  return [
    {
      name: 'happy',
      variant,
      play: async (stage): Promise<OrderOf<A>> => shipped(stage, await startWaiting(stage)),
      ends: { ...completed, amendments: 0, personInvolved: false },
      ledger: expects.shipped,
    },
    {
      name: 'starts-later',
      variant,
      order: startsSoon,
      play: async (stage): Promise<OrderOf<A>> => shipped(stage, await startWaiting(stage)),
      ends: completed,
      ledger: expects.shipped,
    },
    {
      name: 'started-without-our-client',
      variant,
      play: async (stage): Promise<OrderOf<A>> => goesOn(stage, await stage.startBare()),
      ends: completed,
      ledger: expects.shipped,
    },
    {
      name: 'canceled-by-the-warehouse',
      variant,
      play: async (stage): Promise<OrderOf<A>> => {
        const order = await startWaiting(stage);
        at.cancelByHand(stage, await idOf(order));
        await tellToTheEnd({ ...stage, order });
        return order;
      },
      ends: { ...completed, fulfillment: 'CANCELED' },
      ledger: expects.canceled,
    },
    {
      name: 'with-an-unknown-status',
      variant,
      play: async (stage): Promise<OrderOf<A>> => {
        const order = await startWaiting(stage);
        at.setStatus(stage, 'QQQ');
        await tell({ ...stage, order }, shows('unknown status QQQ'));
        at.setStatus(stage, statuses.waiting);
        return shipped(stage, order);
      },
      ends: completed,
      ledger: expects.shipped,
    },
  ];
}
