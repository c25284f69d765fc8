import { z } from 'zod';

/** What BigCommerce's answers look like by its published schemas, where they were not found wrong. */

const money = z.string().regex(/^\d+\.\d{4}$/);
const rate = z.string().regex(/^\d+\.\d{10}$/);
const id = z.int().min(1);
const idOrZero = z.int().min(0);
const rfc2822 = z.string().regex(/^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000$/);
const iso = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/);
const seconds = z.int().max(9_999_999_999);
const text = z.string();
const members = <Member extends z.ZodType>(names: readonly string[], member: Member) =>
  Object.fromEntries(names.map((name) => [name, member]));

const link = z.strictObject({ url: z.url(), resource: z.string().startsWith('/orders/') });
const formFields = z.array(z.strictObject({ name: text, value: text }));
const addressTexts = members(
  [
    ...['first_name', 'last_name', 'company', 'street_1', 'street_2', 'city', 'state', 'zip'],
    ...['country', 'country_iso2', 'phone', 'email'],
  ],
  text,
);

const line = z.strictObject({
  ...members(['id', 'order_id', 'order_address_id'], id),
  ...members(
    [
      ...['product_id', 'variant_id', 'order_pickup_method_id', 'quantity', 'quantity_shipped', 'quantity_refunded'],
      ...['return_id', 'wrapping_id'],
    ],
    idOrZero,
  ),
  ...members(
    [
      ...['name', 'name_customer', 'name_merchant', 'sku', 'upc', 'wrapping_name', 'wrapping_message', 'event_date'],
      ...['ebay_item_id', 'ebay_transaction_id', 'bin_picking_number', 'brand'],
    ],
    text,
  ),
  type: z.enum(['physical', 'digital', 'giftcertificate']),
  ...members(
    [
      ...['base_price', 'price_ex_tax', 'price_inc_tax', 'price_tax', 'base_total', 'total_ex_tax', 'total_inc_tax'],
      ...['total_tax', 'discounted_total_inc_tax', 'weight', 'width', 'height', 'depth', 'base_cost_price'],
      ...['cost_price_inc_tax', 'cost_price_ex_tax', 'cost_price_tax', 'refund_amount', 'base_wrapping_cost'],
      ...['wrapping_cost_ex_tax', 'wrapping_cost_inc_tax', 'wrapping_cost_tax', 'fixed_shipping_cost'],
    ],
    money,
  ),
  ...members(
    ['event_name', 'option_set_id', 'parent_order_product_id', 'external_id', 'gift_certificate_id'],
    z.null(),
  ),
  ...members(['is_refunded', 'is_bundled_product'], z.boolean()),
  applied_discounts: z.array(
    z.strictObject({ id: text, amount: money, name: text, code: z.null(), target: z.enum(['order', 'product']) }),
  ),
  product_options: z.array(z.looseObject({ id, product_option_id: id, value: text, display_value: text })),
  configurable_fields: z.tuple([]),
});

const address = z.strictObject({
  ...members(['id', 'order_id', 'shipping_zone_id', 'cost_tax_class_id', 'handling_cost_tax_class_id'], id),
  ...addressTexts,
  ...members(['items_total', 'items_shipped'], idOrZero),
  ...members(
    [
      ...['base_cost', 'cost_ex_tax', 'cost_inc_tax', 'cost_tax', 'base_handling_cost', 'handling_cost_ex_tax'],
      ...['handling_cost_inc_tax', 'handling_cost_tax'],
    ],
    money,
  ),
  ...{ shipping_method: text, shipping_zone_name: text, shipping_quotes: link, form_fields: formFields },
});

const fee = z.strictObject({
  ...{ id, type: z.literal('custom_fee'), source: text, tax_class_id: idOrZero.nullable() },
  ...members(['display_name_customer', 'display_name_merchant'], text),
  ...members(['base_cost', 'cost_ex_tax', 'cost_inc_tax', 'cost_tax'], money),
});

const parts = z.array(z.union([link, line]));
const consignments = z.strictObject({
  pickups: z.tuple([]),
  shipping: z.array(address.extend({ line_items: parts })),
  downloads: z.array(z.strictObject({ line_items: parts })),
  email: z.strictObject({ gift_certificates: z.tuple([]) }),
});

