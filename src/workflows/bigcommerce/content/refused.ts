/*
 * Fields of a BigCommerce order that are not to be sent, and what to do instead. Most are read-only there, and answered
 * with a 400; some would be taken and mislead.
 */

const COMPUTED = 'is computed by BigCommerce';

/** Of the order. */
export const refusedFields: Readonly<Record<string, string>> = {
  external_order_id: 'is the reference of the order; give it as reference',
  external_id: 'is read-only at BigCommerce, which keeps external_order_id instead; give it as reference',
  tax_provider_id: 'is read-only at BigCommerce, and had no effect before; give both prices of each product instead',
  is_deleted: 'archives the order; ask for a cancel instead',
  payment_method: 'belongs to payment; give it there',
  payment_provider_id: 'belongs to payment, or comes with the update paid',
  refunded_amount: 'is always shown as 0; refunds are made by a cancel',
  items_total: COMPUTED,
  items_shipped: `${COMPUTED}, from the parcels of the update ship`,
  consignments:
    'is for orders to be picked up, which are not carried; give products, and shipping_addresses to ship to',
  form_fields: 'stand in billing_address and in the shipping address; give them there',
  coupons: 'cannot be put on an order over the API; give discount_amount instead',
  id: 'is given by BigCommerce; for an order that is there give orderId beside the reference',
  status: 'is the label of status_id; give status_id',
  custom_status: 'is the label of status_id; give status_id',
  date_shipped: 'is set by BigCommerce when everything has shipped; send the update ship',
  credit_card_type: 'is read-only at BigCommerce',
  order_source: 'is read-only at BigCommerce; give external_source',
  currency_code: 'is read-only at BigCommerce; give default_currency_code',
  currency_id: 'is read-only at BigCommerce; give default_currency_code',
  coupon_discount: 'is read-only at BigCommerce; give discount_amount',
  ...readOnly('cart_id', 'date_modified', 'default_currency_id', 'is_email_opt_in', 'is_tax_inclusive_pricing'),
  ...readOnly('payment_status', 'store_credit_amount', 'gift_certificate_amount', 'currency_exchange_rate'),
  ...readOnly('store_default_currency_code', 'store_default_to_transactional_exchange_rate'),
  ...computed('subtotal_tax', 'total_tax', 'shipping_cost_tax', 'handling_cost_tax', 'wrapping_cost_tax'),
  ...computed('shipping_cost_tax_class_id', 'handling_cost_tax_class_id', 'wrapping_cost_tax_class_id'),
  ...computed('shipping_address_count'),
};

function readOnly(...names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, 'is read-only at BigCommerce; leave it out']));
}

function computed(...names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, `${COMPUTED}; leave it out`]));
}
