import { cycleOf } from '../billing-cycle.js';
import { easternDay } from '../eastern-time.js';
import { toMajor } from '../money.js';
import type { Subscription } from '../subscriptions.js';
import type { Tenant } from '../tenant.js';
import { isoTime } from '../times.js';
import { paymentMethodId } from '../wallet.js';
import { present } from './route.js';

/** A subscription as REST v2 shows it. Whether it is stopped, only `active` tells. */
export function subscriptionView(tenant: Tenant, subscription: Subscription): object {
  const card = tenant.wallet.get(subscription.cardId);
  return present({
    id: String(subscription.id),
    quantity: subscription.quantity,
    active: subscription.status === 'Active',
    contact_id: String(subscription.contactId),
    product_id: String(subscription.productId),
    subscription_plan_id: String(subscription.planId),
    billing_amount: toMajor(subscription.price),
    auto_charge: subscription.autoCharge,
    billing_frequency: subscription.frequency,
    billing_cycle: cycleOf(subscription.cycle).word,
    start_date: easternDay(subscription.startDay),
    last_bill_date: day(subscription.lastBillDay),
    next_bill_date: easternDay(subscription.nextBillDay),
    end_date: day(subscription.endDay),
    merchant_account_id: String(subscription.merchantAccountId),
    payment_method_id: card === undefined ? null : paymentMethodId(card),
    allow_tax: subscription.allowTax,
    max_charge_attempts: subscription.maxAttempts,
    days_between_retries: subscription.daysBetweenRetries,
    lead_affiliate_id: String(subscription.leadAffiliateId),
    sale_affiliate_id: String(subscription.affiliateId),
    shipping_address: subscription.shippingAddress,
    promo_code: subscription.promoCode,
    shipping_option_id: subscription.shippingOptionId === 0 ? null : String(subscription.shippingOptionId),
    reason_stopped: subscription.reasonStopped,
    modification_time: isoTime(subscription.modifiedAt),
    custom_fields: [...subscription.customFields].map(([id, content]) => ({ id: String(id), content })),
  });
}

const day = (time: number | null): string | null => (time === null ? null : easternDay(time));
