import { type NewLine, newLine } from '../order-book.js';
import { totalOf } from '../order-totals.js';
import type { Order } from '../orders.js';
import { subscribeByOrder } from '../subscribing.js';
import type { Tenant } from '../tenant.js';
import { namedFault } from './fault.js';
import { existingContact } from './invoice-service.js';
import type { XmlRpcMethod } from './method.js';
import { string, struct } from './value.js';

const placed = ['int', 'int', 'int', 'array', 'array', 'boolean', 'array'] as const;

export const orderService: readonly XmlRpcMethod[] = [
  {
    name: 'OrderService.placeOrder',
    kind: 'write',
    // The two affiliates may be left out.
    signatures: [[...placed, 'int', 'int'], placed],
    run: ({ tenant, outcome }, params) => {
      const contactId = existingContact(tenant, params.number(0));
      const lines = [...productLines(tenant, params.ints(3)), ...planLines(tenant, params.ints(4))];
      if (lines.length === 0) throw namedFault('InvalidParameter', 'An order needs a product or a subscription plan');
      const order = place(tenant, contactId, lines);
      for (const { subscriptionPlanId, quantity } of lines) {
        const plan = tenant.catalog.plan(subscriptionPlanId);
        if (plan !== undefined) subscribeByOrder(tenant, order, { plan, quantity, cardId: params.number(1) });
      }
      if (params.number(1) === 0)
        return answer(order, { successful: 'false', message: 'None', reference: 'None', code: '' });
      const card = tenant.wallet.get(params.number(1));
      const charged = tenant.till.charge(
        order,
        {
          amount: totalOf(order),
          card,
          merchantAccountId: card?.merchantAccountId ?? 0,
          note: '',
          skipCommission: false,
          outcome,
        },
        tenant.clock.now(),
      );
      return answer(order, {
        successful: String(charged.code === 'APPROVED'),
        message: charged.message,
        reference: charged.reference,
        code: charged.code,
      });
    },
  },
];

/** A product named twice is a quantity of two. */
function productLines(tenant: Tenant, ids: readonly number[]): NewLine[] {
  return counted(ids).map(([id, quantity]) => {
    const product = tenant.catalog.get(id);
    if (product === undefined) throw namedFault('RecordNotFound', `Product ${id} not found`);
    return newLine({ type: 'PRODUCT', productId: id, name: product.name, price: product.price, quantity });
  });
}

/** The first cycle of each plan. */
function planLines(tenant: Tenant, ids: readonly number[]): NewLine[] {
  return counted(ids).map(([id, quantity]) => {
    const plan = tenant.catalog.plan(id);
    if (plan === undefined) throw namedFault('RecordNotFound', `SubscriptionPlan ${id} not found`);
    const { productId, price } = plan;
    const name = tenant.catalog.get(productId)?.name ?? 'Subscription';
    return newLine({ type: 'SUBSCRIPTION', productId, subscriptionPlanId: id, name, price, quantity });
  });
}

function counted(ids: readonly number[]): [id: number, count: number][] {
  return [...new Set(ids)].map((id) => [id, ids.filter((one) => one === id).length]);
}

function place(tenant: Tenant, contactId: number, lines: readonly NewLine[]): Order {
  const now = tenant.clock.now();
  const title = lines.map(({ name }) => name).join(', ');
  const order = tenant.orders.create(
    { via: 'xmlrpc', title, invoiceTitle: title, contactId, orderTime: now, orderType: 'OFFLINE' },
    now,
  );
  for (const line of lines) tenant.orders.addLine(order, line, now);
  return order;
}

/** All members are strings. */
function answer(
  order: { jobId: number; invoiceId: number },
  charge: { successful: string; message: string; reference: string; code: string },
) {
  return struct({
    Successful: string(charge.successful),
    Message: string(charge.message),
    RefNum: string(charge.reference),
    OrderId: string(String(order.jobId)),
    InvoiceId: string(String(order.invoiceId)),
    Code: string(charge.code),
  });
}
