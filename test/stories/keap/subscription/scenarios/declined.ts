import { expect } from 'vitest';
import type { KeapLedger } from '../../../../../src/sandbox/index.js';
import { reaches, shows } from '../../../watching.js';
import { byHand } from '../../scenario.js';
import { expectEndedAfter, expectNeverTwice, expectNothingLeft } from '../judge.js';
import { badCard, goodCard, type Transport } from '../rig.js';
import { due, type Scenario, type Stage, send, waitsFor, weekly } from '../scenario.js';
import { charged, completed } from './billed.js';

/** The second cycle is declined, and a person is asked. */
export async function heldAtTheSecond(stage: Stage) {
  const order = await stage.start();
  await waitsFor(order, 2);
  stage.sandbox.controls.nextCharge({ outcome: 'decline' });
  await due(stage, order, 2);
  await stage.held(order);
  return order;
}

/** Somebody pays the second invoice at Keap. The payment has two ids there; each transport shows its own. */
async function payByHand(stage: Stage): Promise<string> {
  const { jobId, invoiceId } = stage.sandbox.ledger().subscriptions[0]?.billings[1] ?? {};
  const payment = { payment_method_type: 'Check', payment_amount: 9, apply_to_commissions: true };
  await byHand(stage, `/orders/${jobId}/payments`, payment);
  const order = stage.sandbox.ledger().orders.find((each) => each.invoiceId === invoiceId);
  const paid = order?.payments.find(({ status }) => status === 'MANUAL_PAID');
  return String(stage.account.variant === 'rest' ? paid?.id : paid?.paymentId);
}

function secondUnpaid(ledger: KeapLedger): void {
  expectNeverTwice(ledger);
  const [it] = ledger.subscriptions;
  expect(it?.status).toBe('Inactive');
  expect(it?.billings.map(({ owed }) => owed)).toEqual([0, 9, 0]);
}

const two = { ...weekly, cycles: 2 };

const overBoth = (transport: Transport): Scenario[] => [
  {
    name: 'first-charge-declined',
    variant: transport,
    order: { payment: badCard },
    ends: { outcome: 'failed', failure: 'Rejected', undone: ['the subscription is ended'], left: [] },
    ledger: expectNothingLeft,
  },
  {
    name: 'later-charge-declined-and-retried',
    variant: transport,
    order: two,
    play: async (stage) => {
      const order = await heldAtTheSecond(stage);
      await stage.answer(order, 'retry', { input: { payment: goodCard } });
      return order;
    },
    ends: { ...completed, cycles: 2 },
    ledger: charged,
  },
  {
    name: 'later-charge-declined-and-paid-by-hand',
    variant: transport,
    order: two,
    play: async (stage) => {
      const order = await heldAtTheSecond(stage);
      await stage.answer(order, 'accept', { id: await payByHand(stage) });
      return order;
    },
    ends: { ...completed, cycles: 2 },
    ledger: charged,
  },
  {
    name: 'later-charge-declined-and-abandoned',
    variant: transport,
    order: two,
    play: async (stage) => {
      const order = await heldAtTheSecond(stage);
      await stage.answer(order, 'abandon');
      await reaches(order, shows('paused'));
      await send(order, 'end', {});
      return order;
    },
    ends: { outcome: 'completed', cycles: 1, end: 'ended' },
    ledger: (ledger) => expectEndedAfter(ledger, 1),
  },
  {
    name: 'later-charge-declined-and-left',
    variant: transport,
    order: two,
    play: async (stage) => {
      const order = await heldAtTheSecond(stage);
      await stage.answer(order, 'leave');
      await due(stage, order, 3);
      return order;
    },
    ends: { ...completed, cycles: 2, charged: '18.00' },
    ledger: secondUnpaid,
  },
];

/** Charges that Keap refuses, and what people answer. */
export const declined: Scenario[] = [...overBoth('rest'), ...overBoth('xml-rpc')];
