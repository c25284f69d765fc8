import { answered } from '../../every-story.js';
import { expectNone, expectShipped } from '../judge.js';
import { waits } from '../people.js';
import {
  completed,
  expectStatuses,
  failed,
  hint,
  makeByHand,
  type Scenario,
  type Stage,
  scenario,
  shipped,
  shippedBesideIt,
  startWaiting,
} from '../scenario.js';

/** It may be sent again twice. */
const EVERY_SEND = 3;
const LOST_FOR_GOOD = { kind: 'reset-before', operation: 'orders.create', times: EVERY_SEND } as const;

/** Long after anybody looks for it. */
const LATER_THAN_ANY_LOOK_MS = 24 * 60 * 60_000;

async function startLost(stage: Stage) {
  const order = await stage.start();
  await stage.held(order);
  return order;
}

/** Answers that were lost, with and without the work behind them. */
export const lost: Scenario[] = [
  scenario({
    name: 'create-lost-and-adopted',
    faults: [{ kind: 'reset-after', operation: 'orders.create' }],
    play: async (stage) => shipped(stage, await startWaiting(stage)),
    ends: { ...completed, requestIds: [] },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'create-lost-and-sent-again',
    faults: [{ kind: 'reset-before', operation: 'orders.create' }],
    play: async (stage) => shipped(stage, await startWaiting(stage)),
    ends: completed,
    ledger: expectShipped(),
  }),
  scenario({
    name: 'create-late-and-doubled',
    faults: [{ kind: 'late-before', operation: 'orders.create', ms: LATER_THAN_ANY_LOOK_MS }],
    play: async (stage) => {
      const order = await startWaiting(stage);
      stage.sandbox.clock.advance(LATER_THAN_ANY_LOOK_MS);
      await stage.sandbox.whenWorked('orders.create', 2);
      await hint(stage);
      const { facts } = await stage.held(order);
      stage.sandbox.controls.cancel({ orderId: facts[1]?.replace('others: ', '') });
      await hint(stage);
      stage.settled();
      return shippedBesideIt(stage, order);
    },
    ends: completed,
    ledger: expectStatuses('CAN', 'FIN'),
  }),
  scenario({
    name: 'create-lost-for-good-and-retried',
    faults: [LOST_FOR_GOOD],
    play: async (stage) => {
      const order = await startLost(stage);
      await stage.answer(order, 'retry');
      await waits(order);
      return shipped(stage, order);
    },
    ends: { ...completed, personInvolved: true },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'create-lost-for-good-and-made-by-hand',
    faults: [LOST_FOR_GOOD],
    play: async (stage) => {
      const order = await startLost(stage);
      await stage.answer(order, 'accept', { id: await makeByHand(stage) });
      await waits(order);
      return shipped(stage, order);
    },
    ends: { ...completed, personInvolved: true },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'create-lost-for-good-and-abandoned',
    faults: [LOST_FOR_GOOD],
    play: answered('abandon'),
    ends: failed('OutcomeUnknown'),
    ledger: expectNone,
  }),
];
