import type { Events } from '../hooks/events.js';
import type { Ids } from '../ids.js';
import { sum } from '../money.js';

export interface Card {
  card_type: string;
  card_iin: string;
  card_last4: string;
  card_expiry_month: number;
  card_expiry_year: number;
}

export interface Transaction {
  id: number;
  orderId: number;
  createdAt: number;
  event: 'purchase' | 'authorization' | 'capture' | 'refund' | 'void' | 'pending' | 'settled';
  method: 'credit_card' | 'gift_certificate' | 'store_credit' | 'custom';
  amount: number;
  gateway: string;
  gatewayTransactionId: string;
  /** `stripe.card` */
  paymentMethodId: string;
  status: 'ok' | 'error';
  /** What it acts on: a capture on its authorization, a refund on what took the money. */
  referenceId: number | null;
  card: Card | null;
  /** What is left of a gift certificate or of the customer's credit. */
  remaining: number | null;
  giftCode: string | null;
}

/** These brought money. */
const takes: ReadonlySet<string> = new Set(['purchase', 'capture']);

/** Everything that gateways did for the orders of the store. */
export class Payments {
  readonly #all: Transaction[] = [];

  constructor(
    private readonly ids: Ids,
    private readonly now: () => number,
    private readonly events: Events,
  ) {}

  add(wanted: Omit<Transaction, 'id' | 'createdAt'>): Transaction {
    const transaction = { id: this.ids.next('transaction'), createdAt: this.now(), ...wanted };
    this.#all.push(transaction);
    this.events.transaction('created', callbackData(transaction));
    return transaction;
  }

  of(orderId: number): Transaction[] {
    return this.#all.filter((each) => each.orderId === orderId);
  }

  all(): readonly Transaction[] {
    return this.#all;
  }

  /** What brought the order's money, whole or in parts. */
  taken(orderId: number): Transaction[] {
    return this.of(orderId).filter(({ event, status }) => status === 'ok' && takes.has(event));
  }

  /** The authorization that is still to be captured or voided. */
  authorized(orderId: number): Transaction | undefined {
    const all = this.of(orderId).filter(({ status }) => status === 'ok');
    return all.find(
      ({ id, event }) =>
        event === 'authorization' &&
        !all.some((each) => each.referenceId === id && (each.event === 'capture' || each.event === 'void')),
    );
  }

  /** What a way to pay has brought. */
  paidBy(orderId: number, method: Transaction['method']): number {
    return sum(this.taken(orderId).flatMap((each) => (each.method === method ? [each.amount] : [])));
  }
}

function callbackData({ id, orderId, event, status, gatewayTransactionId }: Transaction): object {
  return {
    order_id: String(orderId),
    transaction_id: String(id),
    transaction_status: status === 'ok' ? 'complete' : 'failed',
    transaction_type: event,
    result: { code: status === 'ok' ? '0' : '10000', message: status === 'ok' ? 'approved' : 'declined', type: status },
    platform_transaction_id: String(id),
    provider_transaction_id: gatewayTransactionId,
  };
}
