import type { KeapIds } from '../../../workflows/keap/contract.js';
import type {
  KeapBill,
  KeapSubscribed,
  KeapSubscriptionWanted,
} from '../../../workflows/keap/subscription/contract.js';
import type { AccountAtKeap } from '../transport.js';

/** What the steps of a subscription ask of Keap. Both transports answer it. */
export interface SubscriptionTransport {
  /** The custom fields of subscriptions. */
  readSubscriptionFields(): Promise<AccountAtKeap['fields']>;
  /** Undefined when Keap has no such plan, or does not let it be read. */
  readPlan(id: string): Promise<PlanAtKeap | undefined>;

  /** Ids of subscriptions that may carry the reference. Only a look at each tells. */
  searchSubscriptions(want: KeapSubscriptionWanted): Promise<string[]>;
  /** @param referenceField the id, and the name, of the custom field that carries the reference */
  readSubscription(id: string, referenceField: FieldName): Promise<SubscriptionAtKeap | undefined>;
  /** Once: adds a subscription that carries the reference from its first moment. */
  addSubscription(want: KeapSubscriptionWanted): Promise<KeapSubscribed>;
  /** It is billed no more, for good or for the time being. */
  stopSubscription(id: string, how: 'paused' | 'ended', reason: string): Promise<void>;
  /** It is billed again, from this day on. */
  resumeSubscription(id: string, nextBillDate: string): Promise<void>;

  /** Orders that a subscription was billed by, after the order `after`, the oldest first. */
  readBills(of: Billed, after: string): Promise<KeapIds[]>;
  /** Has what is due invoiced, once. What is not due any more is not invoiced again. Undefined when nothing was due. */
  invoice(subscriptionId: string): Promise<Pick<KeapBill, 'invoiceId'> | undefined>;
  subscriptionLink(id: string): string;
}

/** What orders of a subscription are found by. */
export interface Billed extends KeapSubscribed {
  readonly contactId: string;
}

export interface FieldName {
  readonly id: string;
  readonly name: string;
}

export interface PlanAtKeap {
  readonly active: boolean;
}

export interface SubscriptionAtKeap {
  readonly subscriptionId: string;
  readonly productId?: string;
  readonly contactId: string;
  readonly plan: string;
  readonly active: boolean;
  readonly quantity: number;
  /** As Keap keeps it: a decimal string, of one or of all is not documented. */
  readonly billingAmount: string;
  /** e.g. `2026-02-15` */
  readonly nextBillDate?: string;
  /** What stands in the field of the reference. */
  readonly reference?: string;
}
