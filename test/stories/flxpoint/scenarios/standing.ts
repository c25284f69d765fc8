import { expect } from 'vitest';
import { reaches, shows, tell, tellToTheEnd, waits } from '../../watching.js';
import { expectNone, expectShipped } from '../judge.js';
import { addedIn, orderIn } from '../rig.js';
import {
  acknowledged,
  answerLeft,
  completed,
  failed,
  leftThere,
  pay,
  put,
  putRight,
  type Scenario,
  type Stage,
  scenario,
  shipped,
  startHeld,
  startWaiting,
  toldHeld,
} from '../scenario.js';

/** Those that pass, and what they are called here. */
const WAITED_ON = {
  'on-hold': 'On Hold',
  draft: 'Draft',
} as const;

/** Those in which nothing can be added any more. */
const REFUSED = { closed: 'Closed', canceled: 'Canceled' } as const;

/** Those in which a person is asked, and how they pass. */
const HELD: Readonly<Record<string, { readonly wrong: Act; readonly right: Act; readonly ends: string }>> = {
  failed: { wrong: (stage) => put(stage, 'Failed'), right: (stage) => put(stage, 'Open'), ends: 'put-right' },
  declined: { wrong: (stage) => pay(stage, 'Declined'), right: (stage) => pay(stage, 'Paid'), ends: 'paid' },
};
type Act = (stage: Stage) => void;

/** How the order stands before a line is added. */
const first: Scenario[] = [
  ...Object.entries(WAITED_ON).map(([name, orderStatus]) =>
    scenario({
      name: `${name}-first`,
      play: async (stage) => {
        put(stage, orderStatus);
        const order = await stage.start();
        await reaches(order, shows(`order ${orderStatus}`));
        put(stage, 'Open');
        await tell({ ...stage, order }, shows('no fulfillment request'));
        return shipped(stage, order);
      },
      ends: { ...completed, personInvolved: false },
      ledger: expectShipped(),
    }),
  ),
  ...Object.entries(REFUSED).map(([name, orderStatus]) =>
    scenario({
      name: `${name}-first`,
      play: async (stage) => {
        put(stage, orderStatus);
        return stage.start();
      },
      ends: failed('Rejected'),
      ledger: expectNone,
    }),
  ),
  scenario({
    name: 'on-hold-first-then-closed',
    play: async (stage) => {
      put(stage, 'On Hold');
      const order = await stage.start();
      await reaches(order, shows('On Hold'));
      put(stage, 'Closed');
      await tellToTheEnd({ ...stage, order });
      return order;
    },
    ends: failed('Rejected'),
    ledger: expectNone,
  }),
  ...Object.entries(HELD).flatMap(([name, { wrong, right, ends }]) => [
    scenario({
      name: `${name}-first-and-${ends}`,
      play: async (stage) => {
        wrong(stage);
        const order = await startHeld(stage);
        await putRight(stage, order, () => right(stage));
        return shipped(stage, order);
      },
      ends: { ...completed, personInvolved: false },
      ledger: expectShipped(),
    }),
    scenario({
      name: `${name}-first-and-abandoned`,
      play: async (stage) => {
        wrong(stage);
        const order = await startHeld(stage);
        await stage.answer(order, 'abandon');
        return order;
      },
      ends: failed('Conflict'),
      ledger: expectNone,
    }),
  ]),
  scenario({
    name: 'failed-first-and-retried',
    play: async (stage) => {
      put(stage, 'Failed');
      const order = await startHeld(stage);
      await stage.answer(order, 'retry');
      // It still is.
      await stage.held(order);
      put(stage, 'Open');
      await stage.answer(order, 'retry');
      await waits(order);
      return shipped(stage, order);
    },
    ends: { ...completed, personInvolved: true },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'on-hold-between-look-and-send',
    play: async (stage) => {
      const place = stage.sandbox.hold({ operation: 'orders.addItem', at: 'arrival' });
      const order = await stage.start();
      await place.reached;
      put(stage, 'On Hold');
      place.release();
      await reaches(order, shows('On Hold'));
      put(stage, 'Open');
      await tell({ ...stage, order }, shows('no fulfillment request'));
      return shipped(stage, order);
    },
    ends: { ...completed, personInvolved: false },
    ledger: expectShipped(),
  }),
];

/** How the order stands while its lines wait. */
const meanwhile: Scenario[] = [
  scenario({
    name: 'on-hold-while-it-waits',
    play: async (stage) => {
      const order = await startWaiting(stage);
      put(stage, 'On Hold');
      await tell({ ...stage, order }, shows('order On Hold'));
      put(stage, 'Open');
      await tell({ ...stage, order }, ({ waitingFor }) => waitingFor?.includes('On Hold') === false);
      return shipped(stage, order);
    },
    ends: { ...completed, personInvolved: false },
    ledger: expectShipped(),
  }),
  ...(['Failed', 'Closed'] as const).map((orderStatus) =>
    scenario({
      name: `${orderStatus.toLowerCase()}-while-it-waits-and-opened`,
      play: async (stage) => {
        const order = await startWaiting(stage);
        put(stage, orderStatus);
        await toldHeld(stage, order);
        await putRight(stage, order, () => put(stage, 'Open'));
        await waits(order);
        return shipped(stage, order);
      },
      ends: { ...completed, personInvolved: false },
      ledger: expectShipped(),
    }),
  ),
  scenario({
    name: 'closed-while-it-waits-and-abandoned',
    play: async (stage) => {
      const order = await startWaiting(stage);
      put(stage, 'Closed');
      await toldHeld(stage, order);
      await stage.answer(order, 'abandon');
      await answerLeft(order, 'leave');
      return order;
    },
    ends: leftThere('Conflict'),
    // Nothing of it ships from a closed order, and nobody has canceled it.
    ledger: (ledger, input) => {
      const order = orderIn(ledger, input);
      expect(order.orderStatus).toBe('Closed');
      expect(addedIn(order)).toMatchObject([{ shippedQuantity: 0, canceledQuantity: 0 }]);
    },
  }),
  scenario({
    name: 'canceled-while-it-waits',
    play: async (stage) => {
      const order = await startWaiting(stage);
      put(stage, 'Canceled');
      await tellToTheEnd({ ...stage, order });
      return order;
    },
    ends: { outcome: 'completed', lines: [{ shipped: 0, canceled: 2 }] },
    ledger: (ledger, input) => {
      const order = orderIn(ledger, input);
      expect(order.orderStatus).toBe('Canceled');
      expect(addedIn(order)).toMatchObject([{ shippedQuantity: 0, allocatedQuantity: 0 }]);
    },
  }),
  scenario({
    name: 'refunded-while-it-waits-and-paid',
    play: async (stage) => {
      const order = await startWaiting(stage);
      pay(stage, 'Refunded');
      await toldHeld(stage, order);
      await putRight(stage, order, () => pay(stage, 'Paid'));
      await waits(order);
      return shipped(stage, order);
    },
    ends: { ...completed, personInvolved: false },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'refunded-when-requested',
    play: async (stage) => {
      const order = await startWaiting(stage);
      const made = await acknowledged(stage, order);
      pay(stage, 'Refunded');
      await stage.account.hint(stage.input.reference);
      stage.sandbox.controls.ship(made);
      await tellToTheEnd({ ...stage, order });
      return order;
    },
    ends: { ...completed, personInvolved: false },
    ledger: expectShipped(),
  }),
];

/** What becomes of the order itself. */
export const standing: Scenario[] = [...first, ...meanwhile];
