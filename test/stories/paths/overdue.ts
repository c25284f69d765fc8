import { soonOver } from '../every-story.js';
import type { Scenario } from '../scenario.js';
import type { Account, OrderOf } from '../tested.js';
import { reaches } from '../watching.js';
import { movesOf } from './moves.js';
import { completed, type Warehouse } from './warehouse.js';

/** Orders that have waited for as long as the connection lets them, so that a person is asked. */
export function overduePaths<A extends Account>(at: Warehouse<A>): Scenario<A>[] {
  const { variant, expects } = at;
  const { startHeld } = movesOf(at);
  return [
    {
      name: 'past-its-deadline-and-retried',
      variant,
      account: soonOver,
      play: async (stage): Promise<OrderOf<A>> => {
        const order = await startHeld(stage);
        await stage.answer(order, 'retry');
        await reaches(order, ({ hold }) => hold === undefined);
        await at.shipAtOnce({ ...stage, order });
        return order;
      },
      ends: { ...completed, personInvolved: true },
      ledger: expects.shipped,
    },
    {
      name: 'past-its-deadline-and-shipped',
      variant,
      account: soonOver,
      play: async (stage): Promise<OrderOf<A>> => {
        const order = await startHeld(stage);
        await at.shipAtOnce({ ...stage, order });
        return order;
      },
      ends: { ...completed, personInvolved: false },
      ledger: expects.shipped,
    },
  ];
}
