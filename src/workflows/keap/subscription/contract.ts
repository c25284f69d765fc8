import type { Contract } from '../../contract.js';
import type { KeapAccount, KeapPaid } from '../contract.js';
import type { KeapPause, KeapResume, KeapSubscription, KeapSubscriptionCycle } from './input.js';

export type { KeapPause, KeapResume, KeapSubscription, KeapSubscriptionCycle } from './input.js';

/** The subscription together with all that was looked up for it. */
export interface KeapSubscriptionWanted {
  readonly order: KeapSubscription;
  /** Of the custom fields of subscriptions. */
  readonly account: KeapAccount;
  readonly contactId: string;
}

/** The subscription at Keap. */
export interface KeapSubscribed {
  readonly subscriptionId: string;
  readonly productId?: string | undefined;
}

/** How a subscription stands at Keap. What a waiting one is told. */
export interface KeapSubscriptionSeen {
  readonly active: boolean;
  /** The day on which Keap bills next, e.g. `2026-02-15`; absent where it bills no more. */
  readonly nextBillDate?: string;
  /** When that day begins at Keap, in milliseconds since 1970. */
  readonly dueAt?: number;
  /** An order that it was billed by, where it is told for what happened to that. */
  readonly bill?: { readonly orderId: string; readonly settled: boolean };
}

/** An order that Keap has made for a cycle, or for several that were due. */
export interface KeapBill {
  readonly orderId: string;
  readonly invoiceId: string;
  /** How many that come after it are there already. */
  readonly more: number;
}

/** What asking Keap to bill a cycle led to: without an order, nothing was due. */
export type KeapBilled = KeapBill | { readonly active: boolean; readonly orderId?: never; readonly invoiceId?: never };

/** What was billed before Waybill came to a subscription, or came back to it. */
export interface KeapBilledBefore {
  readonly cycles: number;
  /** The last order that is paid in full; `0` when none is. */
  readonly after: string;
  /** There is one that is not paid in full. */
  readonly open: boolean;
}

/** How a cycle billed by Keap stands. */
export interface KeapFollowed {
  readonly active: boolean;
  readonly bill?: KeapBill & { readonly total: string; readonly settled: boolean };
}

/** What a finished cycle answers. */
export interface KeapCycleResult {
  /** False: Keap billed nothing, because the subscription had been stopped there. */
  readonly billed: boolean;
  readonly orderId?: string;
  readonly invoiceId?: string;
  /** How many cycles are on the invoice; more than one where earlier ones were due as well. */
  readonly cycles: number;
  readonly total: string;
  /** Absent where a person decided to leave it unpaid. */
  readonly payment?: KeapPaid;
  /** The card that was charged. */
  readonly card?: KeapSubscription['payment'];
  /** The next cycles are billed already. */
  readonly more: boolean;
  readonly personInvolved: boolean;
}

/** How a subscription ended: all its cycles were billed, it was ended or canceled, or stopped at Keap. */
export type KeapSubscriptionEnd = 'all cycles billed' | 'ended' | 'canceled' | 'stopped at Keap';

/** What a finished subscription answers. */
export interface KeapSubscriptionResult {
  readonly contactId: string;
  readonly subscriptionId: string;
  /** How many cycles were charged, and what they came to. */
  readonly cycles: number;
  readonly charged: string;
  readonly end: KeapSubscriptionEnd;
  readonly lastOrderId?: string;
  readonly personInvolved: boolean;
}

/** What can be asked of a running subscription. */
export interface KeapSubscriptionUpdates {
  /** Nothing is billed until it is resumed. */
  readonly pause: KeapPause;
  readonly resume: KeapResume;
  /** It ends now; what was charged stays. */
  readonly end: KeapPause;
  readonly [name: string]: unknown;
}

/** A subscription at Keap: added once, invoiced and charged each time that a cycle is due, until it ends. */
export const keapSubscription: Contract<KeapSubscription, KeapSubscriptionResult, KeapSubscriptionUpdates> = {
  name: 'keapSubscription',
  platform: 'keap',
  title: 'Keap subscription',
  fixed: ['connection', 'reference', 'plan', 'quantity', 'price', 'currency', 'total', 'startDate', 'billing'],
  updates: ['pause', 'resume', 'end'],
};

/** One cycle of a subscription: its invoice and its charge. The subscription starts it. */
export const keapSubscriptionCycle: Contract<KeapSubscriptionCycle, KeapCycleResult> = {
  name: 'keapSubscriptionCycle',
  platform: 'keap',
  title: 'Keap subscription cycle',
  partOf: keapSubscription.name,
  fixed: [
    'connection',
    'reference',
    'subscription',
    'subscriptionId',
    'contactId',
    'productId',
    'after',
    'first',
    'billing',
    'currency',
    'total',
  ],
};

/** Names one cycle: the subscription's id at Keap makes it another one when a reference is used anew. */
export const cycleReference = (reference: string, subscriptionId: string, n: number): string =>
  `${reference}.${subscriptionId}.${n}`;
