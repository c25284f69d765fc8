import { textOf, textOrNullOf } from '../fields.js';
import type { Members } from '../members.js';
import { invalid, notWritable, unsupported } from '../refusals.js';
import type { OrderTexts } from './order.js';

/** What may be said of an order, and what only the platform says. */

const texts = [
  ...(['payment_method', 'staff_notes', 'customer_message', 'geoip_country', 'geoip_country_iso2'] as const),
  ...(['customer_locale', 'ebay_order_id', 'external_order_id', 'ip_address', 'ip_address_v6'] as const),
] as const;
const longest: Partial<Record<(typeof texts)[number], number>> = {
  ...{ ip_address: 30, ip_address_v6: 39, payment_method: 255, external_order_id: 255, customer_locale: 20 },
};
/** Once made, never changed. */
const onCreationOnly = ['external_id', 'external_merchant_id', 'default_currency_code', 'tax_provider_id'];

const writable: ReadonlySet<string> = new Set([
  ...texts,
  ...['status_id', 'customer_id', 'channel_id', 'date_created', 'billing_address', 'shipping_addresses', 'products'],
  ...['consignments', 'fees', 'external_source', 'payment_provider_id', 'order_is_digital', 'discount_amount'],
  ...['base_shipping_cost', 'shipping_cost_ex_tax', 'shipping_cost_inc_tax', 'base_handling_cost'],
  ...['handling_cost_ex_tax', 'handling_cost_inc_tax', 'base_wrapping_cost', 'wrapping_cost_ex_tax'],
  ...['wrapping_cost_inc_tax', 'subtotal_ex_tax', 'subtotal_inc_tax', 'total_ex_tax', 'total_inc_tax'],
  // Taken, and of no effect: they are computed, or always 0.
  ...['items_total', 'items_shipped', 'refunded_amount'],
]);

const readOnly: ReadonlySet<string> = new Set([
  ...['id', 'date_modified', 'date_shipped', 'status', 'custom_status', 'cart_id', 'subtotal_tax', 'shipping_cost_tax'],
  ...['shipping_cost_tax_class_id', 'handling_cost_tax', 'handling_cost_tax_class_id', 'wrapping_cost_tax'],
  ...['wrapping_cost_tax_class_id', 'total_tax', 'payment_status', 'store_credit_amount', 'gift_certificate_amount'],
  ...['currency_id', 'currency_code', 'currency_exchange_rate', 'default_currency_id', 'coupon_discount'],
  ...['shipping_address_count', 'is_email_opt_in', 'order_source', 'coupons', 'is_tax_inclusive_pricing'],
  ...['store_default_currency_code', 'store_default_to_transactional_exchange_rate', 'credit_card_type'],
]);

export function expectFields(members: Members, creating: boolean): void {
  for (const name of Object.keys(members)) {
    if (onCreationOnly.includes(name)) {
      if (!creating) throw notWritable(name);
      continue;
    }
    if (name === 'is_deleted' && !creating) continue;
    if (writable.has(name)) continue;
    throw readOnly.has(name) || name === 'is_deleted' ? notWritable(name) : unsupported(name);
  }
}

export function textsIn(members: Members): Partial<OrderTexts> {
  const found: Partial<OrderTexts> = {};
  for (const name of texts) {
    const value = textOf(members, name, longest[name]);
    if (value !== undefined) found[name] = value;
  }
  // Setting one clears the other.
  if (found.ip_address !== undefined && found.ip_address_v6 === undefined) found.ip_address_v6 = '';
  else if (found.ip_address_v6 !== undefined && found.ip_address === undefined) found.ip_address = '';
  for (const name of ['external_source', 'external_merchant_id', 'external_id'] as const) {
    const value = textOrNullOf(members, name);
    if (value !== undefined) found[name] = value;
  }
  const provider = members.payment_provider_id;
  if (typeof provider === 'number' || typeof provider === 'string') found.payment_provider_id = provider;
  else if (provider !== undefined && provider !== null) throw invalid('payment_provider_id');
  return found;
}

export const emptyTexts: OrderTexts = {
  ...{ payment_method: '', payment_provider_id: '', staff_notes: '', customer_message: '' },
  ...{ ip_address: '', ip_address_v6: '', geoip_country: '', geoip_country_iso2: '', customer_locale: 'en' },
  ...{ ebay_order_id: '0', external_order_id: '' },
  ...{ external_source: null, external_merchant_id: null, external_id: null },
};

/** Where only one of a few will do. */
export function expectCurrency(members: Members, currency: string): void {
  const wanted = textOf(members, 'default_currency_code');
  // The store has one currency.
  if (wanted !== undefined && wanted !== currency) throw invalid('default_currency_code');
}
