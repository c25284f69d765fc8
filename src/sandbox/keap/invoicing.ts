import { daysLater } from './billing-cycle.js';
import { newLine } from './order-book.js';
import type { Order } from './orders.js';
import { type Doer, dueDays, type Subscription } from './subscriptions.js';
import type { Tenant } from './tenant.js';

/**
 * Bills what is due by `now`: all on one invoice, or one for each cycle. Gives the orders, oldest first; none when
 * nothing is due.
 */
export function billDueCycles(
  tenant: Tenant,
  subscription: Subscription,
  { by, now, invoicePerCycle = false }: { by: Doer; now: number; invoicePerCycle?: boolean },
): Order[] {
  const days = dueDays(subscription, now);
  const last = days.at(-1);
  if (last === undefined) return [];
  tenant.subscriptions.change(subscription, { lastBillDay: last, nextBillDay: daysLater(last, subscription) }, now);
  const invoices = invoicePerCycle ? days.map((day) => [day]) : [days];
  return invoices.map((billed) => {
    const order = invoiceFor(tenant, subscription, billed.length, by, now);
    subscription.billings.push({ order, days: billed, by });
    return order;
  });
}

function invoiceFor(tenant: Tenant, subscription: Subscription, cycles: number, by: Doer, now: number): Order {
  const title = tenant.catalog.get(subscription.productId)?.name ?? 'Subscription';
  const order = tenant.orders.create(
    {
      via: by,
      title,
      invoiceTitle: title,
      contactId: subscription.contactId,
      orderTime: now,
      orderType: 'OFFLINE',
      recurringOrderId: subscription.id,
      leadAffiliateId: subscription.leadAffiliateId,
      salesAffiliateId: subscription.affiliateId,
    },
    now,
  );
  const line = newLine({
    type: 'SUBSCRIPTION',
    productId: subscription.productId,
    subscriptionPlanId: subscription.planId,
    subscriptionId: subscription.id,
    name: title,
    price: subscription.price,
    quantity: subscription.quantity * cycles,
  });
  tenant.orders.addLine(order, line, now);
  return order;
}