const paymentStatuses = [
  ...['', 'pending', 'authorized', 'capture pending', 'captured', 'paid', 'void pending', 'void', 'declined'],
  ...['held for review', 'partially refunded', 'refunded'],
] as const;
const costs = ['shipping', 'handling', 'wrapping'];
const order = z.strictObject({
  ...members(['id', 'channel_id', 'currency_id', 'default_currency_id', 'shipping_address_count'], id),
  ...members(['customer_id', 'items_total', 'items_shipped'], idOrZero),
  ...members(
    costs.map((name) => `${name}_cost_tax_class_id`),
    id,
  ),
  ...{ status_id: z.int().min(0).max(14), date_created: rfc2822, date_modified: rfc2822 },
  date_shipped: z.union([rfc2822, z.literal('')]),
  ...members(
    [
      ...costs.flatMap((name) => [
        `base_${name}_cost`,
        ...['ex_tax', 'inc_tax', 'tax'].map((end) => `${name}_cost_${end}`),
      ]),
      ...['subtotal', 'total'].flatMap((name) => ['ex_tax', 'inc_tax', 'tax'].map((end) => `${name}_${end}`)),
      ...['store_credit_amount', 'gift_certificate_amount', 'discount_amount', 'coupon_discount'],
    ],
    money,
  ),
  refunded_amount: z.literal('0.0000'),
  ...members(['currency_exchange_rate', 'store_default_to_transactional_exchange_rate'], rate),
  ...members(
    [
      ...['status', 'custom_status', 'payment_method', 'ip_address', 'ip_address_v6', 'geoip_country'],
      ...['geoip_country_iso2', 'currency_code', 'default_currency_code', 'store_default_currency_code'],
      ...['staff_notes', 'customer_message', 'ebay_order_id', 'order_source', 'external_order_id', 'tax_provider_id'],
      'customer_locale',
    ],
    text,
  ),
  payment_status: z.enum(paymentStatuses),
  payment_provider_id: z.union([text, z.number()]),
  ...members(['cart_id', 'external_source', 'external_id', 'external_merchant_id'], text.nullable()),
  ...members(['order_is_digital', 'is_deleted', 'is_email_opt_in', 'is_tax_inclusive_pricing'], z.boolean()),
  credit_card_type: z.null(),
  billing_address: z.strictObject({ ...addressTexts, form_fields: formFields }),
  ...members(['products', 'shipping_addresses', 'coupons'], link),
  consignments: z.union([link, consignments]),
  fees: z.union([link, z.array(fee)]),
});

const shipment = z.strictObject({
  ...members(['id', 'order_id', 'order_address_id'], id),
  ...{ customer_id: idOrZero, date_created: rfc2822, merchant_shipping_cost: money },
  ...members(
    [
      ...['tracking_number', 'shipping_method', 'comments', 'shipping_provider', 'tracking_carrier', 'tracking_link'],
      ...['shipping_provider_display_name', 'generated_tracking_link'],
    ],
    text,
  ),
  ...members(['billing_address', 'shipping_address'], z.strictObject(addressTexts)),
  items: z.array(z.strictObject({ order_product_id: id, product_id: z.literal(0), quantity: id })).min(1),
});

const status = z.strictObject({
  ...{ id: idOrZero, name: text, system_label: text, custom_label: text, system_description: text },
});

const transaction = z.looseObject({
  ...{ id, order_id: z.string().regex(/^\d+$/), amount: z.number(), currency: z.literal('USD'), date_created: iso },
  event: z.enum(['purchase', 'authorization', 'capture', 'refund', 'void', 'pending', 'settled']),
  ...{ status: z.enum(['ok', 'error']), test: z.boolean(), fraud_review: z.boolean() },
  ...members(['method', 'gateway', 'gateway_transaction_id', 'payment_method_id'], text),
  reference_transaction_id: id.nullable(),
});

const quote = z.strictObject({
  order_id: id,
  ...members(['total_refund_amount', 'total_refund_tax_amount', 'order_level_refund_amount'], z.number().min(0)),
  ...{ rounding: z.number(), adjustment: z.number().max(0), tax_inclusive: z.boolean() },
  refund_methods: z
    .array(
      z.array(
        z.strictObject({
          ...members(['provider_id', 'provider_description', 'offline_reason'], text),
          ...{ amount: z.number(), offline: z.boolean(), offline_provider: z.boolean() },
        }),
      ),
    )
    .min(1),
});

