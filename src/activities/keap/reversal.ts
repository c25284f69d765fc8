import type { Found } from '../../workflows/found.js';
import type { KeapMade, KeapWanted } from '../../workflows/keap/contract.js';
import { failure } from '../failure.js';
import { write } from '../write.js';
import { entryMark } from './marks.js';
import type { Open } from './open.js';
import { isEntry, isOurs } from './our-payments.js';
import { idsOf, type PaymentAtKeap } from './transport.js';
import { negate } from './wire.js';

export type Entry = 'Refund' | 'Credit';

/** A counter-entry that stands at Keap. */
export interface KeapEntry {
  readonly paymentId?: string;
  /** Decimal string; negative for a refund. */
  readonly amount: string;
}

/**
 * The way back of a payment that was taken elsewhere: a Refund of the amount and a Credit that brings the balance back
 * to zero. XML-RPC only. No interface of Keap gives money back to a card.
 */
export function reversalSteps({ open }: Open) {
  return {
    /** The amount to book back, `0.00` when nothing is left to do. `NotUndone` with the facts when a person has to. */
    async canReverse(want: KeapWanted, made: KeapMade): Promise<{ amount: string }> {
      const { order } = want;
      const keap = open(order);
      const ours = (await keap.readPayments(made)).filter((payment) => isOurs(order, payment));
      if (ours.some(({ state }) => state === 'pending')) {
        throw failure('Unavailable', `the payment of order ${made.orderId} is pending at Keap`);
      }
      const payment = ours.find(({ state }) => state === 'settled');
      if (payment === undefined && ours.length > 0) return { amount: '0.00' };
      // It was made, so that none of ours is shown is lag.
      const amount = payment?.amount ?? order.total;
      if (keap.bookEntry !== undefined && order.payment.kind === 'taken') return { amount };
      const why =
        order.payment.kind === 'charge'
          ? 'no interface of Keap refunds or voids what was charged to a card; it is done in Keap or at the gateway'
          : 'REST has no refund and no counter-entry; it is done in Keap';
      throw failure('NotUndone', `${amount} ${order.currency} cannot be given back: ${why}`, {
        platform: 'keap',
        connection: order.connection,
        reference: order.reference,
        left: [
          {
            what: 'the payment is reversed',
            why,
            amount,
            ids: { ...idsOf(made), ...(payment && { payment: payment.id }) },
            link: keap.link(made),
          },
        ],
      });
    },

    async findReversal(want: KeapWanted, made: KeapMade, entry: Entry): Promise<Found<KeapEntry>> {
      const { order } = want;
      const keap = open(order);
      const payments = await keap.readPayments(made);
      const [it, ...more] = payments.filter((payment) => isEntry(order, payment, entry));
      if (it !== undefined && more.length > 0) {
        const ids = [it, ...more].map(({ id }) => id);
        return { state: 'several', why: `the ${entry} entry stands twice`, ids, link: keap.link(made) };
      }
      if (it !== undefined) return { state: 'same', it: { paymentId: it.id, amount: it.amount } };
      // Keap, or a person there, has refunded it: no entry is needed any more.
      const ours = payments.filter((payment) => isOurs(order, payment));
      const refunded = ours.length > 0 && ours.every(({ state }) => state === 'reversed' || state === 'failed');
      return refunded ? { state: 'same', it: { amount: '0.00' } } : { state: 'none' };
    },

    async bookReversal(want: KeapWanted, made: KeapMade, entry: Entry): Promise<KeapEntry> {
      const { order } = want;
      const keap = open(order);
      return write('bookReversal', async () => {
        const payment = settledOf(want, await keap.readPayments(made));
        if (payment === undefined || keap.bookEntry === undefined) {
          throw failure('NotUndone', `there is no payment on order ${made.orderId} that could be booked back`);
        }
        const amount = entry === 'Refund' ? negate(payment.amount) : payment.amount;
        const word = entry === 'Refund' ? 'Refund' : 'Credit for refund';
        await keap.bookEntry(made, {
          type: entry,
          amount,
          note: `${entryMark(order, entry)} ${word} ${order.reference}`,
        });
        return { amount };
      });
    },
  };
}

function settledOf({ order }: KeapWanted, payments: readonly PaymentAtKeap[]): PaymentAtKeap | undefined {
  return payments.find((payment) => payment.state === 'settled' && isOurs(order, payment));
}
