import type { KeapSubscriptionWanted } from '../../../workflows/keap/subscription/contract.js';
import { failure } from '../../failure.js';
import { unlessNotFound } from '../not-found.js';
import type { KeapSettings } from '../settings.js';
import type { SubscriptionTransport } from '../subscription/transport.js';
import { dayOf, decimal } from '../wire.js';
import { fieldsOf } from './catalogue.js';
import type { XmlRpcClient } from './client.js';
import { contentOf, typed } from './job.js';
import * as shape from './shapes.js';
import { dateTime, double, int, type Value } from './xml.js';

/** Subscriptions have this form in DataFormField. */
const SUBSCRIPTION_FORM = -10;

const COLUMNS = ['Id', 'ContactId', 'ProductId', 'SubscriptionPlanId', 'Status', 'Qty', 'BillingAmt', 'NextBillDate'];

/** Subscriptions by XML-RPC: rows of RecurringOrder. Their orders are rows of Job that name them. */
export function xmlRpcSubscriptions(keap: XmlRpcClient, { timeZone }: KeapSettings): SubscriptionTransport {
  const midnight = (day: string) => dateTime(`${day.replaceAll('-', '')}T00:00:00`);
  const update = (id: string, values: Readonly<Record<string, Value>>) => keap.update('RecurringOrder', id, values);
  const loadPlan = (id: string) => keap.load('SubscriptionPlan', id, shape.planFields, shape.plan);

  return {
    readSubscriptionFields: () => fieldsOf(keap, SUBSCRIPTION_FORM),
    async readPlan(id) {
      const plan = await unlessNotFound(loadPlan(id));
      return plan && { active: plan.Active !== 0 && plan.Active !== false };
    },
    async searchSubscriptions({ order: { reference }, account }) {
      const found = await keap.query('RecurringOrder', { [account.referenceField.name]: reference }, ['Id'], shape.ids);
      return found.map(({ Id }) => Id);
    },
    async readSubscription(id, { name }) {
      const fields = name === '' ? COLUMNS : [...COLUMNS, name];
      const row = await unlessNotFound(keap.load('RecurringOrder', id, fields, shape.recurringOrder));
      if (row === undefined) return undefined;
      const nextBillDate = contentOf(row.NextBillDate, 'DATE');
      const reference = contentOf(row[name]);
      return {
        subscriptionId: row.Id,
        ...(row.ProductId === undefined ? {} : { productId: row.ProductId }),
        contactId: row.ContactId,
        plan: row.SubscriptionPlanId,
        active: row.Status === 'Active',
        quantity: row.Qty,
        billingAmount: decimal(row.BillingAmt),
        ...(nextBillDate === undefined ? {} : { nextBillDate }),
        ...(reference === undefined ? {} : { reference }),
      };
    },
    async addSubscription(want) {
      const plan = await loadPlan(want.order.plan);
      const day = want.order.startDate ?? dayOf(new Date(), timeZone);
      const values = { ...columnsOf(want, plan, timeZone), StartDate: midnight(day) };
      return { subscriptionId: await keap.add('RecurringOrder', values), productId: plan.ProductId };
    },
    async stopSubscription(id, how, reason) {
      const end: Record<string, Value> = how === 'ended' ? { EndDate: midnight(dayOf(new Date(), timeZone)) } : {};
      await update(id, { Status: 'Inactive', ReasonStopped: reason, ...end });
    },
    async resumeSubscription(id, nextBillDate) {
      // In this order: active with a day that is past, it would be billed for the time in which it was not.
      await keap.updateNextBillDate(id, midnight(nextBillDate));
      await update(id, { Status: 'Active', ReasonStopped: '' });
    },
    async readBills({ subscriptionId }, after) {
      const jobs = await keap.query('Job', { JobRecurringId: subscriptionId }, ['Id'], shape.ids);
      const ids = jobs.map(({ Id }) => Id).filter((id) => Number(id) > Number(after));
      const bills = [];
      for (const orderId of ids.sort((one, other) => Number(one) - Number(other))) {
        const [invoice] = await keap.query('Invoice', { JobId: orderId }, ['Id'], shape.ids);
        if (invoice !== undefined) bills.push({ orderId, invoiceId: invoice.Id });
      }
      return bills;
    },
    async invoice(subscriptionId) {
      const invoiceId = await keap.createInvoiceForRecurring(subscriptionId);
      return invoiceId === undefined ? undefined : { invoiceId };
    },
    subscriptionLink: (id) => keap.subscriptionUrl(id),
  };
}

/** What the row is made with. Custom fields are columns of it, so it carries the reference from the beginning. */
function columnsOf(
  { order, account, contactId }: KeapSubscriptionWanted,
  plan: shape.Plan,
  timeZone: string,
): Record<string, Value> {
  const own = Object.entries(order.customFields ?? {}).map(([label, value]): [string, Value] => {
    const field = account.fields[label];
    if (field === undefined) throw failure('Rejected', `customFields.${label}: Keap has no such field`);
    return [field.name, typed(field.type, value, timeZone)];
  });
  const { payment, leadAffiliate, saleAffiliate } = order;
  return {
    ContactId: int(contactId),
    ProductId: int(plan.ProductId),
    SubscriptionPlanId: int(order.plan),
    BillingCycle: plan.Cycle,
    Frequency: int(plan.Frequency),
    BillingAmt: double(order.price),
    Qty: int(order.quantity),
    Status: 'Active',
    AutoCharge: int(order.billing === 'keap' ? 1 : 0),
    CC1: int(payment.card),
    ...(payment.merchantAccount === undefined ? {} : { MerchantAccountId: int(payment.merchantAccount) }),
    ...(leadAffiliate === undefined ? {} : { LeadAffiliateId: int(leadAffiliate) }),
    ...(saleAffiliate === undefined ? {} : { AffiliateId: int(saleAffiliate) }),
    [account.referenceField.name]: order.reference,
    ...Object.fromEntries(own),
  };
}
