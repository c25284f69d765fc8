import type { KeapSubscriptionWanted } from '../../../workflows/keap/subscription/contract.js';
import { unlessNotFound } from '../not-found.js';
import type { Billed, SubscriptionAtKeap, SubscriptionTransport } from '../subscription/transport.js';
import { decimal } from '../wire.js';
import { fieldsOf } from './catalogue.js';
import type { RestClient } from './client.js';
import { methodOf } from './payments.js';
import type { RestSubscription } from './shapes.js';

/** Subscriptions by REST v2. */
export function restSubscriptions(rest: RestClient): SubscriptionTransport {
  return {
    readSubscriptionFields: async () => fieldsOf(await rest.subscriptionModel()),
    async readPlan(id) {
      const plan = (await rest.listPlans()).find((each) => each.id === id);
      return plan && { active: plan.active !== false };
    },
    async searchSubscriptions({ order: { reference }, account }) {
      const found = await rest.listSubscriptions(`${account.referenceField.name}==${reference}`);
      return found.map(({ id }) => id);
    },
    async readSubscription(id, { id: fieldId }) {
      const there = await unlessNotFound(rest.getSubscription(id));
      return there && subscriptionAtKeap(there, fieldId);
    },
    async addSubscription(want) {
      const { id, product_id: productId } = await rest.createSubscription(await bodyOf(rest, want));
      return { subscriptionId: id, ...(productId == null ? {} : { productId }) };
    },
    async stopSubscription(id, how, reason) {
      if (how === 'ended') await rest.deactivateSubscription(id, reason);
      else await rest.patchSubscription(id, ['active', 'reason_stopped'], { active: false, reason_stopped: reason });
    },
    async resumeSubscription(id, nextBillDate) {
      // In one call: active with a day that is past, it would be billed for the time in which it was not.
      await rest.patchSubscription(id, ['next_bill_date', 'active'], { next_bill_date: nextBillDate, active: true });
    },
    readBills: async (of, after) => {
      const bills = await candidates(rest, of, after);
      return bills.sort((one, other) => Number(one.orderId) - Number(other.orderId));
    },
    async invoice(subscriptionId) {
      const { invoice_id: invoiceId } = await rest.invoiceSubscription(subscriptionId);
      return invoiceId == null ? undefined : { invoiceId };
    },
    subscriptionLink: (id) => rest.subscriptionUrl(id),
  };
}

/** An order does not name its subscription; its line does. */
async function candidates(rest: RestClient, { contactId, productId, subscriptionId }: Billed, after: string) {
  const filter = [
    `contact_id==${contactId}`,
    ...(productId === undefined ? [] : [`product_id==${productId}`]),
    ...(after === '0' ? [] : [`id>${after}`]),
  ].join(';');
  const bills = [];
  for (const { id } of await rest.listOrders(filter)) {
    if (Number(id) <= Number(after)) continue;
    const order = await unlessNotFound(rest.getOrder(id));
    if (order?.order_items.some((item) => item.subscription_id === subscriptionId)) {
      bills.push({ orderId: order.id, invoiceId: order.invoice_id });
    }
  }
  return bills;
}

async function bodyOf(rest: RestClient, { order, account, contactId }: KeapSubscriptionWanted) {
  const others = Object.entries(order.customFields ?? {}).map(([label, content]) => ({
    id: account.fields[label]?.id,
    content,
  }));
  const byKeap = order.billing === 'keap';
  return {
    contact_id: contactId,
    subscription_plan_id: order.plan,
    quantity: order.quantity,
    billing_amount: Number(order.price),
    auto_charge: byKeap,
    payment_method_id: byKeap ? await methodOf(rest, contactId, order.payment) : undefined,
    start_date: order.startDate,
    // Two subscriptions of one contact to one plan are two; ours is known by its reference.
    allow_duplicate: true,
    lead_affiliate_id: order.leadAffiliate,
    sale_affiliate_id: order.saleAffiliate,
    custom_fields: [{ id: account.referenceField.id, content: order.reference }, ...others],
  };
}

export function subscriptionAtKeap(there: RestSubscription, fieldId: string): SubscriptionAtKeap {
  const content = there.custom_fields.find(({ id }) => id === fieldId)?.content;
  return {
    subscriptionId: there.id,
    ...(there.product_id == null ? {} : { productId: there.product_id }),
    contactId: there.contact_id,
    plan: there.subscription_plan_id,
    active: there.active,
    quantity: there.quantity ?? 1,
    billingAmount: decimal(there.billing_amount ?? 0),
    ...(there.next_bill_date == null ? {} : { nextBillDate: there.next_bill_date.slice(0, DAY_LENGTH) }),
    ...(content == null ? {} : { reference: String(content) }),
  };
}

/** `2026-02-15`, whatever follows it. */
const DAY_LENGTH = 10;
