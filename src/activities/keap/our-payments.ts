import type { KeapPayable } from '../../workflows/keap/contract.js';
import { carries, entryMark, paymentMark } from './marks.js';
import type { OrderAtKeap, PaymentAtKeap, Transport } from './transport.js';

/** What our payments are known by. */
type Ours = Pick<KeapPayable, 'reference' | 'payment'>;

/** The payment that this order is about, by the mark in its note. */
export function isOurs(order: Ours, { note }: PaymentAtKeap): boolean {
  return carries(note, paymentMark(order));
}

/** One of the two counter-entries that take our payment back. */
export function isEntry(order: Ours, { note }: PaymentAtKeap, entry: 'Refund' | 'Credit'): boolean {
  return carries(note, entryMark(order, entry));
}

/** Whether our payment went back: refunded or voided by Keap, or balanced by both counter-entries. */
export function isReversed(order: Ours, payments: readonly PaymentAtKeap[]): boolean {
  const ours = payments.filter((payment) => isOurs(order, payment));
  if (ours.some(({ state }) => state === 'settled')) {
    return (['Refund', 'Credit'] as const).every((entry) => payments.some((of) => isEntry(order, of, entry)));
  }
  return ours.some(({ state }) => state === 'reversed');
}

export function readOurPayments(keap: Transport, { invoiceId, orderId }: OrderAtKeap): Promise<PaymentAtKeap[]> {
  return keap.readPayments({ invoiceId, orderId });
}
