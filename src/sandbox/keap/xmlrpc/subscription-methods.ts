import { toMicros } from '../money.js';
import { newLine } from '../order-book.js';
import type { Subscription } from '../subscriptions.js';
import type { Tenant } from '../tenant.js';
import { namedFault } from './fault.js';
import { existingContact } from './invoice-service.js';
import type { XmlRpcMethod } from './method.js';
import { boolean, int } from './value.js';

const dayMs = 86_400_000;

/** The methods of InvoiceService that are about subscriptions. */
export const subscriptionMethods: readonly XmlRpcMethod[] = [
  {
    name: 'InvoiceService.addRecurringOrder',
    kind: 'write',
    signatures: [['int', 'boolean', 'int', 'int', 'double', 'boolean', 'int', 'int', 'int', 'int']],
    run: ({ tenant }, params) => {
      const contactId = existingContact(tenant, params.number(0));
      const plan = tenant.catalog.plan(params.number(2));
      if (plan === undefined) throw namedFault('RecordNotFound', `SubscriptionPlan ${params.number(2)} not found`);
      const same = tenant.subscriptions.activeOf(contactId, plan.id);
      // What a refused duplicate answers is not documented; the id that exists is one of the guesses.
      if (!params.flag(1) && same !== undefined) return int(same.id);
      const now = tenant.clock.now();
      const added = tenant.subscriptions.add({
        contactId,
        planId: plan.id,
        productId: plan.productId,
        quantity: params.number(3),
        price: toMicros(params.number(4)),
        cycle: plan.cycle,
        frequency: plan.frequency,
        merchantAccountId: params.number(6),
        cardId: params.number(7),
        affiliateId: params.number(8),
        autoCharge: true,
        startTime: now,
        nextBillTime: now + params.number(9) * dayMs,
      });
      return int(added.id);
    },
  },
  {
    name: 'InvoiceService.createInvoiceForRecurring',
    kind: 'write',
    signatures: [['int']],
    run: ({ tenant }, params) => int(billDueCycles(tenant, subscriptionOf(tenant, params.number(0)))),
  },
  {
    name: 'InvoiceService.deleteSubscription',
    kind: 'write',
    signatures: [['int']],
    // All its invoices go with it, paid ones too.
    run: ({ tenant }, params) => {
      const { id } = subscriptionOf(tenant, params.number(0));
      const now = tenant.clock.now();
      for (const order of [...tenant.orders.live()]) {
        if (order.recurringOrderId === id) tenant.orders.delete(order, now);
      }
      tenant.subscriptions.delete(id);
      return boolean(true);
    },
  },
  {
    name: 'InvoiceService.updateJobRecurringNextBillDate',
    kind: 'write',
    signatures: [['int', 'date']],
    run: ({ tenant }, params) => {
      subscriptionOf(tenant, params.number(0)).nextBillTime = params.number(1);
      return boolean(true);
    },
  },
  {
    name: 'InvoiceService.addRecurringCommissionOverride',
    kind: 'write',
    signatures: [['int', 'int', 'double', 'int', 'string']],
    run: ({ tenant }, params) => boolean(subscriptionOf(tenant, params.number(0)) !== undefined),
  },
];

/** One invoice for all cycles that are due; 0 when none is. */
function billDueCycles(tenant: Tenant, subscription: Subscription): number {
  const now = tenant.clock.now();
  const cycles = tenant.subscriptions.bill(subscription, now);
  if (cycles === 0) return 0;
  const title = tenant.catalog.get(subscription.productId)?.name ?? 'Subscription';
  const order = tenant.orders.create(
    {
      via: 'xmlrpc',
      title,
      invoiceTitle: title,
      contactId: subscription.contactId,
      orderTime: now,
      orderType: 'OFFLINE',
      recurringOrderId: subscription.id,
    },
    now,
  );
  const line = newLine({
    type: 'SUBSCRIPTION',
    productId: subscription.productId,
    subscriptionPlanId: subscription.planId,
    name: title,
    price: subscription.price,
    quantity: subscription.quantity * cycles,
  });
  tenant.orders.addLine(order, line, now);
  return order.invoiceId;
}

function subscriptionOf(tenant: Tenant, id: number): Subscription {
  const subscription = tenant.subscriptions.get(id);
  if (subscription === undefined) throw namedFault('RecordNotFound', `RecurringOrder ${id} not found`);
  return subscription;
}
