import { expect } from 'vitest';
import type { KeapLedger } from '../../../../src/sandbox/index.js';
import type { Change, Journey, Write } from '../../tested.js';
import { reaches, shows } from '../../watching.js';
import { expectBilled, expectEndedAfter, expectNothingLeft } from './judge.js';
import { badCard, type Club, goodCard, type Transport } from './rig.js';

/** The first cycle is charged, and its workflow has ended: nothing else is asked of Keap at the same time. */
const waitsForTheNext = (order: Parameters<typeof reaches>[0]) => reaches(order, shows('cycle 2 is due'));

/** A billing address makes the contact a write too. */
const billingAddress = { line1: '2 Quay', city: 'Tempe', region: 'AZ', postalCode: '85281', country: 'US' };
const ada = { email: 'ada@example.com', givenName: 'Ada', billingAddress };

type Step = 'contact' | 'add' | 'invoice' | 'charge' | 'end' | 'delete' | 'pause';

/** The writes of each step, by transport. */
const steps: Record<Transport, Record<Step, Write> & { readonly resume: readonly Write[] }> = {
  rest: {
    contact: ['contact', 'contacts.update'],
    add: ['add', 'subscriptions.create'],
    invoice: ['invoice', 'subscriptions.invoice'],
    charge: ['charge', 'orderPayments.create'],
    end: ['end', 'subscriptions.deactivate'],
    delete: ['delete the invoice', 'orders.delete'],
    pause: ['pause', 'subscriptions.update'],
    resume: [['resume', 'subscriptions.update']],
  },
  'xml-rpc': {
    contact: ['contact', 'ContactService.update'],
    add: ['add', 'DataService.add:RecurringOrder'],
    invoice: ['invoice', 'InvoiceService.createInvoiceForRecurring'],
    charge: ['charge', 'InvoiceService.chargeInvoice'],
    end: ['end', 'DataService.update:RecurringOrder'],
    delete: ['delete the invoice', 'InvoiceService.deleteInvoice'],
    pause: ['pause', 'DataService.update:RecurringOrder'],
    resume: [
      ['resume', 'InvoiceService.updateJobRecurringNextBillDate'],
      ['resume', 'DataService.update:RecurringOrder'],
    ],
  },
};

/** What its answer tells of a declined charge nobody finds at Keap. */
const DECLINE = 'charge that is declined';

function onBoth(variant: Transport): Journey<Club>[] {
  const { contact, add, invoice, charge, end, delete: deleted, pause, resume } = steps[variant];
  return [
    {
      name: 'of one cycle',
      variant,
      order: { contact: ada },
      writes: [contact, add, invoice, charge, end],
      ends: 'completed',
      judge: expectBilled,
      result: { cycles: 1, charged: '30.00', end: 'all cycles billed' },
      // From the charge on nothing is taken back: what is refused then a person sees to, and it goes on.
      asked: 'retry',
    },
    {
      name: 'declined',
      variant,
      order: { payment: badCard },
      writes: [add, invoice, [DECLINE, charge[1]], deleted, end],
      slow: DECLINE,
      ends: 'failed',
      judge: expectNothingLeft,
    },
    {
      name: 'ended while it waits',
      variant,
      order: { cycles: 3, payment: goodCard },
      writes: [add, invoice, charge, end],
      play: async ({ order }) => {
        await waitsForTheNext(order);
        await order.send('end', { reason: 'moved away' });
      },
      ends: 'completed',
      judge: (ledger) => expectEndedAfter(ledger, 1),
      result: { cycles: 1, end: 'ended' },
      told: 'end: it has ended at Keap',
    },
    {
      name: 'paused and resumed',
      variant,
      order: { cycles: 3, payment: goodCard },
      writes: [add, invoice, charge, pause, ...resume, end],
      play: async ({ order }) => {
        await waitsForTheNext(order);
        await order.send('pause', { reason: 'on holiday' });
        await order.send('resume', {});
        await order.send('end', {});
      },
      ends: 'completed',
      judge: (ledger) => expectEndedAfter(ledger, 1),
      result: { cycles: 1, end: 'ended' },
    },
  ];
}

/** All the ways in which a subscription writes to Keap. */
export const journeys: readonly Journey<Club>[] = [...onBoth('rest'), ...onBoth('xml-rpc')];

/** Somebody wants no more of it while it is under way: before its first cycle is charged, or after it. */
export function endedMeanwhile(variant: Transport): Change<Club> {
  const endedAfterOneAtMost = (ledger: KeapLedger) => {
    const cycles = ledger.orders.filter(({ deleted }) => !deleted).length;
    expect(cycles).toBeLessThan(2);
    expectEndedAfter(ledger, cycles);
  };
  return {
    update: 'end',
    journey: {
      name: 'of three cycles',
      variant,
      order: { cycles: 3, payment: goodCard },
      writes: [],
      async play({ order }) {
        const end = () => order.send('end', {});
        // It may have ended meanwhile.
        await waitsForTheNext(order)
          .then(end)
          .catch(() => undefined);
      },
      ends: 'completed',
      judge: endedAfterOneAtMost,
    },
    wanted: () => ({ reason: 'moved away' }),
    judge: endedAfterOneAtMost,
  };
}
