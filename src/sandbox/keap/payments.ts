import { type Micros, wholeCents } from './money.js';
import type { OrderBook } from './order-book.js';
import { counts, dueOf, owedOf, paidOf } from './order-totals.js';
import type { Order, OrderPayment } from './orders.js';
import type { Card, Wallet } from './wallet.js';

/** Keap's own sentence, the same on both transports. */
export const aboveBalance = 'The manual payment amount exceeds the amount due on the invoices being processed.';

/** A payment that the rules of the platform refuse; nothing was recorded. */
export class PaymentRefused extends Error {}

/** What the next charge meets, in place of what the card would do. */
export type ChargeOutcome = 'decline' | 'gateway-error' | 'pending';

export type ChargeCode = 'APPROVED' | 'DECLINED' | 'ERROR' | 'SKIPPED' | 'PENDING';

export interface ChargeResult {
  code: ChargeCode;
  message: string;
  reference: string;
  amount: Micros;
  payment: OrderPayment | null;
}

/** Takes, records and gives back money. */
export class Till {
  readonly #orders: OrderBook;
  readonly #wallet: Wallet;
  #nextReference = 7_000_001;

  constructor(orders: OrderBook, wallet: Wallet) {
    this.#orders = orders;
    this.#wallet = wallet;
  }

  /** Records money that was taken elsewhere. Nobody notices when it was recorded before. */
  record(
    order: Order,
    payment: { amount: Micros; type: string; note: string; time: number; skipCommission: boolean },
    now: number,
  ): OrderPayment {
    const amount = wholeCents(payment.amount);
    if (amount > owedOf(order)) throw new PaymentRefused(aboveBalance);
    return this.#orders.addPayment(
      order,
      { ...payment, amount, status: 'MANUAL_PAID', refundOf: null },
      { status: 'APPROVED', method: 'MANUAL', reference: '', error: null, cardId: null },
      now,
    );
  }

  /** What a charge of everything due would take now. */
  due(order: Order, now: number): Micros {
    return Math.min(owedOf(order), wholeCents(dueOf(order, now) - paidOf(order)));
  }

  /** Charges a card. A failed attempt leaves a transaction and a failed row, and no money. */
  charge(
    order: Order,
    charge: {
      amount: Micros;
      card: Card | undefined;
      merchantAccountId: number;
      note: string;
      skipCommission: boolean;
      outcome: ChargeOutcome | null;
      byKeap?: boolean;
    },
    now: number,
  ): ChargeResult {
    const amount = wholeCents(charge.amount);
    if (amount <= 0) return { code: 'SKIPPED', message: 'Nothing is due', reference: '', amount: 0, payment: null };
    const code = this.#wallet.answer(charge.card, charge.merchantAccountId, charge.outcome);
    if (charge.card !== undefined) charge.card.lastUsedAt = now;
    const { message, status, transaction } = answers[code];
    const reference = code === 'APPROVED' || code === 'PENDING' ? String(this.#nextReference++) : '0';
    const payment = this.#orders.addPayment(
      order,
      {
        amount,
        type: 'Credit Card',
        note: charge.note,
        status,
        time: now,
        skipCommission: charge.skipCommission,
        refundOf: null,
      },
      {
        status: transaction,
        method: 'CAPTURE',
        reference,
        error: code === 'APPROVED' || code === 'PENDING' ? null : message,
        cardId: charge.card?.id ?? null,
        byKeap: charge.byKeap ?? false,
      },
      now,
    );
    return { code, message, reference, amount, payment };
  }

  /** What a person does in the app: the money of one payment goes back. */
  refund(order: Order, payment: OrderPayment, now: number): OrderPayment {
    if (!counts(payment) || payment.amount <= 0)
      throw new PaymentRefused('Only a payment that brought money can be refunded.');
    if (order.payments.some((other) => other.refundOf === payment.id)) {
      throw new PaymentRefused('This payment is refunded already.');
    }
    return this.#orders.addPayment(
      order,
      {
        amount: -payment.amount,
        type: 'Refund',
        note: `Refund of payment ${payment.id}`,
        status: 'REFUNDED',
        time: now,
        skipCommission: true,
        refundOf: payment.id,
      },
      { status: 'APPROVED', method: 'REFUND', reference: String(this.#nextReference++), error: null, cardId: null },
      now,
    );
  }

  /** Ends a charge that was pending. */
  settle(order: Order, payment: OrderPayment, approved: boolean, now: number): void {
    if (payment.status !== 'PENDING') throw new PaymentRefused('Only a pending payment can be settled.');
    payment.status = approved ? 'APPROVED' : 'FAILED';
    const transaction = order.transactions.find((one) => one.id === payment.transactionId);
    if (transaction !== undefined) transaction.status = approved ? 'APPROVED' : 'FAILED';
    this.#orders.touchPayment(order, payment, now);
  }
}

const answers = {
  APPROVED: { message: 'This transaction has been approved.', status: 'APPROVED', transaction: 'APPROVED' },
  DECLINED: { message: 'This transaction has been declined. (2)', status: 'FAILED', transaction: 'FAILED' },
  // Keap's words for trouble with the merchant account, which is no decline.
  ERROR: { message: 'Error process card.', status: 'ERROR', transaction: 'ERROR' },
  PENDING: { message: 'This transaction is pending.', status: 'PENDING', transaction: 'PENDING' },
} as const;
