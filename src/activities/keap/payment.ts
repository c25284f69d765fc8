import type { Found } from '../../workflows/found.js';
import type { KeapIds, KeapPaid, KeapPaying } from '../../workflows/keap/contract.js';
import { failure } from '../failure.js';
import { write } from '../write.js';
import type { Open } from './open.js';
import { isEntry, isOurs } from './our-payments.js';
import { readExpectedMoney } from './total.js';
import type { PayAnswer, PaymentAtKeap } from './transport.js';
import { agree, isPositive } from './wire.js';

/** The payment: recorded when it was taken elsewhere, or charged by Keap. Its way back is in `reversal.ts`. */
export function paymentSteps({ open }: Pick<Open, 'open'>) {
  return {
    /**
     * Looks for our payment. While Keap has not settled it, fails as `Unavailable`, so that it is asked again.
     * `at`: the id of a payment that a person booked by hand.
     */
    async findPayment(want: KeapPaying, made: KeapIds, at?: string): Promise<Found<KeapPaid>> {
      const keap = open(want.order);
      const payments = await keap.readPayments(made);
      const found = judge(want, made, payments, at);
      return 'it' in found || found.state === 'none' ? found : { ...found, link: keap.link(made) };
    },

    async takePayment(want: KeapPaying, made: KeapIds): Promise<KeapPaid> {
      const { order } = want;
      const keap = open(order);
      return write('takePayment', async () => {
        // A payment a cent above the balance is refused, so what is paid is what Keap says is owed at this moment.
        const { owed } = await readExpectedMoney(keap, want, made);
        const facts = { platform: 'keap', connection: order.connection, reference: order.reference };
        if (!isPositive(owed)) throw failure('Conflict', `nothing is owed on order ${made.orderId} any more`, facts);
        const answer = await keap.pay(want, made, owed);
        if (answer.state === 'settled') return paid(want, answer, owed);
        if (answer.state === 'refused') {
          throw failure('Rejected', `the card was declined (${answer.says})`, { ...facts, code: answer.says });
        }
        const text = `Keap answers "${answer.says}" to the payment of order ${made.orderId}; what became of it must be looked up`;
        throw failure('OutcomeUnknown', text, { ...facts, code: answer.says });
      });
    },
  };
}

function judge(want: KeapPaying, made: KeapIds, payments: readonly PaymentAtKeap[], at?: string): Found<KeapPaid> {
  const { order } = want;
  const ours = oursAmong(want, payments, at);
  const pending = ours.find(({ state }) => state === 'pending');
  if (pending !== undefined) {
    throw failure('Unavailable', `payment ${pending.id} of order ${made.orderId} is pending at Keap`, {
      reference: order.reference,
    });
  }
  const ids = ours.map(({ id }) => id);
  const [it, ...more] = ours.filter(({ state }) => state === 'settled');
  if (it === undefined) {
    if (ours.some(({ state }) => state === 'reversed')) {
      return { state: 'dead', why: `the payment of order ${made.orderId} was taken back; use a new reference`, ids };
    }
    return strangersAmong(want, made, payments) ?? { state: 'none' };
  }
  if (payments.some((of) => isEntry(order, of, 'Refund'))) {
    return { state: 'dead', why: `the payment of order ${made.orderId} was taken back; use a new reference`, ids };
  }
  if (more.length > 0) return { state: 'several', why: `order ${made.orderId} carries our payment twice`, ids };
  if (!agree(it.amount, order.total, order.lines.length)) {
    return { state: 'other', why: `payment ${it.id} is over ${it.amount}, not over ${order.total}`, ids };
  }
  return { state: 'same', it: paid(want, { paymentId: it.id, ...transaction(it) }, it.amount) };
}

/** By the mark in the note; where Keap kept no note, by amount and type. A failed attempt is no payment. */
function oursAmong(want: KeapPaying, payments: readonly PaymentAtKeap[], at: string | undefined): PaymentAtKeap[] {
  const { order } = want;
  const live = payments.filter(({ state }) => state !== 'failed');
  if (at !== undefined) return live.filter(({ id }) => id === at);
  const marked = live.filter((payment) => isOurs(order, payment));
  if (marked.length > 0) return marked;
  const type = order.payment.kind === 'taken' ? order.payment.method : 'Credit Card';
  return live.filter(
    (payment) =>
      payment.note.trim() === '' &&
      agree(payment.amount, order.total, order.lines.length) &&
      (payment.type === undefined || payment.type === type),
  );
}

/** Somebody else paid on our order: paying the rest would be a payment nobody asked for. */
function strangersAmong(
  { order }: KeapPaying,
  made: KeapIds,
  payments: readonly PaymentAtKeap[],
): Found<KeapPaid> | undefined {
  const strangers = payments.filter((of) => (of.state === 'settled' || of.state === 'pending') && !isOurs(order, of));
  if (strangers.length === 0) return undefined;
  const ids = strangers.map(({ id }) => id);
  return { state: 'other', why: `order ${made.orderId} carries payments that are not ours`, ids };
}

function paid({ order }: KeapPaying, of: Pick<PayAnswer, 'paymentId' | 'transactionId'>, amount: string): KeapPaid {
  return {
    ...(of.paymentId === undefined ? {} : { paymentId: of.paymentId }),
    ...transaction(of),
    amount,
    by: order.payment.kind === 'charge' ? 'keap' : 'elsewhere',
  };
}

function transaction({ transactionId }: { readonly transactionId?: string }) {
  return transactionId === undefined ? {} : { transactionId };
}
