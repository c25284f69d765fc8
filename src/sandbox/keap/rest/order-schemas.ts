import { z } from 'zod';

/** Request bodies of REST v2 orders. Unknown members and other types are refused; money comes in major units. */

const text = z.string();
/** "Must not be whitespace." */
const spoken = z.string().regex(/\S/);
const id = z.string().regex(/^\d+$/);
const time = z.iso.datetime({ offset: true }).transform((value) => Date.parse(value));
const day = z.iso.date().transform((value) => Date.parse(`${value}T00:00:00Z`));
const amount = z.number();

const orderItemTypes = [
  'PRODUCT',
  'SHIPPING',
  'TAX',
  'FINANCE_CHARGE',
  'SUBSCRIPTION',
  'DISCOUNT',
  'DISCOUNT_FREE_TRIAL',
  'DISCOUNT_ORDER_TOTAL',
  'DISCOUNT_PRODUCT',
  'DISCOUNT_PRODUCT_CATEGORY',
  'DISCOUNT_SHIPPING',
  'OTHER',
  'FEE',
] as const;

const itemTexts = {
  name: spoken.optional(),
  description: spoken.optional(),
  notes: spoken.optional(),
  product_id: id.optional(),
  subscription_plan_id: id.optional(),
  subscription_plan_description: spoken.optional(),
  price_per_unit: amount.optional(),
  cost_per_unit: amount.optional(),
};

export const createItemSchema = z.strictObject({
  ...itemTexts,
  quantity: z.int().min(1),
  item_type: z.enum(orderItemTypes).default('PRODUCT'),
});
export type CreateItem = z.output<typeof createItemSchema>;

export const updateItemSchema = z.strictObject({ ...itemTexts, quantity: z.int().min(1).optional() });

/** `content` may be of any type; a text is at most 65,535 characters long. */
export const customFieldsSchema = z.array(
  z.strictObject({ id, content: z.union([z.string().max(65_535), z.number(), z.boolean(), z.array(text), z.null()]) }),
);
export type CustomFieldsBody = z.output<typeof customFieldsSchema>;

const shippingSchema = z.strictObject({
  company: text.optional(),
  country_code: text.length(3).optional(),
  first_name: text.optional(),
  middle_name: text.optional(),
  last_name: text.optional(),
  is_invoice_to_company: z.boolean().optional(),
  line1: text.optional(),
  line2: text.optional(),
  locality: text.optional(),
  phone: text.optional(),
  region: text.optional(),
  zip_code: text.optional(),
  zip_four: text.optional(),
});
export type ShippingBody = z.output<typeof shippingSchema>;

const optionalMembers = {
  notes: text.optional(),
  terms: text.optional(),
  title: text.optional(),
  promo_codes: z.array(text).optional(),
  lead_affiliate_id: id.optional(),
  sales_affiliate_id: id.optional(),
  shipping_address: shippingSchema.optional(),
  custom_fields: customFieldsSchema.optional(),
  sent_time: time.optional(),
  due_time: time.optional(),
  invoice_number: text.optional(),
  external_create_user: text.optional(),
  external_create_time: time.optional(),
  external_update_time: time.optional(),
};

export const createOrderSchema = z.strictObject({
  ...optionalMembers,
  contact_id: id,
  order_title: text.min(1),
  order_time: time,
  order_type: z.enum(['ONLINE', 'OFFLINE']),
  order_items: z.array(createItemSchema).optional(),
});

const paymentPlanSchema = z.strictObject({
  auto_charge: z.boolean().optional(),
  max_charge_attempts: z.int().optional(),
  days_between_retries: z.int().optional(),
  payment_method_id: text.optional(),
  initial_payment_amount: amount.optional(),
  initial_payment_date: day.optional(),
  plan_start_date: day.optional(),
  number_of_payments: z.int().min(0).optional(),
  days_between_payments: z.int().min(0).optional(),
});
export type PaymentPlanBody = z.output<typeof paymentPlanSchema>;

export const updateOrderSchema = z.strictObject({
  ...optionalMembers,
  contact_id: id.optional(),
  order_title: text.min(1).optional(),
  order_time: time.optional(),
  order_type: z.enum(['ONLINE', 'OFFLINE']).optional(),
  payment_plan: paymentPlanSchema.optional(),
});
export type UpdateOrder = z.output<typeof updateOrderSchema>;

/** Names that `update_mask` takes; `order_items` is among them although no body member goes with it. */
export const orderMaskNames: ReadonlySet<string> = new Set([...Object.keys(updateOrderSchema.shape), 'order_items']);
export const itemMaskNames: ReadonlySet<string> = new Set(Object.keys(updateItemSchema.shape));

export const createPaymentSchema = z.strictObject({
  payment_amount: amount,
  apply_to_commissions: z.boolean(),
  payment_method_id: text.optional(),
  payment_method_type: text.optional(),
  notes: text.optional(),
  payment_time: time.optional(),
  external_source: text.optional(),
  external_source_value: text.optional(),
  external_status_value: text.optional(),
  external_create_time: time.optional(),
  external_update_time: time.optional(),
  external_create_user: text.optional(),
});
