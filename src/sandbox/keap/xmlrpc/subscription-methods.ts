import { daysLater } from '../billing-cycle.js';
import { startOfEasternDay } from '../eastern-time.js';
import { billDueCycles } from '../invoicing.js';
import { toMicros } from '../money.js';
import { DuplicateSubscription, deleteWithInvoices, newSubscription, subscribe } from '../subscribing.js';
import type { NewSubscription, Subscription } from '../subscriptions.js';
import type { Tenant } from '../tenant.js';
import { namedFault } from './fault.js';
import { existingContact } from './invoice-service.js';
import type { XmlRpcMethod } from './method.js';
import { boolean, int } from './value.js';

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
      if (params.number(3) < 1) throw namedFault('InvalidParameter', 'qty must be 1 or greater');
      const now = tenant.clock.now();
      const wanted = newSubscription(
        plan,
        {
          via: 'xmlrpc',
          contactId,
          quantity: params.number(3),
          price: toMicros(params.number(4)),
          allowTax: params.flag(5),
          merchantAccountId: params.number(6),
          cardId: params.number(7),
          affiliateId: params.number(8),
          startDay: daysLater(startOfEasternDay(now), { cycle: '6', frequency: 1 }, params.number(9)),
        },
        now,
      );
      return int(added(tenant, wanted, params.flag(1)).id);
    },
  },
  {
    name: 'InvoiceService.createInvoiceForRecurring',
    kind: 'write',
    signatures: [['int']],
    // All cycles that are due stand on one invoice; 0 when none is.
    run: ({ tenant }, params) => {
      const subscription = subscriptionOf(tenant, params.number(0));
      const [order] = billDueCycles(tenant, subscription, { by: 'xmlrpc', now: tenant.clock.now() });
      return int(order?.invoiceId ?? 0);
    },
  },
  {
    name: 'InvoiceService.deleteSubscription',
    kind: 'write',
    signatures: [['int']],
    run: ({ tenant }, params) => {
      deleteWithInvoices(tenant, subscriptionOf(tenant, params.number(0)), tenant.clock.now());
      return boolean(true);
    },
  },
  {
    name: 'InvoiceService.updateJobRecurringNextBillDate',
    kind: 'write',
    signatures: [['int', 'date']],
    run: ({ tenant }, params) => {
      const nextBillDay = startOfEasternDay(params.number(1));
      tenant.subscriptions.change(subscriptionOf(tenant, params.number(0)), { nextBillDay }, tenant.clock.now());
      return boolean(true);
    },
  },
  {
    name: 'InvoiceService.addRecurringCommissionOverride',
    kind: 'write',
    signatures: [['int', 'int', 'double', 'int', 'string']],
    // Commissions are not kept: nothing that the sandbox shows depends on them.
    run: ({ tenant }, params) => boolean(subscriptionOf(tenant, params.number(0)) !== undefined),
  },
];

function added(tenant: Tenant, wanted: NewSubscription, allowDuplicate: boolean): Subscription {
  try {
    return subscribe(tenant, wanted, { allowDuplicate });
  } catch (error) {
    if (error instanceof DuplicateSubscription) throw namedFault('InvalidParameter', error.message);
    throw error;
  }
}

function subscriptionOf(tenant: Tenant, id: number): Subscription {
  const subscription = tenant.subscriptions.get(id);
  if (subscription === undefined) throw namedFault('RecordNotFound', `RecurringOrder ${id} not found`);
  return subscription;
}
