import { ActivityFailure } from '@temporalio/common';
import { causeOf, refuse } from '../../cause.js';
import type { Served } from '../../hold.js';
import { story } from '../../story.js';
import type { KeapMade, KeapPaid, KeapPaying } from '../contract.js';
import { STANDING_LOOKS } from '../steps.js';
import {
  keapSubscriptionCycle as contract,
  type KeapBill,
  type KeapBilled,
  type KeapCycleResult,
  type KeapFollowed,
} from './contract.js';
import { BY_KEAP_LOOKS, keapSubscriptionSteps, NOT_DUE_LOOKS } from './steps.js';

/** What a person may decide about a cycle that Keap does not charge: it was paid some other way, or it stays unpaid. */
type Settled = { readonly payment: KeapPaid } | 'again' | 'unpaid';

/**
 * One cycle of a Keap subscription: invoiced once, charged once. Taken back: the unpaid invoice is deleted. What was
 * charged no call of Keap gives back.
 */
export const keapSubscriptionCycle = story(contract, async (cycle, telling): Promise<KeapCycleResult> => {
  const { undo, once, until, knows } = telling;
  const keap = keapSubscriptionSteps(telling);
  if (cycle.billing === 'keap') return followed();
  let known: KeapBill | undefined;

  undo('the unpaid invoice is gone', (sent) => keap.deleteUnpaidBill(cycle, known ?? null, sent));
  const bill = await until<KeapBilled>({
    what: 'the cycle is due',
    look: () => once(keap.findBill, keap.createBill, cycle),
    isTrue: (billed) => billed.orderId !== undefined || !billed.active,
    looks: NOT_DUE_LOOKS,
    untold: true,
  });
  if (bill.orderId === undefined) return nothingBilled();
  known = bill;
  const { orderId, invoiceId } = bill;
  const made: KeapMade = { orderId, invoiceId, marked: true, lines: [], fieldsSet: true };
  knows({ order: orderId, invoice: invoiceId });
  const { cycles, total, payment } = await charged();
  if (payment === undefined) telling.noReturn('a person left its invoice unpaid');
  else {
    telling.noReturn(`${payment.amount} ${cycle.currency} stand as paid at Keap`);
    await until({
      what: 'the invoice is paid in full',
      look: () => keap.readStanding(paying(total), made),
      isTrue: ({ settled }) => settled,
      looks: STANDING_LOOKS,
      untold: true,
    });
  }
  return {
    billed: true,
    orderId,
    invoiceId,
    cycles,
    total,
    more: bill.more > 0,
    personInvolved: telling.personInvolved(),
    ...(payment && { payment, card: cycle.payment }),
  };

  function nothingBilled(): KeapCycleResult {
    return { billed: false, cycles: 0, total: '0.00', more: false, personInvolved: telling.personInvolved() };
  }

  function paying(total: string): KeapPaying {
    const { connection, reference, currency, contactId, payment } = cycle;
    const orderedAt = new Date(Date.now()).toISOString();
    const card = { kind: 'charge', reference: 'charge', ...payment } as const;
    return { contactId, order: { connection, reference, currency, total, orderedAt, payment: card, lines: ['cycle'] } };
  }

  /** Charges what is due, once. A refusal ends a subscription that was never paid; later a person decides. */
  async function charged(): Promise<Pick<KeapCycleResult, 'cycles' | 'total' | 'payment'>> {
    for (;;) {
      let bill = { cycles: 0, total: cycle.total };
      try {
        bill = await keap.expectBill(cycle, made);
        return { ...bill, payment: await once(keap.findPayment, keap.takePayment, paying(bill.total), made) };
      } catch (error) {
        const why = refusalIn(error);
        if (why === undefined || cycle.first) throw error;
        const settled = await asked(why, bill.total);
        if (settled === 'unpaid') return { ...bill, cycles: Math.max(1, bill.cycles) };
        if (settled !== 'again') return { ...bill, cycles: Math.max(1, bill.cycles), payment: settled.payment };
      }
    }
  }

  function asked(why: string, total: string): Promise<Settled> {
    return telling.ask<Settled>({
      question: `Invoice ${invoiceId} over ${total} ${cycle.currency} is not paid: ${why}. How does it go on?`,
      facts: [
        'retry: charge again, another card can come with it',
        'accept: it was paid by hand, under this payment id',
        'leave: it stays unpaid, and the subscription goes on',
        'abandon: the invoice is deleted, and the subscription paused',
      ],
      answers: {
        retry: async () => ({ it: 'again' }),
        accept: (id) => paidByHand(total, id),
        leave: async () => ({ it: 'unpaid' }),
        abandon: async () => ({ end: refuse('Rejected', why) }),
      },
    });
  }

  async function paidByHand(total: string, id: string | undefined): Promise<Served<Settled>> {
    const found = await keap.findPayment(paying(total), made, id);
    if ('it' in found) return { it: { payment: found.it } };
    return { refused: found.state === 'none' ? `Keap does not show a payment ${id ?? ''} there` : found.why };
  }

  /** Keap invoices and charges by itself: nothing is written, and nothing can be taken back. */
  async function followed(): Promise<KeapCycleResult> {
    const { bill } = await until<KeapFollowed>({
      what: 'Keap has billed and charged the cycle',
      look: () => keap.readFollowed(cycle),
      isTrue: (seen) => (seen.bill === undefined ? !seen.active : seen.bill.settled),
      looks: BY_KEAP_LOOKS,
      says: (seen) => (seen.bill === undefined ? 'not billed yet' : `invoice ${seen.bill.invoiceId} is not paid yet`),
      untold: true,
      looksWhenTold: true,
    });
    if (bill === undefined) return nothingBilled();
    const { orderId, invoiceId, total, more } = bill;
    knows({ order: orderId, invoice: invoiceId });
    telling.noReturn(`${total} ${cycle.currency} stand as paid at Keap`);
    return {
      billed: true,
      orderId,
      invoiceId,
      cycles: 1,
      total,
      more: more > 0,
      personInvolved: telling.personInvolved(),
      payment: { amount: total, by: 'keap' },
    };
  }
});

/** What Keap said to a charge that it refuses, or what is wrong with the invoice. Anything else is no refusal. */
function refusalIn(error: unknown): string | undefined {
  // What a person has abandoned comes without the activity that failed.
  if (!(error instanceof ActivityFailure)) return undefined;
  const { type, message } = causeOf(error);
  return type === 'Rejected' || type === 'Conflict' ? message : undefined;
}
