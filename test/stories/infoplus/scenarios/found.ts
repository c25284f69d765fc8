import { expect } from 'vitest';
import { expectShipped } from '../judge.js';
import type { SiteOrder } from '../rig.js';
import {
  completed,
  expectStatuses,
  failed,
  goesOn,
  hint,
  makeByHand,
  type Scenario,
  type Stage,
  scenario,
  shipped,
  shippedBesideIt,
  startWaiting,
} from '../scenario.js';

/** Goods that were not ordered. */
const OTHER_GOODS = { lineItems: [{ sku: 'POT-2', orderedQty: 9 }] };

/** Holds an order at its first look: what is there under its reference has other lines. */
export async function startHeld(stage: Stage): Promise<{ readonly order: SiteOrder; readonly other: string }> {
  const other = await makeByHand(stage, OTHER_GOODS);
  const order = await stage.start();
  await stage.held(order);
  return { order, other };
}

/** Holds an order that waits: somebody made another one under its reference. */
async function startDoubled(
  stage: Stage,
  change: object = {},
): Promise<{ readonly order: SiteOrder; readonly double: string }> {
  const order = await startWaiting(stage);
  const double = await makeByHand(stage, change);
  await hint(stage);
  const { facts, choices } = await stage.held(order);
  expect(facts[1]).toBe(`others: ${double}`);
  expect(choices).toEqual(['retry', 'abandon']);
  return { order, double };
}

/** What stands under the reference already, or comes to stand there. */
export const found: Scenario[] = [
  scenario({
    name: 'found-finished',
    play: async (stage) => {
      await stage.ended(await shipped(stage, await startWaiting(stage)));
      return stage.startBare();
    },
    ends: completed,
    ledger: expectShipped(),
  }),
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
      const { order, other } = await startHeld(stage);
      stage.sandbox.controls.cancel({ orderNo: other });
      await stage.answer(order, 'retry');
      return shippedBesideIt(stage, order);
    },
    ends: { ...completed, personInvolved: true },
    ledger: expectStatuses('Cancelled', 'Shipped'),
  }),
  scenario({
    name: 'held-and-accepted',
    play: async (stage) => {
      const one = await makeByHand(stage);
      const other = await makeByHand(stage);
      const order = await stage.start();
      await stage.held(order);
      stage.sandbox.controls.deleteOrder({ orderNo: other });
      await stage.answer(order, 'accept', { id: one });
      return goesOn(stage, order);
    },
    ends: { ...completed, personInvolved: true },
    ledger: expectStatuses('Shipped', 'deleted'),
  }),
  scenario({
    name: 'held-and-abandoned',
    play: async (stage) => {
      const { order } = await startHeld(stage);
      await stage.answer(order, 'abandon');
      return order;
    },
    ends: failed('Conflict'),
    // What a person made under the reference is not ours to take back.
    ledger: expectStatuses('On Order'),
  }),
  scenario({
    name: 'held-and-answered-wrongly',
    play: async (stage) => {
      const { order, other } = await startHeld(stage);
      await expect(order.resolve({ hold: 'hold-7', answer: 'retry' })).rejects.toThrow('hold-7 is not open');
      await expect(order.resolve({ hold: 'hold-1', answer: 'leave' })).rejects.toThrow('not "leave"');
      await expect(order.resolve({ hold: 'hold-1', answer: 'accept', id: other })).rejects.toThrow(other);
      await stage.answer(order, 'abandon');
      return order;
    },
    ends: failed('Conflict'),
    ledger: expectStatuses('On Order'),
  }),
  scenario({
    name: 'double-held-and-settled',
    play: async (stage) => {
      const { order, double } = await startDoubled(stage);
      stage.sandbox.controls.cancel({ orderNo: double });
      await hint(stage);
      stage.settled();
      return shippedBesideIt(stage, order);
    },
    ends: { ...completed, personInvolved: false },
    ledger: expectStatuses('Cancelled', 'Shipped'),
  }),
  scenario({
    name: 'double-held-and-abandoned',
    play: async (stage) => {
      const { order } = await startDoubled(stage);
      await stage.answer(order, 'abandon');
      return order;
    },
    ends: failed('Conflict'),
    // The double is as ours is, and goes with it: it may be a create of ours that came late.
    ledger: expectStatuses('deleted', 'deleted'),
  }),
  scenario({
    name: 'held-beside-another-and-abandoned',
    play: async (stage) => {
      const { order } = await startDoubled(stage, OTHER_GOODS);
      await stage.answer(order, 'abandon');
      return order;
    },
    ends: failed('Conflict'),
    // What a person made otherwise is not ours to take back.
    ledger: expectStatuses('On Order', 'deleted'),
  }),
];
