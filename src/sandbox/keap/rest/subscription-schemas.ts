import { z } from 'zod';
import { cycleWords } from '../billing-cycle.js';
import { fromEasternDay } from '../eastern-time.js';
import { customFieldsSchema } from './order-schemas.js';

/** Request bodies of REST v2 subscriptions. Unknown members and other types are refused; amounts are in major units. */

const text = z.string();
const id = z.string().regex(/^\d+$/);
const count = z.int().min(1);
/** A day, read as one of US Eastern: the documentation of v1 says so of the first, and v2 says nothing. */
const day = z.iso.date().transform((value) => fromEasternDay(value) ?? Number.NaN);

const addressSchema = z.strictObject({
  line1: text.optional(),
  line2: text.optional(),
  locality: text.optional(),
  field: z.enum(['ADDRESS_FIELD_UNSPECIFIED', 'BILLING', 'SHIPPING', 'OTHER']).optional(),
  country_code: text.length(3).optional(),
  postal_code: text.optional(),
  region_code: text.optional(),
});

const shared = {
  quantity: count.optional(),
  active: z.boolean().optional(),
  billing_amount: z.number().min(0).optional(),
  auto_charge: z.boolean().optional(),
  max_charge_attempts: count.optional(),
  days_between_retries: count.optional(),
  payment_method_id: text.optional(),
  allow_tax: z.boolean().optional(),
  lead_affiliate_id: id.optional(),
  sale_affiliate_id: id.optional(),
  shipping_address: addressSchema.optional(),
  promo_code: text.optional(),
  shipping_option_id: id.optional(),
  reason_stopped: text.optional(),
  custom_fields: customFieldsSchema.optional(),
};

export const createSubscriptionSchema = z.strictObject({
  ...shared,
  contact_id: id,
  subscription_plan_id: id,
  start_date: day.optional(),
  allow_duplicate: z.boolean().default(false),
});

export const updateSubscriptionSchema = z.strictObject({
  ...shared,
  contact_id: id.optional(),
  subscription_plan_id: id.optional(),
  billing_frequency: count.optional(),
  billing_cycle: z.enum(cycleWords).optional(),
  next_bill_date: day.optional(),
  end_date: day.optional(),
});
export type UpdateSubscription = z.output<typeof updateSubscriptionSchema>;

export const subscriptionMaskNames: ReadonlySet<string> = new Set(Object.keys(updateSubscriptionSchema.shape));

export const deactivateSchema = z.strictObject({ reason: text.optional() });
