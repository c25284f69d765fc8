import { causeOf } from '../cause.js';
import type { CancelAnswer } from '../contract.js';
import type { Undone } from '../found.js';
import { story } from '../story.js';
import { keapOrder as contract, type KeapMade, type KeapOrderResult, type KeapWanted } from './contract.js';
import { keapSteps, STANDING_LOOKS } from './steps.js';

/**
 * A Keap order: contact, order, its lines, its payment, its fields. Taken back: the payment is reversed where Keap can
 * do that, the unpaid order is deleted. An order that carries a payment is never deleted.
 */
export const keapOrder = story(contract, async (order, telling): Promise<KeapOrderResult> => {
  const { undo, once, knows } = telling;
  const keap = keapSteps(telling);

  const account = await keap.preflight(order);
  const products = await keap.findProducts(order);
  const { contactId } = await keap.ensureContact(order);
  telling.settled('contact');
  const want: KeapWanted = { order, account, contactId, products };
  let known: KeapMade | undefined;
  let isReversed = false;

  undo('the unpaid order is gone', (sent) => keap.deleteUnpaidOrder(want, known ?? null, sent, isReversed));
  let made = await once(keap.findOrder, keap.createOrder, want);
  known = made;
  knows({ contact: contactId, invoice: made.invoiceId, order: made.orderId });
  telling.settled(...(made.fieldsSet ? [...SET_BY_CREATE, ...SET_BY_FIELDS] : SET_BY_CREATE));
  if (made.orderId === undefined) made = await keap.readOrderId(want, made);
  known = made;
  knows({ order: made.orderId });
  if (!made.marked) made = await keap.markOrder(want, made);
  for (const line of missingLines(made, want)) {
    await once(keap.findLine, keap.addLine, withLine(want, line), made, line);
  }
  await keap.expectTotal(want, made);

  undo('the payment is reversed', () => reversePayment());
  const payment = Number(order.total) === 0 ? undefined : await once(keap.findPayment, keap.takePayment, want, made);
  if (payment !== undefined) {
    telling.noReturn(`${payment.amount} ${order.currency} stand as paid at Keap`);
    telling.stop(ifReversible);
    telling.settled('payment');
  }

  if (!made.fieldsSet) await once(keap.findFields, keap.setFields, want, made);
  const standing = await telling.until({
    what: 'the order is paid in full',
    look: () => keap.readStanding(want, made),
    isTrue: ({ settled }) => settled,
    looks: STANDING_LOOKS,
  });
  const { settled: _, ...amounts } = standing;
  return { contactId, lines: order.lines.map(({ ref }) => ref), ...amounts, ...(payment && { payment }) };

  /** Money that was taken elsewhere is balanced by two counter-entries; what Keap charged only a person can give back. */
  async function reversePayment(): Promise<Undone> {
    const there = await keap.findPayment(want, made);
    if (there.state === 'none') return { done: true, found: false };
    const { amount } = await keap.canReverse(want, made);
    await once(keap.findReversal, keap.bookReversal, want, made, 'Refund');
    await once(keap.findReversal, keap.bookReversal, want, made, 'Credit');
    isReversed = true;
    const note = Number(amount) === 0 ? 'it was given back in Keap' : `counter-entries over ${amount}`;
    return { done: true, found: true, note };
  }

  async function ifReversible(): Promise<CancelAnswer> {
    try {
      await keap.canReverse(want, made);
      return { verdict: 'stopped', reason: 'the payment can be reversed' };
    } catch (error) {
      const { type, message } = causeOf(error);
      if (type !== 'NotUndone') throw error;
      return { verdict: 'too-late', reason: message };
    }
  }
});

/** What the create call carries on both transports, and what is set after it where that call cannot carry it. */
const SET_BY_CREATE = ['flow', 'orderedAt', 'leadAffiliate', 'saleAffiliate', 'promoCodes', 'promotionDiscount'];
const SET_BY_FIELDS = ['title', 'type', 'notes', 'shippingAddress', 'customFields'];

/** A line's steps carry that line alone: with all lines in each, the history would grow with their square. */
const withLine = (want: KeapWanted, ref: string): KeapWanted => ({
  ...want,
  order: { ...want.order, lines: want.order.lines.filter((line) => line.ref === ref) },
});

const missingLines = (made: KeapMade, { order }: KeapWanted): string[] =>
  order.lines.map(({ ref }) => ref).filter((ref) => !made.lines.includes(ref));
