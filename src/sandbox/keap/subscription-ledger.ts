import { type CycleWord, cycleOf } from './billing-cycle.js';
import { easternDay } from './eastern-time.js';
import { toMajor } from './money.js';
import { owedOf, totalOf } from './order-totals.js';
import type { Order } from './orders.js';
import type { Billing, Doer, Subscription } from './subscriptions.js';
import type { Tenant } from './tenant.js';

/** A try to get money for an invoice: of a card, or recorded as taken elsewhere. */
export interface LedgerCharge {
  transactionId: number;
  amount: number;
  method: string;
  status: string;
  by: 'keap' | 'others';
  time: number;
}

/** One invoice of a subscription. Two charges that were approved on it are one too many. */
export interface LedgerBilling {
  jobId: number;
  invoiceId: number;
  /** The cycles on it, by the day that each bills: `2026-01-15`. */
  days: string[];
  by: Doer;
  time: number;
  total: number;
  owed: number;
  charges: LedgerCharge[];
  deleted: boolean;
}

/** A subscription as it really is, or was when it was deleted. Money in major units, days of US Eastern. */
export interface LedgerSubscription {
  id: number;
  via: Doer;
  contactId: number;
  planId: number;
  productId: number;
  quantity: number;
  price: number;
  cycle: CycleWord;
  frequency: number;
  autoCharge: boolean;
  cardId: number;
  merchantAccountId: number;
  maxAttempts: number;
  daysBetweenRetries: number;
  status: 'Active' | 'Inactive';
  reasonStopped: string | null;
  startDate: string;
  nextBillDate: string;
  lastBillDate: string | null;
  endDate: string | null;
  /** By API name, e.g. `_ExternalSubscriptionId`. */
  customFields: Record<string, string>;
  /** Oldest first, the deleted ones too. */
  billings: LedgerBilling[];
  createdAt: number;
  modifiedAt: number;
  deleted: boolean;
}

export function ledgerSubscription(tenant: Tenant, one: Subscription): LedgerSubscription {
  return {
    id: one.id,
    via: one.via,
    contactId: one.contactId,
    planId: one.planId,
    productId: one.productId,
    quantity: one.quantity,
    price: toMajor(one.price),
    cycle: cycleOf(one.cycle).word,
    frequency: one.frequency,
    autoCharge: one.autoCharge,
    cardId: one.cardId,
    merchantAccountId: one.merchantAccountId,
    maxAttempts: one.maxAttempts,
    daysBetweenRetries: one.daysBetweenRetries,
    status: one.status,
    reasonStopped: one.reasonStopped,
    startDate: easternDay(one.startDay),
    nextBillDate: easternDay(one.nextBillDay),
    lastBillDate: one.lastBillDay === null ? null : easternDay(one.lastBillDay),
    endDate: one.endDay === null ? null : easternDay(one.endDay),
    customFields: tenant.fields.named('SUBSCRIPTION', one.customFields),
    billings: one.billings.map(ledgerBilling),
    createdAt: one.createdAt,
    modifiedAt: one.modifiedAt,
    deleted: one.deletedAt !== null,
  };
}

function ledgerBilling({ order, days, by }: Billing): LedgerBilling {
  return {
    jobId: order.jobId,
    invoiceId: order.invoiceId,
    days: days.map(easternDay),
    by,
    time: order.createdAt,
    total: toMajor(totalOf(order)),
    owed: toMajor(owedOf(order)),
    charges: chargesOf(order),
    deleted: order.deletedAt !== null,
  };
}

function chargesOf(order: Order): LedgerCharge[] {
  return order.transactions
    .filter(({ method }) => method !== 'REFUND')
    .map(({ id, amount, method, status, byKeap, time }) => ({
      transactionId: id,
      amount: toMajor(amount),
      method,
      status,
      by: byKeap ? 'keap' : 'others',
      time,
    }));
}
