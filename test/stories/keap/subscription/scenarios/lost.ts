import type { KeapFault } from '../../../../../src/sandbox/index.js';
import { answered } from '../../../every-story.js';
import { expectBilled, expectNothingLeft } from '../judge.js';
import type { Transport } from '../rig.js';
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

const refusal = (operation: string): KeapFault => ({ kind: 'business', operation });

const overBoth = (transport: Transport): Scenario[] => {
  const { invoice, end } = writes[transport];
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
export const lost: Scenario[] = [...overBoth('rest'), ...overBoth('xml-rpc')];