const refund = z.strictObject({
  ...{
    id,
    order_id: id,
    user_id: idOrZero,
    created: iso,
    reason: text,
    total_amount: z.number(),
    total_tax: z.number(),
  },
  uses_merchant_override_values: z.boolean(),
  items: z.array(
    z.strictObject({
      ...{ item_type: text, item_id: id, reason: text, quantity: idOrZero, requested_amount: z.number() },
      adjustments: z.array(z.strictObject({ amount: z.number().max(0), description: text })),
    }),
  ),
  payments: z
    .array(
      z.strictObject({
        ...{ id, provider_id: text, amount: z.number(), offline: z.boolean(), is_declined: z.boolean() },
        ...{ declined_message: text, transaction_id: text },
      }),
    )
    .min(1),
});

const metafield = z.strictObject({
  ...{ id, resource_id: id, resource_type: z.literal('order'), owner_client_id: text },
  ...members(['permission_set', 'namespace', 'key', 'value', 'description'], text),
  ...{ date_created: iso, date_modified: iso },
});

const hook = z.strictObject({
  ...{ id, client_id: text, store_hash: text, scope: text, destination: z.url(), is_active: z.boolean() },
  ...{ headers: z.record(text, text).nullable(), created_at: seconds, updated_at: seconds },
});

const one = <Data extends z.ZodType>(data: Data) => z.strictObject({ data, meta: z.strictObject({}) });
const page = <Data extends z.ZodType>(data: Data) =>
  z.strictObject({
    data: z.array(data),
    meta: z.strictObject({
      pagination: z.strictObject({
        ...members(['total', 'count', 'per_page', 'current_page', 'total_pages'], idOrZero),
        links: z.strictObject({ previous: text.optional(), current: text, next: text.optional() }),
      }),
    }),
  });

const v2Error = z.strictObject({ status: z.int(), message: text.min(1), details: z.looseObject({}).optional() });
const v3Error = z.looseObject({ status: z.int(), title: text.min(1), type: text });

const taxError = z.strictObject({
  data: z.tuple([z.strictObject({ order_id: idOrZero, status: z.literal(503), error: text })]),
  meta: z.strictObject({}),
});

export const shapes = {
  /** By the version that was asked: V2 has an array; V3 an object, or a list of them in its data. */
  errors: {
    v2: z.tuple([v2Error]),
    v3: z.union([v3Error, z.strictObject({ data: z.tuple([v3Error]) }), taxError]),
  },
  /** Of answers that have a body, by operation; others were not written down. */
  successes: {
    ...members(['orders.create', 'orders.get', 'orders.update'], order),
    'orders.list': z.array(order).min(1),
    'orders.count': z.strictObject({
      statuses: z.array(status.extend({ count: idOrZero, sort_order: idOrZero })),
      count: idOrZero,
    }),
    'orderProducts.list': z.array(line).min(1),
    'orderProducts.get': line,
    'shippingAddresses.list': z.array(address).min(1),
    ...members(['shippingAddresses.get', 'shippingAddresses.update'], address),
    'orderFees.list': z.strictObject({ fees: z.array(fee) }),
    'orderConsignments.get': consignments,
    'shipments.list': z.array(shipment).min(1),
    ...members(['shipments.get', 'shipments.create', 'shipments.update'], shipment),
    'shipments.count': z.strictObject({ count: idOrZero }),
    'orderStatuses.list': z.array(status.extend({ order: idOrZero })),
    'orderStatuses.get': status.extend({ order: idOrZero }),
    'time.get': z.strictObject({ time: seconds }),
    ...members(['payments.capture', 'payments.void'], z.strictObject({})),
    'transactions.list': page(transaction),
    'refundQuotes.create': one(quote),
    ...members(['refunds.create', 'refunds.get'], one(refund)),
    ...members(['refunds.ofOrder', 'refunds.list'], one(z.array(refund))),
    ...members(['metafields.ofOrder', 'metafields.list'], page(metafield)),
    ...members(['metafields.get', 'metafields.create', 'metafields.update'], one(metafield)),
    'hooks.list': page(hook),
    ...members(['hooks.get', 'hooks.create', 'hooks.update', 'hooks.delete'], one(hook)),
  } as Readonly<Record<string, z.ZodType>>,
};
