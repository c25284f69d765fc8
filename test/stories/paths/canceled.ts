import { expect } from 'vitest';
import { cancelAt, canceledBeforeItsStart } from '../every-story.js';
import type { CancelBy, Scenario, Stage } from '../scenario.js';
import type { Account, FaultOf, OrderOf } from '../tested.js';
import { waits } from '../watching.js';
import { idOf, movesOf } from './moves.js';
import { stopped, tooLate, type Warehouse } from './warehouse.js';

/** Orders that somebody wants stopped, at every stage of their life, by our update and by Temporal's own cancel. */
export function canceledPaths<A extends Account>(at: Warehouse<A>): Scenario<A>[] {
  return [...(['update', 'button'] as const).flatMap((by) => inEveryPhase(at, by)), ...answeredPaths(at)];
}

function inEveryPhase<A extends Account>(at: Warehouse<A>, by: CancelBy): Scenario<A>[] {
  const { variant, create, statuses, expects } = at;
  const { startWaiting, startBesideAnother } = movesOf(at);
  const lost = (kind: 'reset-after' | 'reset-before') => ({ kind, operation: create }) as FaultOf<A>;
  const onceCreated = async (stage: Stage<A>): Promise<OrderOf<A>> => {
    const order = await cancelAt('done', create, by)(stage);
    await at.takeBack(stage, order);
    return order;
  };
  return [
    canceledBeforeItsStart(variant, by, expects.none),
    {
      name: `canceled-by-${by}-during-its-creation`,
      variant,
      play: onceCreated,
      ends: stopped,
      ledger: expects.takenBack,
    },
    {
      name: `canceled-by-${by}-while-its-creation-is-lost`,
      variant,
      faults: [lost('reset-before')],
      play: cancelAt('arrival', create, by),
      ends: stopped,
      ledger: expects.none,
    },
    {
      name: `canceled-by-${by}-while-an-answer-is-lost`,
      variant,
      faults: [lost('reset-after')],
      play: onceCreated,
      ends: stopped,
      ledger: expects.takenBack,
    },
    {
      name: `canceled-by-${by}-in-a-hold`,
      variant,
      play: async (stage): Promise<OrderOf<A>> => {
        const { order } = await startBesideAnother(stage);
        await stage.askCancel(order, by);
        return order;
      },
      ends: stopped,
      // What a person made under the reference is not ours to take back.
      ledger: expects.statuses(statuses.made),
    },
    {
      name: `canceled-by-${by}-while-it-waits`,
      variant,
      play: async (stage): Promise<OrderOf<A>> => {
        const order = await startWaiting(stage);
        await stage.askCancel(order, by);
        await at.takeBack(stage, order);
        return order;
      },
      ends: { ...stopped, undone: [at.undo] },
      ledger: expects.takenBack,
    },
    {
      name: `canceled-by-${by}-and-shipped`,
      variant,
      play: async (stage): Promise<OrderOf<A>> => {
        const order = await at.askedToCancel(stage, by);
        await at.shipAtOnce({ ...stage, order });
        return order;
      },
      ends: { ...tooLate, personInvolved: false },
      ledger: expects.shippedAllTheSame,
    },
  ];
}

/** What may be answered to the question whether the warehouse cancels it. */
function answeredPaths<A extends Account>(at: Warehouse<A>): Scenario<A>[] {
  const { variant, expects } = at;
  const looked =
    (answer: 'accept' | 'retry') =>
    async (stage: Stage<A>): Promise<OrderOf<A>> => {
      const order = await at.askedToCancel(stage, 'update');
      await expect(order.resolve({ hold: 'hold-1', answer })).rejects.toThrow(/not cancell?ed yet/);
      at.cancelByHand(stage, await idOf(order));
      await stage.answer(order, answer);
      return order;
    };
  return [
    { name: 'cancel-accepted', variant, play: looked('accept'), ends: stopped, ledger: expects.canceledAsAsked },
    { name: 'cancel-retried', variant, play: looked('retry'), ends: stopped, ledger: expects.canceledAsAsked },
    {
      name: 'cancel-given-up',
      variant,
      play: async (stage): Promise<OrderOf<A>> => {
        const order = await at.askedToCancel(stage, 'update');
        await stage.answer(order, 'leave');
        await waits(order);
        await at.shipAtOnce({ ...stage, order });
        return order;
      },
      ends: { ...tooLate, personInvolved: true },
      ledger: expects.shippedAsGivenUp,
    },
  ];
}
