import { answered } from '../../every-story.js';
import { expectNone, expectShipped } from '../judge.js';
import { completed, failed, type Scenario, scenario, shipped, startWaiting } from '../scenario.js';

/** It may be sent again once. */
const EVERY_SEND = 2;
const LOST_FOR_GOOD = { kind: 'reset-before', operation: 'orders.addItem', times: EVERY_SEND } as const;

/** Answers that were lost, with and without the work behind them. */
export const lost: Scenario[] = [
  scenario({
    name: 'line-lost-and-adopted',
    faults: [{ kind: 'reset-after', operation: 'orders.addItem' }],
    play: async (stage) => shipped(stage, await startWaiting(stage)),
    ends: completed,
    ledger: expectShipped(),
  }),
  scenario({
    name: 'line-lost-and-sent-again',
    faults: [{ kind: 'reset-before', operation: 'orders.addItem' }],
    play: async (stage) => shipped(stage, await startWaiting(stage)),
    ends: completed,
    ledger: expectShipped(),
  }),
  scenario({
    name: 'line-lost-for-good-and-retried',
    faults: [LOST_FOR_GOOD],
    play: async (stage) => {
      const order = await stage.start();
      await stage.answer(order, 'retry');
      return shipped(stage, order);
    },
    ends: { ...completed, personInvolved: true },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'line-lost-for-good-and-abandoned',
    faults: [LOST_FOR_GOOD],
    play: answered('abandon'),
    ends: failed('OutcomeUnknown'),
    ledger: expectNone,
  }),
];
