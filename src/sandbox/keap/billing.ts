import type { SandboxClock } from '../clock.js';
import { startOfEasternDay } from './eastern-time.js';
import { billDueCycles } from './invoicing.js';
import type { Micros } from './money.js';
import { owedOf } from './order-totals.js';
import type { Order } from './orders.js';
import type { Subscription } from './subscriptions.js';
import type { Tenant } from './tenant.js';

const dayMs = 86_400_000;

/** What one run of Keap's billing did, or began: ids of invoices and of subscriptions. */
export interface BillingRun {
  invoiced: number[];
  charging: number[];
  ended: number[];
}

/** A charge whose amount is settled: what is paid until it is taken does not change it any more. */
interface BegunCharge {
  subscription: Subscription;
  order: Order;
  amount: Micros;
}

/**
 * The job by which Keap bills subscriptions without being asked: every six hours it makes invoices for the cycles that
 * are due and charges those whose subscription says so, an unpaid one again after some days. Whoever charges the same
 * invoice meanwhile takes the money twice: Keap settles an amount before it takes it.
 */
export class Billing {
  readonly #clock: SandboxClock;
  readonly #underWay = new Set<Order>();
  #closed = false;

  constructor(private readonly tenant: Tenant) {
    this.#clock = tenant.clock;
  }

  /** Goes on by itself until it is closed. A clock that was pushed past several runs gets each of them, at its time. */
  async start(): Promise<void> {
    const { settings } = this.tenant;
    for (let next = this.#clock.now() + settings.billingEveryMs; ; next += settings.billingEveryMs) {
      await this.#clock.waitUntil(next);
      if (this.#closed) return;
      if (settings.billing === 'on') await this.run(next).done;
    }
  }

  /** One run, as of this time; `done` resolves when its charges are through. */
  run(now: number): BillingRun & { done: Promise<void> } {
    const invoiced: number[] = [];
    const ended: number[] = [];
    const charges: BegunCharge[] = [];
    for (const subscription of this.tenant.subscriptions.all()) {
      const orders = billDueCycles(this.tenant, subscription, { by: 'keap', now });
      invoiced.push(...orders.map(({ invoiceId }) => invoiceId));
      charges.push(...this.#chargesDue(subscription, now));
      if (this.#isOver(subscription, now)) {
        this.tenant.subscriptions.change(subscription, { status: 'Inactive' }, now);
        ended.push(subscription.id);
      }
    }
    return { invoiced, charging: charges.map(({ order }) => order.invoiceId), ended, done: this.#take(charges, now) };
  }

  close(): void {
    this.#closed = true;
  }

  #chargesDue(subscription: Subscription, now: number): BegunCharge[] {
    return this.#toBeCharged(subscription).flatMap((order) => {
      const last = attemptsOf(order).at(-1);
      const wait = subscription.daysBetweenRetries * dayMs;
      const pending = order.payments.some(({ status }) => status === 'PENDING');
      if (pending || this.#underWay.has(order) || (last !== undefined && now < last.time + wait)) return [];
      return [{ subscription, order, amount: this.tenant.till.due(order, now) }];
    });
  }

  /** Invoices that Keap has not given up. */
  #toBeCharged({ autoCharge, status, billings, maxAttempts }: Subscription): Order[] {
    const stopped = status !== 'Active' && !this.tenant.settings.chargeAfterStop;
    if (!autoCharge || stopped) return [];
    return billings
      .map(({ order }) => order)
      .filter((order) => order.deletedAt === null && owedOf(order) > 0 && attemptsOf(order).length < maxAttempts);
  }

  /** Past its last day, and nothing is left to be charged. Nobody documents when Keap says so. */
  #isOver(subscription: Subscription, now: number): boolean {
    const { status, endDay } = subscription;
    if (status !== 'Active' || endDay === null || startOfEasternDay(now) <= endDay) return false;
    return this.#toBeCharged(subscription).length === 0;
  }

  #take(charges: readonly BegunCharge[], begunAt: number): Promise<void> {
    const { billingChargeMs } = this.tenant.settings;
    if (charges.length === 0) return Promise.resolve();
    if (billingChargeMs === 0) {
      for (const charge of charges) this.#charge(charge, begunAt);
      return Promise.resolve();
    }
    for (const { order } of charges) this.#underWay.add(order);
    const takenAt = begunAt + billingChargeMs;
    return this.#clock.waitUntil(takenAt).then(() => {
      for (const charge of charges) {
        this.#underWay.delete(charge.order);
        if (!this.#closed) this.#charge(charge, takenAt);
      }
    });
  }

  #charge({ subscription, order, amount }: BegunCharge, now: number): void {
    this.tenant.till.charge(
      order,
      {
        amount,
        card: this.tenant.wallet.get(subscription.cardId),
        merchantAccountId: subscription.merchantAccountId,
        note: '',
        skipCommission: false,
        outcome: null,
        byKeap: true,
      },
      now,
    );
  }
}

const attemptsOf = (order: Order) => order.transactions.filter(({ byKeap }) => byKeap);
