import type { Micros } from './money.js';

/** A `RecurringOrder`. Times are instants; its days end as they do everywhere in XML-RPC, in US Eastern. */
export interface Subscription {
  id: number;
  contactId: number;
  planId: number;
  productId: number;
  quantity: number;
  price: Micros;
  cycle: string;
  frequency: number;
  cardId: number;
  merchantAccountId: number;
  affiliateId: number;
  autoCharge: boolean;
  status: 'Active' | 'Inactive';
  reasonStopped: string | null;
  startTime: number;
  endTime: number | null;
  nextBillTime: number;
  lastBillTime: number | null;
}

export type NewSubscription = Omit<Subscription, 'id' | 'status' | 'reasonStopped' | 'endTime' | 'lastBillTime'>;

/** All subscriptions. They are billed by call only: the six-hourly job of the real system does not run here. */
export class Subscriptions {
  readonly #byId = new Map<number, Subscription>();
  #nextId = 601;

  add(subscription: NewSubscription): Subscription {
    const id = this.#nextId++;
    const added: Subscription = {
      id,
      status: 'Active',
      reasonStopped: null,
      endTime: null,
      lastBillTime: null,
      ...subscription,
    };
    this.#byId.set(id, added);
    return added;
  }

  get(id: number): Subscription | undefined {
    return this.#byId.get(id);
  }

  all(): Iterable<Subscription> {
    return this.#byId.values();
  }

  activeOf(contactId: number, planId: number): Subscription | undefined {
    return [...this.#byId.values()].find(
      (one) => one.contactId === contactId && one.planId === planId && one.status === 'Active',
    );
  }

  delete(id: number): void {
    this.#byId.delete(id);
  }

  /** Moves past every cycle that is due and says how many there were. */
  bill(subscription: Subscription, now: number): number {
    let cycles = 0;
    while (subscription.status === 'Active' && subscription.nextBillTime <= now) {
      subscription.lastBillTime = subscription.nextBillTime;
      subscription.nextBillTime = nextBill(subscription);
      cycles += 1;
    }
    return cycles;
  }
}

const dayMs = 86_400_000;

/** Keap's cycle codes: 1 year, 2 month, 3 week, 6 day. */
function nextBill({ cycle, frequency, nextBillTime }: Subscription): number {
  const every = Math.max(1, frequency);
  const next = new Date(nextBillTime);
  if (cycle === '3') return nextBillTime + every * 7 * dayMs;
  if (cycle === '6') return nextBillTime + every * dayMs;
  if (cycle === '1') next.setUTCFullYear(next.getUTCFullYear() + every);
  else next.setUTCMonth(next.getUTCMonth() + every);
  return next.getTime();
}
