import { answered, soonOver } from '../../every-story.js';
import { overduePaths } from '../../paths/overdue.js';
import { expectCanceled, expectNone, expectShipped } from '../judge.js';
import { waits } from '../people.js';
import type { WarehouseOrder } from '../rig.js';
import {
  cancelByHand,
  canceledThere,
  completed,
  expectStatuses,
  failed,
  hint,
  leftThere,
  refusal,
  type Scenario,
  type Stage,
  scenario,
  startHeld,
  warehouse,
} from '../scenario.js';

/** The look with which the wait begins. */
const waitRefused = refusal('orders.search', 2);

/** Nothing is searched for but what the order looks for: a hint, and the result. */
const resultRefused = refusal('orders.search', 4);
const AT_ONCE = { behaviour: { searchLagMs: 0 } };

async function startShipped(stage: Stage): Promise<WarehouseOrder> {
  const order = await stage.start();
  await waits(order);
  const { reference } = stage.input;
  stage.sandbox.controls.pick({ reference });
  stage.sandbox.controls.finalize({ reference });
  await hint(stage);
  await stage.held(order);
  return order;
}

const whileWaiting: Scenario[] = [
  scenario({
    name: 'refused-while-waiting-and-canceled-there',
    faults: [waitRefused],
    play: async (stage) => canceledThere(stage, await startHeld(stage)),
    ends: failed('Rejected'),
    ledger: expectCanceled(),
  }),
  scenario({
    name: 'refused-while-waiting-and-retried',
    faults: [waitRefused],
    play: async (stage) => {
      const order = await startHeld(stage);
      await stage.answer(order, 'retry');
      // Still there.
      await stage.held(order);
      cancelByHand(stage);
      await stage.answer(order, 'retry');
      return order;
    },
    ends: failed('Rejected'),
    ledger: expectCanceled(),
  }),
  scenario({
    name: 'refused-while-waiting-and-done-by-hand',
    faults: [waitRefused],
    play: async (stage) => {
      const order = await startHeld(stage);
      cancelByHand(stage);
      await stage.answer(order, 'done');
      return order;
    },
    ends: { ...failed('Rejected'), undone: ['the order is canceled at the warehouse (by hand)'] },
    ledger: expectCanceled(),
  }),
  scenario({
    name: 'refused-while-waiting-and-left',
    faults: [waitRefused],
    play: answered('leave'),
    ends: leftThere('Rejected'),
    ledger: expectStatuses('PRS'),
  }),
];

const afterShipping: Scenario[] = [
  scenario({
    name: 'refused-at-result-and-retried',
    account: AT_ONCE,
    faults: [resultRefused],
    play: async (stage) => {
      const order = await startShipped(stage);
      await stage.answer(order, 'retry');
      return order;
    },
    ends: { ...completed, personInvolved: true },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'refused-at-result-and-abandoned',
    account: AT_ONCE,
    faults: [resultRefused],
    play: async (stage) => {
      const order = await startShipped(stage);
      await stage.answer(order, 'abandon');
      await stage.answer(order, 'leave');
      return order;
    },
    ends: leftThere('Rejected'),
    ledger: expectShipped(),
  }),
];

const pastItsDeadline: Scenario[] = [
  ...overduePaths(warehouse),
  scenario({
    name: 'past-its-deadline-and-abandoned',
    account: soonOver,
    play: answered('abandon', 'leave'),
    ends: leftThere('Conflict'),
    ledger: expectStatuses('PRS'),
  }),
];

/** Refusals for good, at every step, and orders that the platform never shows as shipped. */
export const refused: Scenario[] = [
  scenario({
    name: 'refused-at-find',
    faults: [refusal('orders.search')],
    ends: failed('Rejected'),
    ledger: expectNone,
  }),
  scenario({
    name: 'refused-at-create',
    faults: [refusal('orders.create')],
    ends: failed('Rejected'),
    ledger: expectNone,
  }),
  ...whileWaiting,
  ...afterShipping,
  ...pastItsDeadline,
];
