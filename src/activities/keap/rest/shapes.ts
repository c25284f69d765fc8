import { z } from 'zod';
import { id, list, text } from '../../shapes.js';

/*
 * What we rely on in answers of REST v2. Ids come as strings, by the specification.
 */

/** In the currency's smallest unit. */
const currencyValue = z.object({ amount: z.number(), currency_code: z.string() });

const customField = z.object({ id, content: z.unknown() });

const nextPage = { next_page_token: z.string().nullish() };

export const item = z.object({
  id,
  name: text,
  description: text,
  notes: text,
  quantity: z.number(),
  item_type: text,
  price_per_unit: currencyValue,
  product: z.object({ id: id.nullish() }).nullish(),
  /** On a line of a subscription's own orders. */
  subscription_id: id.nullish(),
});

export const order = z.object({
  id,
  title: text,
  status: z.string(),
  invoice_id: id,
  contact: z.object({ id }),
  total: currencyValue,
  total_paid: currencyValue,
  total_due: currencyValue,
  refund_total: currencyValue.nullish(),
  order_items: list(item),
  custom_fields: list(customField),
});
export type RestOrder = z.output<typeof order>;
export type RestItem = z.output<typeof item>;

/** Of a list only what selects: each order that may be ours is read again, whole. */
export const orders = z.object({ orders: list(z.object({ id, title: text })), ...nextPage });

export const orderModel = z.object({
  custom_fields: list(z.object({ id, label: z.string(), field_name: z.string(), field_type: z.string() })),
});

export const payments = z.object({
  invoice_order_payments: list(
    z.object({
      id,
      /** Major units; the specification's example says otherwise, its siblings do not. */
      amount: z.number(),
      note: text,
      payment_id: id.nullish(),
      pay_status: z.string(),
      refund_invoice_payment_id: id.nullish(),
    }),
  ),
  ...nextPage,
});

export const paymentResult = z.object({
  id: id.nullish(),
  payment_status_message: z.string(),
  transaction_id: id.nullish(),
});

export const contactId = z.object({ id });

/** Kept as they come: a list that is written replaces the stored one, so all of it must be written back. */
const asStored = z.record(z.string(), z.unknown());

export const contact = z.object({
  id,
  given_name: text,
  family_name: text,
  company: asStored.nullish(),
  email_addresses: list(asStored),
  phone_numbers: list(asStored),
  addresses: list(asStored),
});
export type RestContact = z.output<typeof contact>;

export const contacts = z.object({
  contacts: list(z.object({ id, email_addresses: list(z.object({ email: text })) })),
  ...nextPage,
});

export const products = z.object({
  products: list(
    z.object({
      id,
      sku: text,
      active: z.boolean().nullish(),
      price: z.object({ currency_code: z.string() }).nullish(),
    }),
  ),
  ...nextPage,
});

export const paymentMethods = z.object({
  records: list(z.object({ payment_method_id: id, credit_card_id: id.nullish(), merchant_account_id: id.nullish() })),
  ...nextPage,
});

export const subscription = z.object({
  id,
  active: z.boolean(),
  contact_id: id,
  product_id: id.nullish(),
  subscription_plan_id: id,
  quantity: z.number().nullish(),
  billing_amount: z.number().nullish(),
  next_bill_date: text,
  custom_fields: list(customField),
});
export type RestSubscription = z.output<typeof subscription>;

/** As with orders, each that may be ours is read again. */
export const subscriptions = z.object({ subscriptions: list(z.object({ id })), ...nextPage });

export const plans = z.object({ subscriptions: list(z.object({ id, active: z.boolean().nullish() })), ...nextPage });

/** Nothing of it where nothing was due: how Keap answers then is not documented. */
export const invoiced = z.object({ id: id.nullish(), invoice_id: id.nullish() });

/** Of REST v1, which tells `Unverified`, `Verified` and `Inactive` apart. */
export const hook = z.object({ key: id, eventKey: z.string(), hookUrl: z.string(), status: z.string() });
export type RestHook = z.output<typeof hook>;

/** Of REST v1: ids in a list, or in one text. */
export const transaction = z.object({
  order_ids: z
    .union([z.array(id), id.transform((ids) => ids.split(','))])
    .nullish()
    .transform((ids) => (ids ?? []).map((each) => each.trim()).filter((each) => /^\d+$/.test(each))),
});
