import { answered } from '../every-story.js';
import type { Scenario } from '../scenario.js';
import type { Account, FaultOf, OrderOf } from '../tested.js';
import { movesOf } from './moves.js';
import { completed, failed, type Warehouse } from './warehouse.js';

/** It may be sent again twice. */
const EVERY_SEND = 3;

/** Creates whose answers were lost, with and without the work behind them. */
export function lostPaths<A extends Account>(at: Warehouse<A>): Scenario<A>[] {
  const { variant, create, expects } = at;
  const { startWaiting, startHeld, shipped, goesOn } = movesOf(at);
  const lost = (kind: 'reset-after' | 'reset-before', times = 1) => ({ kind, operation: create, times }) as FaultOf<A>;
  const lostForGood = lost('reset-before', EVERY_SEND);
  return [
    {
      name: 'create-lost-and-adopted',
      variant,
      faults: [lost('reset-after')],
      play: async (stage): Promise<OrderOf<A>> => shipped(stage, await startWaiting(stage)),
      ends: { ...completed, ...at.foundEnds, personInvolved: false },
      ledger: expects.shipped,
    },
    {
      name: 'create-lost-and-sent-again',
      variant,
      faults: [lost('reset-before')],
      play: async (stage): Promise<OrderOf<A>> => shipped(stage, await startWaiting(stage)),
      ends: { ...completed, personInvolved: false },
      ledger: expects.shipped,
    },
    {
      name: 'create-lost-for-good-and-retried',
      variant,
      faults: [lostForGood],
      play: async (stage): Promise<OrderOf<A>> => {
        const order = await startHeld(stage);
        await stage.answer(order, 'retry');
        return goesOn(stage, order);
      },
      ends: { ...completed, personInvolved: true },
      ledger: expects.shipped,
    },
    {
      name: 'create-lost-for-good-and-made-by-hand',
      variant,
      faults: [lostForGood],
      play: async (stage): Promise<OrderOf<A>> => {
        const order = await startHeld(stage);
        await stage.answer(order, 'accept', { id: await at.makeByHand(stage) });
        return goesOn(stage, order);
      },
      ends: { ...completed, personInvolved: true },
      ledger: expects.shipped,
    },
    {
      name: 'create-lost-for-good-and-abandoned',
      variant,
      faults: [lostForGood],
      play: answered('abandon'),
      ends: failed('OutcomeUnknown'),
      ledger: expects.none,
    },
  ];
}
