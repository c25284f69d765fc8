import { answered } from '../../every-story.js';
import { expectNone, expectShipped } from '../judge.js';
import type { SiteOrder } from '../rig.js';
import {
  completed,
  failed,
  goesOn,
  makeByHand,
  type Scenario,
  type Stage,
  scenario,
  shipped,
  startWaiting,
} from '../scenario.js';

/** It may be sent again twice. */
const EVERY_SEND = 3;
const LOST_FOR_GOOD = { kind: 'reset-before', operation: 'order.create', times: EVERY_SEND } as const;

async function startLost(stage: Stage): Promise<SiteOrder> {
  const order = await stage.start();
  await stage.held(order);
  return order;
}

/** Answers that were lost, with and without the work behind them. */
export const lost: Scenario[] = [
  scenario({
    name: 'create-lost-and-adopted',
    faults: [{ kind: 'reset-after', operation: 'order.create' }],
    play: async (stage) => shipped(stage, await startWaiting(stage)),
    ends: { ...completed, personInvolved: false },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'create-lost-and-sent-again',
    faults: [{ kind: 'reset-before', operation: 'order.create' }],
    play: async (stage) => shipped(stage, await startWaiting(stage)),
    ends: { ...completed, personInvolved: false },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'create-lost-for-good-and-retried',
    faults: [LOST_FOR_GOOD],
    play: async (stage) => {
      const order = await startLost(stage);
      await stage.answer(order, 'retry');
      return goesOn(stage, order);
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
      return goesOn(stage, order);
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
