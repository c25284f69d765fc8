import { given } from '../../members.js';
import { codeOfWord } from '../billing-cycle.js';
import type { SubscriptionPlan } from '../catalog.js';
import { startOfEasternDay } from '../eastern-time.js';
import { toMicros } from '../money.js';
import { resume, stop } from '../subscribing.js';
import type { Subscription } from '../subscriptions.js';
import type { Tenant } from '../tenant.js';
import type { Card } from '../wallet.js';
import { existingContact, fieldContents } from './references.js';
import { invalid } from './refusal.js';
import type { UpdateSubscription } from './subscription-schemas.js';

export function existingPlan(tenant: Tenant, id: string): SubscriptionPlan {
  const plan = tenant.catalog.plan(Number(id));
  if (plan === undefined) throw invalid('subscription_plan_id');
  return plan;
}

/** What a body sets, checked: all of it before anything is kept. `active` is not among it. */
export function membersFrom(tenant: Tenant, contactId: number, body: UpdateSubscription): Partial<Subscription> {
  const card = body.payment_method_id === undefined ? undefined : cardOf(tenant, contactId, body.payment_method_id);
  const plan = body.subscription_plan_id === undefined ? undefined : existingPlan(tenant, body.subscription_plan_id);
  return given({
    contactId: body.contact_id === undefined ? undefined : existingContact(tenant, body.contact_id),
    planId: plan?.id,
    productId: plan?.productId,
    quantity: body.quantity,
    price: body.billing_amount === undefined ? undefined : toMicros(body.billing_amount),
    cycle: body.billing_cycle === undefined ? undefined : codeOfWord(body.billing_cycle),
    frequency: body.billing_frequency,
    cardId: card?.id,
    merchantAccountId: card?.merchantAccountId,
    autoCharge: body.auto_charge,
    maxAttempts: body.max_charge_attempts,
    daysBetweenRetries: body.days_between_retries,
    allowTax: body.allow_tax,
    leadAffiliateId: numberOf(body.lead_affiliate_id),
    affiliateId: numberOf(body.sale_affiliate_id),
    promoCode: body.promo_code,
    shippingOptionId: numberOf(body.shipping_option_id),
    shippingAddress: body.shipping_address,
    reasonStopped: body.reason_stopped,
    nextBillDay: notPast(tenant, 'next_bill_date', body.next_bill_date),
    endDay: notPast(tenant, 'end_date', body.end_date),
    customFields:
      body.custom_fields === undefined ? undefined : fieldContents(tenant, 'SUBSCRIPTION', body.custom_fields),
  }) as Partial<Subscription>;
}

/** Changes what the body names. A list of custom fields replaces the one that was there. */
export function applyChanges(tenant: Tenant, subscription: Subscription, body: UpdateSubscription): void {
  const now = tenant.clock.now();
  const members = membersFrom(tenant, subscription.contactId, body);
  if (body.active === true && subscription.status === 'Inactive') resume(tenant, subscription, now);
  if (body.active === false && subscription.status === 'Active') stop(tenant, subscription, null, now);
  tenant.subscriptions.change(subscription, members, now);
}

export function notPast(tenant: Tenant, member: string, day: number | undefined): number | undefined {
  if (day !== undefined && !(day >= startOfEasternDay(tenant.clock.now()))) throw invalid(member);
  return day;
}

function cardOf(tenant: Tenant, contactId: number, id: string): Card {
  const card = tenant.wallet.byPaymentMethod(id);
  if (card === undefined || card.contactId !== contactId) throw invalid('payment_method_id');
  return card;
}

const numberOf = (id: string | undefined): number | undefined => (id === undefined ? undefined : Number(id));
