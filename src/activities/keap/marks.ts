import type { KeapPayable } from '../../workflows/keap/contract.js';
import type { KeapLine, KeapOrder, KeapPayment } from '../../workflows/keap/input.js';
import { sameReference } from '../references.js';
import { kindName } from './kinds.js';

/*
 * How our references stand at Keap, where a later look finds them. Keap has no field for them on lines and payments, so
 * they stand in the notes, in brackets, in front of whatever the caller wants to say there.
 */

/** What a payment is known by. */
type KeapPaymentOf = Pick<KeapPayable, 'reference' | 'payment'>;

/** `EXT-1001 | web shop`: searchable by its beginning, before the reference has a field of its own. */
export function titleOf({ reference, title }: KeapOrder): string {
  return `${reference} | ${title ?? 'order'}`;
}

export function titleCarries(title: string, reference: string): boolean {
  const [first = ''] = title.split('|');
  return sameReference(first.trim(), reference);
}

/** `[EXT-1001#1]` */
export function lineMark({ reference }: KeapOrder, ref: string): string {
  return `[${reference}#${ref}]`;
}

export function lineNote(order: KeapOrder, line: KeapLine): string {
  return [lineMark(order, line.ref), line.description].filter(Boolean).join(' ');
}

/** The references of our lines that a line's texts carry. */
export function lineRefsIn(texts: readonly string[], { reference }: KeapOrder): string[] {
  const start = `[${reference}#`.toLowerCase();
  return texts.flatMap((text) =>
    [...text.matchAll(/\[[^\]\s]+\]/g)]
      .map(([mark]) => mark)
      .filter((mark) => mark.toLowerCase().startsWith(start))
      .map((mark) => mark.slice(start.length, -1)),
  );
}

/** `[EXT-1001/pay_9f2]` */
export function paymentMark({ reference, payment }: KeapPaymentOf): string {
  return `[${reference}/${payment.reference}]`;
}

export function paymentNote(order: KeapPaymentOf): string {
  const note = noteOf(order.payment);
  return note === undefined ? paymentMark(order) : `${paymentMark(order)} ${note}`;
}

function noteOf(payment: KeapPayment): string | undefined {
  return payment.kind === 'taken' ? payment.note : undefined;
}

/** `[EXT-1001/pay_9f2!Refund]` */
export function entryMark({ reference, payment }: KeapPaymentOf, entry: 'Refund' | 'Credit'): string {
  return `[${reference}/${payment.reference}!${entry}]`;
}

export function carries(text: string, mark: string): boolean {
  return text.toLowerCase().includes(mark.toLowerCase());
}

/** What the customer reads on a line of which the order says nothing. */
export function lineName(line: KeapLine): string {
  return line.name ?? line.sku ?? kindName(line.kind);
}
