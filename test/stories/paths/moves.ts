import { expect } from 'vitest';
import type { Stage } from '../scenario.js';
import type { Account, OrderOf } from '../tested.js';
import { tellToTheEnd } from '../watching.js';
import type { Warehouse } from './warehouse.js';

/** What is done and awaited on the paths of an order to a warehouse. */
export function movesOf<A extends Account>(at: Warehouse<A>) {
  const hint = ({ account, input }: Stage<A>) => account.hint(input.reference);

  /** Starts an order and waits until it waits for the warehouse. */
  async function startWaiting({ start }: Stage<A>): Promise<OrderOf<A>> {
    const order = await start();
    await at.waits(order);
    return order;
  }

  /** Starts an order and waits for its first hold. */
  async function startHeld({ start, held }: Stage<A>): Promise<OrderOf<A>> {
    const order = await start();
    await held(order);
    return order;
  }

  /** What it waits for happens, and is told. */
  async function shipped(stage: Stage<A>, order: OrderOf<A>): Promise<OrderOf<A>> {
    await at.ship({ ...stage, order });
    return order;
  }

  return {
    hint,
    startWaiting,
    startHeld,
    shipped,

    /** The same once the answer to a hold has let it wait again. */
    async goesOn(stage: Stage<A>, order: OrderOf<A>): Promise<OrderOf<A>> {
      await at.waits(order);
      return shipped(stage, order);
    },

    /** Ours is shipped; another one has come to its end. */
    async shippedBesideIt(stage: Stage<A>, order: OrderOf<A>): Promise<OrderOf<A>> {
      await at.waits(order);
      at.sendOut(stage, await idOf(order));
      await tellToTheEnd({ ...stage, order });
      return order;
    },

    /** Holds an order at its first look: what is there under its reference is not as it is to be. */
    async startBesideAnother(stage: Stage<A>): Promise<{ readonly order: OrderOf<A>; readonly other: string }> {
      const other = await at.makeAnother(stage);
      return { order: await startHeld(stage), other };
    },

    /** Holds an order that waits: somebody made another one under its reference. */
    async startDoubled(
      stage: Stage<A>,
      make = at.makeByHand,
    ): Promise<{ readonly order: OrderOf<A>; readonly double: string }> {
      const order = await startWaiting(stage);
      const double = await make(stage);
      await hint(stage);
      const { facts, choices } = await stage.held(order);
      expect(facts[1]).toBe(`others: ${double}`);
      expect(choices).toEqual(['retry', 'abandon']);
      return { order, double };
    },
  };
}

/** The platform's own id of an order that waits. */
export const idOf = async <A extends Account>(order: OrderOf<A>): Promise<string> =>
  String((await order.status()).ids?.order);
