import { daysLater } from './billing-cycle.js';
import type { SubscriptionPlan } from './catalog.js';
import { startOfEasternDay } from './eastern-time.js';
import type { Order } from './orders.js';
import { keapSeed } from './seed.js';
import type { NewSubscription, Subscription } from './subscriptions.js';
import type { Tenant } from './tenant.js';

/** The contact has this subscription already, and the tenant says so in place of giving it. */
export class DuplicateSubscription extends Error {
  constructor() {
    super('The contact already has an active subscription for this plan');
  }
}

/** What a new subscription takes from its plan and from the tenant where nothing else is said. */
export function newSubscription(
  plan: SubscriptionPlan,
  wanted: Pick<NewSubscription, 'via' | 'contactId'> & Partial<NewSubscription>,
  now: number,
): NewSubscription {
  const startDay = wanted.startDay ?? startOfEasternDay(now);
  const { cycles } = plan;
  return {
    planId: plan.id,
    productId: plan.productId,
    quantity: 1,
    price: plan.price,
    cycle: plan.cycle,
    frequency: plan.frequency,
    cardId: 0,
    merchantAccountId: keapSeed.merchantAccount.id,
    autoCharge: true,
    maxAttempts: keapSeed.chargeDefaults.maxAttempts,
    daysBetweenRetries: keapSeed.chargeDefaults.daysBetweenRetries,
    allowTax: false,
    leadAffiliateId: 0,
    affiliateId: 0,
    promoCode: null,
    shippingOptionId: 0,
    shippingAddress: null,
    status: 'Active',
    startDay,
    // The tables have no number of payments: a plan with one gives the day of the last.
    endDay: cycles === 0 ? null : daysLater(startDay, plan, cycles - 1),
    nextBillDay: startDay,
    customFields: new Map(),
    ...wanted,
  };
}

/** Adds a subscription unless the contact has the same; then gives that one, or refuses, as the tenant is set. */
export function subscribe(
  tenant: Tenant,
  wanted: NewSubscription,
  { allowDuplicate }: { allowDuplicate: boolean },
): Subscription {
  const same = allowDuplicate ? undefined : tenant.subscriptions.activeOf(wanted.contactId, wanted.planId);
  if (same === undefined) return tenant.subscriptions.add(wanted, tenant.clock.now());
  // What Keap answers is not documented; both are guesses.
  if (tenant.settings.duplicateSubscription === 'refused') throw new DuplicateSubscription();
  return same;
}

/** The subscription to a plan that an order has bought: the order bills its first cycle, so the next one is due first. */
export function subscribeByOrder(
  tenant: Tenant,
  order: Order,
  { plan, quantity, cardId }: { plan: SubscriptionPlan; quantity: number; cardId: number },
): Subscription {
  const { contactId, jobId, orderTime } = order;
  const today = startOfEasternDay(orderTime);
  const subscription = tenant.subscriptions.add(
    newSubscription(
      plan,
      {
        via: 'xmlrpc',
        contactId,
        quantity,
        cardId,
        autoCharge: cardId !== 0,
        originatingJobId: jobId,
        lastBillDay: today,
        nextBillDay: daysLater(today, plan),
      },
      orderTime,
    ),
    orderTime,
  );
  subscription.billings.push({ order, days: [today], by: 'xmlrpc' });
  return subscription;
}

/** Ends a subscription; its record stays. */
export function stop(tenant: Tenant, subscription: Subscription, reason: string | null, now: number): void {
  const today = startOfEasternDay(now);
  const endDay = Math.min(subscription.endDay ?? today, today);
  tenant.subscriptions.change(subscription, { status: 'Inactive', reasonStopped: reason, endDay }, now);
}

/** Lets a stopped subscription go on. An end that lies behind would keep it from ever being billed. */
export function resume(tenant: Tenant, subscription: Subscription, now: number): void {
  const { endDay } = subscription;
  const over = endDay !== null && endDay <= now;
  const changes = { status: 'Active', reasonStopped: null, endDay: over ? null : endDay } as const;
  tenant.subscriptions.change(subscription, changes, now);
}

/** Removes it with all its invoices, the paid ones too. */
export function deleteWithInvoices(tenant: Tenant, subscription: Subscription, now: number): void {
  for (const order of [...tenant.orders.live()]) {
    if (order.recurringOrderId === subscription.id) tenant.orders.delete(order, now);
  }
  tenant.subscriptions.delete(subscription, now);
}
