import { z } from 'zod';
import { cycleOf } from '../billing-cycle.js';
import { apiName, type FieldType } from '../custom-fields.js';
import { easternDay, fromEasternDay } from '../eastern-time.js';
import { toMajor, toMicros } from '../money.js';
import { newSubscription } from '../subscribing.js';
import type { Subscription } from '../subscriptions.js';
import { invalid, parseBody } from './refusal.js';
import { created, ok, present, type RestRoute } from './route.js';
import { existingPlan, notPast } from './subscription-content.js';
import { subscribed } from './subscriptions.js';
import { v1Page } from './v1-page.js';

const id = z.int().min(1);

const createSchema = z.object({
  contact_id: id,
  subscription_plan_id: id,
  quantity: z.int().min(1).default(1),
  billing_amount: z.number().min(0).optional(),
  auto_charge: z.boolean().default(true),
  allow_tax: z.boolean().default(false),
  allow_duplicate: z.boolean().default(false),
  /** In US Eastern. */
  first_bill_date: z.iso.date().optional(),
  credit_card_id: z.int().min(0).optional(),
  payment_gateway_id: id.optional(),
  sale_affiliate_id: z.int().min(0).default(0),
});

/** v1 makes and lists subscriptions; it can neither change nor stop one, and knows no contents of custom fields. */
export const v1SubscriptionRoutes: readonly RestRoute[] = [
  {
    operation: 'v1.subscriptions.list',
    version: 1,
    method: 'GET',
    path: '/subscriptions',
    handle: ({ tenant, query }) => {
      const contactId = query.get('contact_id');
      const visible = [...tenant.subscriptions.all()].filter(
        (one) => (contactId === null || String(one.contactId) === contactId) && tenant.visibleInLists(one.createdAt),
      );
      const { part, around } = v1Page(visible, query);
      return ok({ subscriptions: part.map(view), ...around });
    },
  },
  {
    operation: 'v1.subscriptions.create',
    version: 1,
    method: 'POST',
    path: '/subscriptions',
    handle: ({ tenant, body }) => {
      const wanted = parseBody(createSchema, body);
      if (tenant.contacts.get(wanted.contact_id) === undefined) throw invalid('contact_id');
      const plan = existingPlan(tenant, String(wanted.subscription_plan_id));
      const first = wanted.first_bill_date === undefined ? undefined : (fromEasternDay(wanted.first_bill_date) ?? 0);
      const startDay = notPast(tenant, 'first_bill_date', first);
      const lastUsed = wanted.auto_charge ? tenant.wallet.lastUsed(wanted.contact_id)?.id : undefined;
      const subscription = newSubscription(
        plan,
        {
          via: 'rest',
          contactId: wanted.contact_id,
          quantity: wanted.quantity,
          price: wanted.billing_amount === undefined ? plan.price : toMicros(wanted.billing_amount),
          autoCharge: wanted.auto_charge,
          allowTax: wanted.allow_tax,
          cardId: wanted.credit_card_id ?? lastUsed ?? 0,
          affiliateId: wanted.sale_affiliate_id,
          ...(wanted.payment_gateway_id === undefined ? {} : { merchantAccountId: wanted.payment_gateway_id }),
          ...(startDay === undefined ? {} : { startDay, nextBillDay: startDay }),
        },
        tenant.clock.now(),
      );
      return created(view(subscribed(tenant, subscription, wanted.allow_duplicate)));
    },
  },
  {
    operation: 'v1.subscriptionModel.get',
    version: 1,
    method: 'GET',
    path: '/subscriptions/model',
    handle: ({ tenant }) =>
      ok({
        custom_fields: tenant.fields.all('SUBSCRIPTION').map((field) => ({
          id: field.id,
          label: field.label,
          record_type: 'SUBSCRIPTION',
          field_type: wordOf(field.type),
          field_name: apiName(field),
          options: field.options.map((option) => ({ id: String(option.id), label: option.label })),
        })),
        optional_properties: [],
      }),
  },
];

function view(one: Subscription): object {
  return present({
    id: one.id,
    contact_id: one.contactId,
    product_id: one.productId,
    subscription_plan_id: one.planId,
    active: one.status === 'Active',
    quantity: one.quantity,
    billing_amount: toMajor(one.price),
    billing_cycle: cycleOf(one.cycle).word,
    billing_frequency: one.frequency,
    auto_charge: one.autoCharge,
    allow_tax: one.allowTax,
    credit_card_id: one.cardId,
    payment_gateway_id: one.merchantAccountId,
    use_default_payment_gateway: true,
    sale_affiliate_id: one.affiliateId,
    start_date: easternDay(one.startDay),
    next_bill_date: easternDay(one.nextBillDay),
    end_date: one.endDay === null ? null : easternDay(one.endDay),
  });
}

/** v1 writes the words of v2 in camel case: `WholeNumber`. */
function wordOf(type: FieldType): string {
  return type
    .split('_')
    .map((word) => word.slice(0, 1) + word.slice(1).toLowerCase())
    .join('');
}
