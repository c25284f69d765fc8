import { expect } from 'vitest';
import type { KeapFault, KeapLedger } from '../../../../../src/sandbox/index.js';
import { answered, rejected } from '../../../every-story.js';
import { expectBilled, expectNothingLeft } from '../judge.js';
import type { Club, Transport } from '../rig.js';
import type { Scenario } from '../scenario.js';
import { completed } from './billed.js';

type Write = 'add' | 'invoice' | 'charge' | 'end';

/** The writes of a cycle, in the words of the imitation. */
export const writes: Record<Transport, Record<Write, string>> = {
  rest: {
    add: 'subscriptions.create',
    invoice: 'subscriptions.invoice',
    charge: 'orderPayments.create',
    end: 'subscriptions.deactivate',
  },
  'xml-rpc': {
    add: 'DataService.add:RecurringOrder',
    invoice: 'InvoiceService.createInvoiceForRecurring',
    charge: 'InvoiceService.chargeInvoice',
    end: 'DataService.update:RecurringOrder',
  },
};

/** How often each is sent before a person is asked. */
const SENDS = { add: 3, invoice: 3, charge: 2 };

/** It goes on at Keap, where nobody charges it. */
function expectNothingBilled({ subscriptions, orders }: KeapLedger): void {
  expect(subscriptions).toMatchObject([{ status: 'Active', autoCharge: false }]);
  expect(orders).toEqual([]);
}

const refusal = (operation: string): KeapFault => ({ kind: 'business', operation });

function lostForGood(transport: Transport, step: keyof typeof SENDS): Scenario[] {
  const faults = [{ kind: 'reset-before', operation: writes[transport][step], times: SENDS[step] }] as const;
  return [
    {
      name: `${step}-lost-for-good-and-retried`,
      variant: transport,
      faults,
      play: answered('retry'),
      ends: { ...completed, cycles: 1 },
      ledger: expectBilled,
    },
    {
      name: `${step}-lost-for-good-and-abandoned`,
      variant: transport,
      faults,
      play: answered('abandon'),
      ends: { outcome: 'failed', failure: 'OutcomeUnknown', left: [] },
      ledger: expectNothingLeft,
    },
  ];
}

const overBoth = (transport: Transport): Scenario[] => {
  const { add, invoice, end } = writes[transport];
  const failed = { outcome: 'failed', failure: 'Rejected' };
  return [
    ...(['add', 'invoice', 'charge'] as const).flatMap((step): Scenario[] => {
      const operation = writes[transport][step];
      return [
        {
          name: `${step}-lost-and-found`,
          variant: transport,
          faults: [{ kind: 'reset-after', operation }],
          ends: { ...completed, cycles: 1 },
          ledger: expectBilled,
        },
        {
          name: `${step}-lost-and-sent-again`,
          variant: transport,
          faults: [{ kind: 'reset-before', operation }],
          ends: { ...completed, cycles: 1 },
          ledger: expectBilled,
        },
      ];
    }),
    ...lostForGood(transport, 'invoice'),
    ...lostForGood(transport, 'charge'),
    {
      name: 'refused-at-adding',
      variant: transport,
      faults: [refusal(add)],
      ends: { ...failed, left: [] },
      ledger: expectNothingLeft,
    },
    {
      name: 'refused-at-invoice',
      variant: transport,
      faults: [refusal(invoice)],
      ends: { ...failed, left: [] },
      ledger: expectNothingLeft,
    },
    {
      name: 'undo-refused-and-retried',
      variant: transport,
      faults: [refusal(invoice), refusal(end)],
      play: answered('retry'),
      ends: { ...failed, left: [] },
      ledger: expectNothingLeft,
    },
    {
      name: 'undo-refused-and-done-by-hand',
      variant: transport,
      faults: [refusal(invoice), refusal(end)],
      play: async ({ start, held, answer, sandbox }) => {
        const order = await start();
        await held(order);
        sandbox.controls.stopSubscription({ subscriptionId: sandbox.ledger().subscriptions[0]?.id ?? 0 });
        await answer(order, 'done');
        return order;
      },
      ends: { ...failed, left: [], undone: ['the subscription is ended (by hand)'] },
      ledger: expectNothingLeft,
    },
    {
      name: 'undo-refused-and-left',
      variant: transport,
      faults: [refusal(invoice), refusal(end)],
      play: answered('leave'),
      ends: { ...failed, left: [{ what: 'the subscription is ended' }] },
      ledger: expectNothingBilled,
    },
    {
      name: 'end-refused-and-retried',
      variant: transport,
      faults: [refusal(end)],
      play: answered('retry'),
      ends: { ...completed, cycles: 1, personInvolved: true },
      ledger: expectBilled,
    },
  ];
};

/** Answers that are lost, with and without the work behind them, and refusals for good. */
export const lost: Scenario[] = [
  ...overBoth('rest'),
  ...overBoth('xml-rpc'),
  // Over XML-RPC the same: each of the three is looked for over the whole settle schedule.
  ...lostForGood('rest', 'add'),
  ...rejected<Club>('rest', { cycles: 0 }, expectNothingLeft),
];
