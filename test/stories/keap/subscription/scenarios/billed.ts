import { expect } from 'vitest';
import type { KeapLedger } from '../../../../../src/sandbox/index.js';
import { startsSoon } from '../../../every-story.js';
import { reaches } from '../../../watching.js';
import { expectBilled, expectEndedAfter } from '../judge.js';
import type { SubscriptionInput, Transport } from '../rig.js';
import { cycleOf, due, dueUpTo, type Scenario, type Stage, send, told, waitsFor, weekly } from '../scenario.js';

/** All cycles are charged, and it has ended. */
export const charged = (ledger: KeapLedger, { cycles }: SubscriptionInput): void => expectEndedAfter(ledger, cycles);

export const completed = { outcome: 'completed', left: [], undone: [], end: 'all cycles billed' };

const WEEK_MS = 7 * 24 * 60 * 60_000;

const byKeap = (ledger: KeapLedger, input: SubscriptionInput): void => {
  charged(ledger, input);
  expect(ledger.subscriptions[0]?.billings.at(-1)?.by).toBe('keap');
};

/** Keap does the billing, and has not billed yet. */
export async function startBilledByKeap(stage: Stage) {
  const order = await stage.start();
  const cycle = await cycleOf(stage, order, 1);
  await reaches(cycle, ({ happenings }) => happenings.some(({ text }) => text === 'not billed yet'));
  return order;
}

const overBoth = (transport: Transport): Scenario[] => [
  { name: 'one-cycle', variant: transport, ends: { ...completed, cycles: 1 }, ledger: expectBilled },
  {
    name: 'three-cycles',
    variant: transport,
    order: { ...weekly, cycles: 3 },
    play: dueUpTo(3),
    ends: { ...completed, cycles: 3, charged: '27.00' },
    ledger: charged,
  },
  {
    name: 'invoiced-by-keap-before',
    variant: transport,
    // Its clock is pushed.
    account: {},
    order: { ...weekly, cycles: 2 },
    play: async (stage) => {
      const order = await stage.start();
      await waitsFor(order, 2);
      stage.sandbox.clock.advance(WEEK_MS);
      stage.sandbox.controls.runBilling();
      await told(stage);
      return order;
    },
    ends: { ...completed, cycles: 2, charged: '18.00' },
    ledger: byKeap,
  },
  {
    name: 'billed-by-keap',
    variant: transport,
    order: { billing: 'keap' },
    play: async (stage) => {
      const { sandbox, account } = stage;
      const order = await startBilledByKeap(stage);
      sandbox.controls.runBilling();
      await account.hint(`order.edit:${sandbox.ledger().orders[0]?.jobId}`);
      return order;
    },
    ends: { ...completed, cycles: 1 },
    ledger: byKeap,
  },
];

/** Cycles that are charged, whoever has invoiced them. */
export const billed: Scenario[] = [
  ...overBoth('rest'),
  ...overBoth('xml-rpc'),
  { name: 'starts-later', variant: 'rest', order: startsSoon, ends: { ...completed, cycles: 1 }, ledger: expectBilled },
  {
    name: 'started-without-our-client',
    variant: 'rest',
    play: ({ startBare }) => startBare(),
    ends: { ...completed, cycles: 1 },
    ledger: expectBilled,
  },
  {
    name: 'goes-on-until-it-is-ended',
    variant: 'rest',
    order: { ...weekly, cycles: undefined },
    play: async (stage) => {
      const order = await stage.start();
      await due(stage, order, 2);
      await waitsFor(order, 3);
      await send(order, 'end', {});
      return order;
    },
    ends: { ...completed, cycles: 2, end: 'ended' },
    ledger: (ledger) => expectEndedAfter(ledger, 2),
  },
];
