import { z } from 'zod';
import { id, list, text } from '../shapes.js';

/*
 * What we rely on in answers of BigCommerce. Published shapes do not always match reality: whatever is not demanded here
 * may be absent, null, `{}`, or a number as a text.
 */

/** An id as BigCommerce writes it. */
export const ID = /^[1-9]\d{0,15}$/;

/** Text; a number is taken, and what is neither is as if it were not there. */
const word = z
  .union([z.string(), z.number().transform(String)])
  .catch('')
  .default('');

/** Money: a decimal text in V2, a number in V3. */
const amount = z.union([z.string().regex(/^-?\d+(\.\d+)?$/), z.number()]).transform(String);
const maybeAmount = amount.catch('0').default('0');

const count = z.coerce.number().catch(0).default(0);
const maybeId = id.catch('0').default('0');

const address = z.object({
  first_name: text,
  last_name: text,
  company: text,
  street_1: text,
  street_2: text,
  city: text,
  state: text,
  zip: z.union([z.string(), z.number().transform(String)]).nullish(),
  country: text,
  country_iso2: text,
  phone: text,
  email: text,
});
export type AddressThere = z.output<typeof address>;

export const order = z.object({
  id,
  status_id: z.coerce.number(),
  status: word,
  custom_status: word,
  payment_status: word,
  external_order_id: word,
  customer_id: count,
  total_ex_tax: maybeAmount,
  total_inc_tax: amount,
  total_tax: maybeAmount,
  items_total: count,
  items_shipped: count,
  currency_code: word,
  default_currency_code: word,
  payment_method: word,
  payment_provider_id: word,
  date_modified: word,
  is_deleted: z.boolean().catch(false),
  billing_address: address.nullish().catch(undefined),
});
export type OrderThere = z.output<typeof order>;

export const product = z.object({
  id,
  product_id: maybeId,
  variant_id: maybeId,
  order_address_id: maybeId,
  name: word,
  name_customer: word,
  name_merchant: word,
  sku: word,
  type: word,
  price_ex_tax: maybeAmount,
  price_inc_tax: maybeAmount,
  wrapping_cost_inc_tax: maybeAmount,
  quantity: z.coerce.number(),
  quantity_shipped: count,
  quantity_refunded: count,
  product_options: list(z.object({ product_option_id: maybeId, value: word })).catch([]),
});
export type ProductThere = z.output<typeof product>;

export const shippingAddress = address.extend({
  id,
  cost_ex_tax: maybeAmount,
  cost_inc_tax: maybeAmount,
  handling_cost_ex_tax: maybeAmount,
  handling_cost_inc_tax: maybeAmount,
});
export type ShippingAddressThere = z.output<typeof shippingAddress>;

export const shipment = z.object({
  id,
  order_address_id: maybeId,
  tracking_number: word,
  shipping_provider: word,
  tracking_carrier: word,
  tracking_link: word,
  generated_tracking_link: word,
  items: list(z.object({ order_product_id: id, quantity: z.coerce.number() })),
});
export type ShipmentThere = z.output<typeof shipment>;

/** In an object, or alone, or absent. */
export const fees = z
  .union([z.object({ fees: list(fee()) }).transform((of) => of.fees), z.array(fee())])
  .optional()
  .transform((all) => all ?? []);

function fee() {
  return z.object({ id, cost_inc_tax: maybeAmount });
}

export const transaction = z.object({
  id,
  event: word,
  amount: maybeAmount,
  status: word,
  gateway_transaction_id: word,
  reference_transaction_id: maybeId,
});
export type TransactionThere = z.output<typeof transaction>;

export const refund = z.object({
  id,
  total_amount: maybeAmount,
  items: list(z.object({ item_type: word, item_id: maybeId, reason: word, quantity: count })),
  payments: list(
    z.object({
      provider_id: word,
      amount: maybeAmount,
      offline: z.boolean().catch(false),
      is_declined: z.boolean().catch(false),
      declined_message: word,
      transaction_id: word,
    }),
  ),
});
export type RefundThere = z.output<typeof refund>;

export const refundQuote = z.object({
  total_refund_amount: amount,
  refund_methods: z.array(z.array(z.object({ provider_id: z.string(), amount, offline: z.boolean().catch(false) }))),
});
export type RefundQuoteThere = z.output<typeof refundQuote>;

export const metafield = z.object({ id, namespace: word, key: word, value: word, resource_id: maybeId });
export type MetafieldThere = z.output<typeof metafield>;

const stocked = z.object({
  identity: z.object({ sku: word, variant_id: maybeId, product_id: maybeId }),
  locations: list(z.object({ location_id: id, available_to_sell: count, location_enabled: z.boolean().catch(true) })),
});
export const inventoryItem = stocked;
export type InventoryItemThere = z.output<typeof stocked>;

/** `none`, `product` or `variant`: stock can be changed on the level alone that it is tracked on. */
export const tracked = z.object({ id, inventory_tracking: word });
export type TrackedThere = z.output<typeof tracked>;

/** Null on the level of a channel: it inherits. */
export const inventorySettings = z.object({
  update_stock_behavior: word,
  refund_order_stock_adjustment: z.boolean().nullish(),
});

export const hook = z.object({
  id,
  scope: word,
  destination: word,
  is_active: z.boolean().catch(true),
  headers: z.record(z.string(), z.unknown()).nullish().catch(undefined),
});
export type HookThere = z.output<typeof hook>;

export const accessToken = z.object({ id: z.string().min(1) });
export const payment = z.object({ status: word, transaction_type: word });
export const time = z.object({ time: z.number() });

/** V3 wraps what it answers. */
export const inData = <T extends z.ZodType>(of: T) =>
  z.object({ data: of }).transform((answer) => (answer as { readonly data: z.output<T> }).data);

/** A list of V2, which is absent when it is empty. */
export const listOf = <T extends z.ZodType>(of: T) => list(of);

/** A list of V3: empty, or absent. */
export const dataList = <T extends z.ZodType>(of: T) =>
  z
    .object({ data: list(of) })
    .optional()
    .transform((answer) => answer?.data ?? []);
