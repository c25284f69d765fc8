import { canceledBeforeItsStart, rejected } from '../../every-story.js';
import type { CancelBy } from '../../scenario.js';
import { shows, tell, tellToTheEnd, waits } from '../../watching.js';
import { expectCanceled, expectNone, expectShipped } from '../judge.js';
import { acknowledge, added, cancelByHand, request } from '../people.js';
import type { FlxpointAccount, LinesOrder } from '../rig.js';
import { completed, failed, type Scenario, type Stage, scenario, shipped, startWaiting, stopped } from '../scenario.js';

/** A person cancels what is asked for, and it is seen. */
async function canceledThere(stage: Stage, order: LinesOrder): Promise<LinesOrder> {
  await stage.held(order);
  cancelByHand(stage);
  await tellToTheEnd({ ...stage, order });
  return order;
}

/** Asks for a cancel while a request is under way, before its work or after it. */
async function cancelAt(stage: Stage, at: 'arrival' | 'done', operation: string, by: CancelBy): Promise<LinesOrder> {
  const place = stage.sandbox.hold({ operation, at });
  const order = await stage.start();
  await place.reached;
  await stage.askCancel(order, by);
  place.release();
  return order;
}

const inEveryPhase = (by: CancelBy): Scenario[] => [
  canceledBeforeItsStart<FlxpointAccount>('others-ship', by, expectNone),
  scenario({
    name: `canceled-by-${by}-before-its-line`,
    play: (stage) => cancelAt(stage, 'done', 'orders.get', by),
    ends: stopped,
    ledger: expectNone,
  }),
  scenario({
    name: `canceled-by-${by}-while-its-line-is-lost`,
    faults: [{ kind: 'reset-before', operation: 'orders.addItem' }],
    play: (stage) => cancelAt(stage, 'arrival', 'orders.addItem', by),
    ends: stopped,
    ledger: expectNone,
  }),
  scenario({
    name: `canceled-by-${by}-without-a-request`,
    play: async (stage) => {
      const order = await startWaiting(stage);
      await stage.askCancel(order, by);
      return canceledThere(stage, order);
    },
    ends: stopped,
    ledger: expectCanceled,
  }),
  scenario({
    name: `canceled-by-${by}-and-killed`,
    play: async (stage) => {
      const order = await startWaiting(stage);
      acknowledge(stage, request(stage, { items: added(stage).map(({ id }) => ({ orderItemId: id })) }));
      await tell({ ...stage, order }, shows('acknowledged'));
      await stage.askCancel(order, by);
      return order;
    },
    ends: stopped,
    ledger: expectCanceled,
  }),
];

/** Of a product that nobody has. */
const NOBODYS = { reference: 'B', sku: 'NO-SUCH', quantity: 1, price: '1.00' };

/** Orders that end before their lines have shipped, or although that was not wanted. */
export const ended: Scenario[] = [
  ...inEveryPhase('update'),
  ...inEveryPhase('button'),
  scenario({
    name: 'cancel-given-up',
    play: async (stage) => {
      const order = await startWaiting(stage);
      await stage.askCancel(order, 'update');
      await stage.answer(order, 'leave');
      await waits(order);
      return shipped(stage, order);
    },
    ends: { ...completed, outcome: 'too-late', personInvolved: true, cancel: { verdict: 'too-late' } },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'second-line-refused',
    order: () => ({ lines: [{ reference: 'A', sku: 'KETTLE-E', quantity: 2, price: '89.00' }, NOBODYS] }),
    ends: failed('Rejected'),
    ledger: expectNone,
  }),
  scenario({
    name: 'refused-and-canceled-by-hand',
    faults: [{ kind: 'business', operation: 'orders.setTags' }],
    play: async (stage) => {
      const order = await stage.start();
      await stage.held(order);
      cancelByHand(stage);
      await stage.answer(order, 'retry');
      return order;
    },
    ends: failed('Rejected'),
    ledger: expectCanceled,
  }),
  ...rejected<FlxpointAccount>('others-ship', { lines: [] }, expectNone),
];
