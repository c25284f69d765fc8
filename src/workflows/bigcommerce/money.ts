import { causeOf, refuse } from '../cause.js';
import type { Undone } from '../found.js';
import type { cancelling } from './cancelling.js';
import type {
  BigcommerceOrderResult,
  BigcommercePaid,
  BigcommercePayment,
  BigcommerceSeen,
  BigcommerceStanding,
} from './contract.js';
import type { Made } from './course.js';
import { inCents, units } from './decimal.js';
import { refunding } from './refunding.js';
import {
  BEFORE_RELEASE,
  inWords,
  isAuthorized,
  isPending,
  isReleased,
  isTaken,
  oursIn,
  SETTLED_WITHIN,
  settlesIn,
  statuses,
} from './standing.js';
import type { watching } from './watching.js';

type ByApi = Extract<BigcommercePayment, { readonly kind: 'payments-api' }>;

/** What is true when the money that was taken outside was taken back. */
const OUTSIDE_MONEY_IS_BACK = 'the money taken outside is given back';

/**
 * The three ways of money: taken outside, and told by the word "paid"; taken by the store's Payments API; authorized in
 * the store before, and captured. What a gateway works on is begun once and watched until it has settled.
 */
export function money(course: Made, watched: ReturnType<typeof watching>, own: ReturnType<typeof cancelling>) {
  const { bc, telling, order, at, made } = course;
  const { once, undo, until } = telling;
  /** The payment that was written down. */
  let booked: BigcommercePaid | undefined;
  const refund = refunding(course);

  return { take, paid, settled, refund, isOutside };

  /** Whether BigCommerce knows of no payment: then it gives nothing back. */
  function isOutside(): boolean {
    return order.payment?.kind === 'outside' || order.payment?.kind === 'taken';
  }

  async function take(): Promise<BigcommerceOrderResult['money']> {
    const { payment } = order;
    if (payment === undefined) {
      await capture();
      return 'capture';
    }
    if (payment.kind === 'payments-api') {
      await takeByApi(payment);
      return 'payments-api';
    }
    if (payment.kind === 'taken') await book(payment);
    else await takenOutside();
    return 'outside';
  }

  /** Somebody may have released it in the control panel, or a former run has: then it was paid, too. */
  async function takenOutside(): Promise<void> {
    await watched({ what: 'the payment was taken outside', isDone: (now) => isReleased(now), serves: { paid } });
    if (booked !== undefined) return;
    undo(OUTSIDE_MONEY_IS_BACK, () => outsideMoneyIsBack());
    await release();
  }

  /** The word that the money was taken outside. */
  async function paid(word: BigcommercePaid): Promise<string> {
    if (!isOutside()) throw refuse('Rejected', 'the store takes the money of this order itself');
    if (booked !== undefined) {
      if (booked.payment_provider_id === word.payment_provider_id) return 'it had been written down before';
      throw refuse('Rejected', `it was paid by ${booked.payment_provider_id} already`);
    }
    await book(word);
    return 'the payment is written down, and the order is released';
  }

  async function book({ payment_provider_id, payment_method }: BigcommercePaid): Promise<void> {
    undo(OUTSIDE_MONEY_IS_BACK, () => outsideMoneyIsBack(payment_provider_id));
    await bc.bookPayment(at, { payment_provider_id, payment_method });
    booked = { payment_provider_id, payment_method };
    telling.settled('payment');
  }

  /** Only whoever took it can give it back. It is seen when the store says so: by the status, or by refunds on record. */
  async function outsideMoneyIsBack(paymentId?: string): Promise<Undone> {
    const standing = oursIn(await bc.readOrder(at), at.orderId);
    const isRecorded = units((await bc.readMoney(at)).refunded) >= inCents(units(made.total));
    if (isRecorded || standing?.statusId === statuses.refunded) return { done: true, found: true };
    const as = paymentId === undefined ? '' : `, as ${paymentId}`;
    const why = `it was taken outside${as}: give it back there, and set the order to Refunded in the store`;
    const ids = { order: at.orderId, ...(paymentId === undefined ? {} : { payment: paymentId }) };
    return { done: false, left: { what: OUTSIDE_MONEY_IS_BACK, why, amount: made.total, ids } };
  }

  async function takeByApi(payment: ByApi): Promise<void> {
    undo('the payment is given back', () => giveBack(true));
    await once(bc.findPayment, bc.takePayment, at, payment);
    telling.settled('payment');
    // The store may show it a little later.
    const standing = await settled((now) => now.paymentStatus !== '' || isReleased(now));
    if (isAuthorized(standing)) await captureAndWait();
    else if (!isTaken(standing) && !isReleased(standing)) {
      throw refuse('Rejected', `the payment did not go through: it is ${standing.paymentStatus}`);
    }
    await release();
  }

  /** Of an order that the store has made only the capture is ours. */
  async function capture(): Promise<void> {
    const standing = await settled();
    if (isTaken(standing)) return release();
    undo('the captured payment is given back', () => giveBack(false));
    await captureAndWait();
    return release();
  }

  async function captureAndWait(): Promise<void> {
    for (;;) {
      let why = 'the gateway did not capture it';
      try {
        await once(bc.findCapture, bc.startCapture, at);
        const standing = await settled();
        if (isTaken(standing)) return;
        why = `the gateway did not capture it: the payment is ${standing.paymentStatus}`;
      } catch (error) {
        const cause = causeOf(error);
        if (cause.type !== 'Rejected') throw error;
        // It may have moved meanwhile: then the refusal says only that.
        if (isTaken(await settled())) return;
        why = cause.message;
      }
      await telling.ask<true>({
        question: `The payment of order ${at.orderId} could not be captured. Try again?`,
        facts: [why],
        answers: {
          retry: async () => ({ it: true }),
          abandon: async () => ({ end: refuse('Rejected', why) }),
        },
        happens: (told) => (isTakenIn(told as BigcommerceSeen) ? true : undefined),
      });
    }
  }

  function isTakenIn(seen: BigcommerceSeen): true | undefined {
    const now = oursIn(seen, at.orderId);
    return now !== undefined && isTaken(now) ? true : undefined;
  }

  /** Captured orders are released by themselves, or not: then it is done here. */
  async function release(): Promise<void> {
    await bc.setStatus(at, BEFORE_RELEASE, statuses.released);
  }

  /** Waits until no gateway works on the payment any more. */
  async function settled(isShown: (now: BigcommerceStanding) => boolean = () => true): Promise<BigcommerceStanding> {
    const seen = await until<BigcommerceSeen>({
      what: 'the payment has settled',
      look: () => bc.readOrder(at),
      isTrue: (now) => {
        const standing = oursIn(now, at.orderId);
        return standing !== undefined && !isPending(standing) && isShown(standing);
      },
      againIn: (_, forMs) => settlesIn(forMs),
      says: (now) => inWords(oursIn(now, at.orderId), course.lines),
      looks: SETTLED_WITHIN,
    });
    return (
      oursIn(seen, at.orderId) ?? { orderId: at.orderId, statusId: 0, paymentStatus: '', itemsShipped: 0, total: '0' }
    );
  }

  /**
   * Gives back what was taken: a payment that is only authorized is voided, one that was taken is refunded.
   *
   * @param authorizedByUs whether the authorization is ours, too
   */
  async function giveBack(authorizedByUs: boolean): Promise<Undone> {
    const standing = await settled();
    if (course.reported.length > 0 || standing.itemsShipped > 0) {
      return left('a parcel has left: refund by hand what is to be given back', made.total);
    }
    if (isAuthorized(standing)) {
      if (!authorizedByUs) return { done: true, found: false };
      await own.remember();
      await once(bc.findVoid, bc.startVoid, at);
      const after = await settled();
      if (after.paymentStatus === 'void') return { done: true, found: true, note: 'the authorization is void' };
      if (!isTaken(after)) return left(`the gateway did not void it: it is ${after.paymentStatus}`, made.total);
    }
    if (units((await bc.readMoney(at)).taken) === 0n) return { done: true, found: standing.paymentStatus !== '' };
    await own.remember();
    const refunded = await refund('all');
    if ('why' in refunded) return left(refunded.why, refunded.amount);
    return { done: true, found: true, note: `refunded ${refunded.given} ${made.currency}` };
  }

  function left(why: string, amount: string): Undone {
    return { done: false, left: { what: 'the payment is given back', why, amount, ids: { order: at.orderId } } };
  }
}
