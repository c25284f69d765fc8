import { expect } from 'vitest';
import { writesAt } from '../cases.js';
import type { Scenario } from '../scenario.js';
import type { Account, OrderOf } from '../tested.js';
import { movesOf } from './moves.js';
import { completed, failed, type Warehouse } from './warehouse.js';

/** What stands under the reference already, or comes to stand there. */
export function foundPaths<A extends Account>(at: Warehouse<A>): Scenario<A>[] {
  return [...beforeIt(at), ...besideIt(at)];
}

function beforeIt<A extends Account>(at: Warehouse<A>): Scenario<A>[] {
  const { variant, statuses, expects } = at;
  const { startWaiting, startHeld, startBesideAnother, shipped, shippedBesideIt } = movesOf(at);
  return [
    {
      name: 'found-finished',
      variant,
      play: async (stage): Promise<OrderOf<A>> => {
        await stage.ended(await shipped(stage, await startWaiting(stage)));
        const again = await stage.startBare();
        await stage.ended(again);
        // What was found finished was not written again.
        expect(writesAt(stage.sandbox)).toEqual(at.writes);
        return again;
      },
      ends: completed,
      ledger: expects.shipped,
    },
    {
      name: 'held-and-accepted',
      variant,
      play: async (stage): Promise<OrderOf<A>> => {
        const one = await at.makeByHand(stage);
        const other = await at.makeByHand(stage);
        const order = await startHeld(stage);
        at.cancelByHand(stage, one);
        await stage.answer(order, 'accept', { id: other });
        return shippedBesideIt(stage, order);
      },
      ends: { ...completed, personInvolved: true },
      ledger: expects.statuses(statuses.canceled, statuses.shipped),
    },
    {
      name: 'held-and-abandoned',
      variant,
      play: async (stage): Promise<OrderOf<A>> => {
        const { order } = await startBesideAnother(stage);
        await stage.answer(order, 'abandon');
        return order;
      },
      ends: failed('Conflict'),
      // What a person made under the reference is not ours to take back.
      ledger: expects.statuses(statuses.made),
    },
    {
      name: 'held-and-answered-wrongly',
      variant,
      play: async (stage): Promise<OrderOf<A>> => {
        const { order, other } = await startBesideAnother(stage);
        await expect(order.resolve({ hold: 'hold-7', answer: 'retry' })).rejects.toThrow('hold-7 is not open');
        await expect(order.resolve({ hold: 'hold-1', answer: 'leave' })).rejects.toThrow('not "leave"');
        await expect(order.resolve({ hold: 'hold-1', answer: 'accept', id: other })).rejects.toThrow(`order ${other}`);
        await stage.answer(order, 'abandon');
        return order;
      },
      ends: failed('Conflict'),
      ledger: expects.statuses(statuses.made),
    },
  ];
}

function besideIt<A extends Account>(at: Warehouse<A>): Scenario<A>[] {
  const { variant, statuses, expects } = at;
  const { startDoubled, shippedBesideIt, hint } = movesOf(at);
  return [
    {
      name: 'double-held-and-settled',
      variant,
      play: async (stage): Promise<OrderOf<A>> => {
        const { order, double } = await startDoubled(stage);
        at.cancelByHand(stage, double);
        await hint(stage);
        stage.settled();
        return shippedBesideIt(stage, order);
      },
      ends: { ...completed, personInvolved: false },
      ledger: expects.statuses(statuses.canceled, statuses.shipped),
    },
    {
      name: 'double-held-and-retried',
      variant,
      play: async (stage): Promise<OrderOf<A>> => {
        const { order, double } = await startDoubled(stage);
        await stage.answer(order, 'retry');
        // It is still there.
        await stage.held(order);
        at.cancelByHand(stage, double);
        await hint(stage);
        stage.settled();
        return shippedBesideIt(stage, order);
      },
      ends: { ...completed, personInvolved: true },
      ledger: expects.statuses(statuses.canceled, statuses.shipped),
    },
    {
      name: 'double-held-and-abandoned',
      variant,
      play: async (stage): Promise<OrderOf<A>> => {
        const { order } = await startDoubled(stage);
        await stage.answer(order, 'abandon');
        await at.takeBack(stage, order);
        return order;
      },
      ends: failed('Conflict'),
      // The double is as ours is, and goes with it: it may be a create of ours that came late.
      ledger: expects.statuses(statuses.takenBack, statuses.takenBack),
    },
  ];
}
