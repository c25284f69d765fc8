import { decimal, exact, taxOf } from '../money.js';
import type { OrderLine, OrderState } from './order.js';
import { discountsOf, lineTotal } from './totals.js';

const none = decimal(0);

/** A line as V2 shows it, without what the store does not know of its products. */
export function lineView(orderId: number, state: OrderState, line: OrderLine): object {
  const { price, wrapping } = line;
  const total = lineTotal(line);
  const discount = discountsOf(state).get(line.id) ?? 0;
  return {
    id: line.id,
    order_id: orderId,
    product_id: line.productId,
    variant_id: line.variantId,
    order_address_id: line.orderAddressId,
    order_pickup_method_id: 0,
    name: line.name,
    name_customer: line.name,
    name_merchant: line.nameMerchant,
    sku: line.sku,
    upc: line.upc,
    type: line.type,
    base_price: decimal(price.exTax),
    price_ex_tax: decimal(price.exTax),
    price_inc_tax: decimal(price.incTax),
    price_tax: decimal(taxOf(price)),
    base_total: decimal(total.exTax),
    total_ex_tax: decimal(total.exTax),
    total_inc_tax: decimal(total.incTax),
    total_tax: decimal(taxOf(total)),
    discounted_total_inc_tax: decimal(exact(total.incTax - discount)),
    weight: decimal(line.weight),
    width: none,
    height: none,
    depth: none,
    quantity: line.quantity,
    base_cost_price: none,
    cost_price_inc_tax: none,
    cost_price_ex_tax: none,
    cost_price_tax: none,
    is_refunded: line.quantity > 0 && line.quantityRefunded >= line.quantity,
    quantity_refunded: line.quantityRefunded,
    // Always: what was given back is told by the refunds alone.
    refund_amount: none,
    return_id: 0,
    wrapping_id: wrapping?.id ?? 0,
    wrapping_name: wrapping?.name ?? '',
    base_wrapping_cost: decimal(wrapping?.cost.exTax ?? 0),
    wrapping_cost_ex_tax: decimal(wrapping?.cost.exTax ?? 0),
    wrapping_cost_inc_tax: decimal(wrapping?.cost.incTax ?? 0),
    wrapping_cost_tax: decimal(wrapping === null ? 0 : taxOf(wrapping.cost)),
    wrapping_message: wrapping?.message ?? '',
    quantity_shipped: line.quantityShipped,
    event_name: null,
    event_date: '',
    fixed_shipping_cost: none,
    ebay_item_id: '',
    ebay_transaction_id: '',
    option_set_id: null,
    parent_order_product_id: null,
    is_bundled_product: false,
    bin_picking_number: '',
    external_id: null,
    brand: '',
    gift_certificate_id: null,
    applied_discounts:
      discount === 0
        ? []
        : [{ id: 'manual-discount', amount: decimal(discount), name: 'Manual Discount', code: null, target: 'order' }],
    product_options: line.options.map(({ id, productOptionId, name, displayValue, value }) => ({
      id,
      option_id: productOptionId,
      order_product_id: line.id,
      product_option_id: productOptionId,
      display_name: name,
      display_name_customer: name,
      display_name_merchant: name,
      display_value: displayValue,
      display_value_customer: displayValue,
      display_value_merchant: displayValue,
      value,
      type: 'Multiple choice',
      name,
      display_style: 'Rectangle',
    })),
    configurable_fields: [],
  };
}
