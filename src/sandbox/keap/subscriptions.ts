import { daysLater, type Rhythm } from './billing-cycle.js';
import type { Tell } from './events.js';
import type { Micros } from './money.js';
import type { Order } from './orders.js';

/** Who did something: a caller of either transport, Keap's own billing, or a person in the app. */
export type Doer = 'rest' | 'xmlrpc' | 'keap' | 'person';

/** One invoice of a subscription, with the cycles on it. */
export interface Billing {
  order: Order;
  /** The days that it bills, oldest first. */
  days: readonly number[];
  by: Doer;
}

/** A `RecurringOrder`. Its days are the instants at which they begin in US Eastern, like all days of XML-RPC. */
export interface Subscription extends Rhythm {
  id: number;
  via: Doer;
  /** The order by which it was bought, where one was. */
  originatingJobId: number | null;
  contactId: number;
  planId: number;
  productId: number;
  quantity: number;
  /** Of one unit in one cycle. */
  price: Micros;
  /** 0: none. */
  cardId: number;
  merchantAccountId: number;
  autoCharge: boolean;
  /** Charges that Keap tries for one invoice in all, and the days between two of them. */
  maxAttempts: number;
  daysBetweenRetries: number;
  allowTax: boolean;
  leadAffiliateId: number;
  affiliateId: number;
  promoCode: string | null;
  shippingOptionId: number;
  /** As REST took it: no column of XML-RPC shows it. */
  shippingAddress: Readonly<Record<string, string>> | null;
  status: 'Active' | 'Inactive';
  reasonStopped: string | null;
  startDay: number;
  /** The last day that may be billed. */
  endDay: number | null;
  nextBillDay: number;
  lastBillDay: number | null;
  /** By field id. */
  customFields: Map<number, string>;
  billings: Billing[];
  createdAt: number;
  modifiedAt: number;
  deletedAt: number | null;
}

export type NewSubscription = Omit<
  Subscription,
  'id' | 'originatingJobId' | 'reasonStopped' | 'lastBillDay' | 'billings' | 'createdAt' | 'modifiedAt' | 'deletedAt'
> &
  Partial<Pick<Subscription, 'originatingJobId' | 'reasonStopped' | 'lastBillDay'>>;

const firstId = 601;

/** All subscriptions of the tenant. Nothing here looks for duplicates. */
export class Subscriptions {
  readonly #byId = new Map<number, Subscription>();
  readonly #deleted: Subscription[] = [];
  readonly #tell: Tell;
  #nextId = firstId;

  /** `tell` hears of every change. */
  constructor(tell: Tell) {
    this.#tell = tell;
  }

  add(subscription: NewSubscription, now: number): Subscription {
    const added: Subscription = {
      originatingJobId: null,
      reasonStopped: null,
      lastBillDay: null,
      ...subscription,
      id: this.#nextId++,
      billings: [],
      createdAt: now,
      modifiedAt: now,
      deletedAt: null,
    };
    this.#byId.set(added.id, added);
    this.#tell('subscription.add', added.id, now);
    return added;
  }

  get(id: number): Subscription | undefined {
    return this.#byId.get(id);
  }

  /** The stopped ones too. */
  all(): Iterable<Subscription> {
    return this.#byId.values();
  }

  /** The deleted ones too, by id. */
  ever(): Subscription[] {
    return [...this.#byId.values(), ...this.#deleted].sort((a, b) => a.id - b.id);
  }

  /** The subscription that a duplicate check would find: the contact's active one to the same plan. */
  activeOf(contactId: number, planId: number): Subscription | undefined {
    return [...this.#byId.values()].find(
      (one) => one.contactId === contactId && one.planId === planId && one.status === 'Active',
    );
  }

  change(subscription: Subscription, changes: Partial<Subscription>, now: number): void {
    Object.assign(subscription, changes, { modifiedAt: now });
    this.#tell('subscription.edit', subscription.id, now);
  }

  delete(subscription: Subscription, now: number): void {
    subscription.deletedAt = now;
    this.#byId.delete(subscription.id);
    this.#deleted.push(subscription);
    this.#tell('subscription.delete', subscription.id, now);
  }
}

/** The days that are to be billed by now: none of a stopped subscription, none after its end. */
export function dueDays(subscription: Subscription, now: number): number[] {
  const { status, nextBillDay, endDay } = subscription;
  const days: number[] = [];
  if (status !== 'Active') return days;
  const last = Math.min(now, endDay ?? now);
  for (let day = nextBillDay; day <= last; day = daysLater(day, subscription)) days.push(day);
  return days;
}
