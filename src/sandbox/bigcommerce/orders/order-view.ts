import { decimal, sameCurrency, taxOf } from '../money.js';
import type { Store } from '../store.js';
import { rfc2822 } from '../times.js';
import { addressView } from './address-view.js';
import { feeView } from './fees.js';
import { lineView } from './line-view.js';
import { linkTo } from './links.js';
import { type Cost, itemsShipped, itemsTotal, type OrderState } from './order.js';
import { statusName } from './statuses.js';

/** Tax classes of the store: goods have none of their own, shipping and handling one, wrapping another. */
const taxClasses = { shipping: 2, handling: 2, wrapping: 3 } as const;

export type Include = 'consignments' | 'consignments.line_items' | 'fees';

/** An order as V2 shows it: without its lines, which are a resource of their own. */
export function orderView(store: Store, id: number, state: OrderState, include: readonly Include[] = []): object {
  const { texts, subtotal, total, lines } = state;
  const status = statusName(state.statusId);
  return {
    id,
    customer_id: state.customerId,
    date_created: rfc2822(state.createdAt),
    date_modified: rfc2822(state.modifiedAt),
    date_shipped: state.shippedAt === null ? '' : rfc2822(state.shippedAt),
    status_id: state.statusId,
    status,
    subtotal_ex_tax: decimal(subtotal.exTax),
    subtotal_inc_tax: decimal(subtotal.incTax),
    subtotal_tax: decimal(taxOf(subtotal)),
    ...costView('shipping', state.shipping),
    ...costView('handling', state.handling),
    ...costView('wrapping', state.wrapping),
    total_ex_tax: decimal(total.exTax),
    total_inc_tax: decimal(total.incTax),
    total_tax: decimal(taxOf(total)),
    items_total: itemsTotal(state),
    items_shipped: itemsShipped(state),
    payment_method: texts.payment_method,
    payment_provider_id: texts.payment_provider_id,
    payment_status: state.paymentStatus,
    // Always: what was given back is told by the refunds alone.
    refunded_amount: decimal(0),
    order_is_digital: state.isDigital || lines.every(({ type }) => type === 'digital'),
    store_credit_amount: decimal(store.payments.paidBy(id, 'store_credit')),
    gift_certificate_amount: decimal(store.payments.paidBy(id, 'gift_certificate')),
    ip_address: texts.ip_address,
    ip_address_v6: texts.ip_address_v6,
    geoip_country: texts.geoip_country,
    geoip_country_iso2: texts.geoip_country_iso2,
    currency_id: 1,
    currency_code: store.currency,
    currency_exchange_rate: sameCurrency,
    default_currency_id: 1,
    default_currency_code: store.currency,
    store_default_currency_code: store.currency,
    store_default_to_transactional_exchange_rate: sameCurrency,
    staff_notes: texts.staff_notes,
    customer_message: texts.customer_message,
    discount_amount: decimal(state.discount),
    coupon_discount: decimal(0),
    shipping_address_count: state.addresses.length,
    is_deleted: state.archivedAt !== null,
    ebay_order_id: texts.ebay_order_id,
    cart_id: state.cartId,
    billing_address: state.billingAddress,
    is_email_opt_in: false,
    credit_card_type: null,
    order_source: state.orderSource,
    channel_id: state.channelId,
    external_source: texts.external_source,
    consignments: include.some((name) => name.startsWith('consignments'))
      ? consignmentsView(store, id, state, include.includes('consignments.line_items'))
      : linkTo(store, id, 'consignments'),
    products: linkTo(store, id, 'products'),
    // The platform's own spelling.
    shipping_addresses: linkTo(store, id, 'shippingaddresses'),
    coupons: linkTo(store, id, 'coupons'),
    fees: include.includes('fees') ? state.fees.map(feeView) : linkTo(store, id, 'fees'),
    external_id: texts.external_id,
    external_merchant_id: texts.external_merchant_id,
    external_order_id: texts.external_order_id,
    tax_provider_id: '',
    customer_locale: texts.customer_locale,
    custom_status: status,
    is_tax_inclusive_pricing: false,
  };
}

function costView(name: keyof typeof taxClasses, cost: Cost): object {
  return {
    [`base_${name}_cost`]: decimal(cost.base),
    [`${name}_cost_ex_tax`]: decimal(cost.exTax),
    [`${name}_cost_inc_tax`]: decimal(cost.incTax),
    [`${name}_cost_tax`]: decimal(taxOf(cost)),
    [`${name}_cost_tax_class_id`]: taxClasses[name],
  };
}

/** Everything goes by a carrier, except what needs none. Lines are links, unless they are asked for. */
export function consignmentsView(store: Store, id: number, state: OrderState, withLines: boolean): object {
  const linesOf = (type: 'physical' | 'digital') =>
    state.lines
      .filter((line) => line.type === type)
      .map((line) => (withLines ? lineView(id, state, line) : linkTo(store, id, `products/${line.id}`)));
  const downloads = linesOf('digital');
  return {
    pickups: [],
    shipping: state.addresses.map((address, index) => ({
      ...addressView(store, id, state, address),
      line_items: index === 0 ? linesOf('physical') : [],
    })),
    downloads: downloads.length > 0 ? [{ line_items: downloads }] : [],
    email: { gift_certificates: [] },
  };
}
