import { decimal, taxOf } from '../money.js';
import type { Store } from '../store.js';
import { linkTo } from './links.js';
import { itemsShipped, itemsTotal, type OrderAddress, type OrderState } from './order.js';

/** A shipping address as V2 shows it. All lines go to the first, and so do the costs. */
export function addressView(store: Store, orderId: number, state: OrderState, wanted: OrderAddress): object {
  const { id, address, shippingMethod } = wanted;
  const first = state.addresses[0]?.id === id;
  const none = { base: 0, exTax: 0, incTax: 0 };
  const shipping = first ? state.shipping : none;
  const handling = first ? state.handling : none;
  const { form_fields, ...rest } = address;
  return {
    id,
    order_id: orderId,
    ...rest,
    items_total: first ? itemsTotal(state) : 0,
    items_shipped: first ? itemsShipped(state) : 0,
    shipping_method: shippingMethod,
    base_cost: decimal(shipping.base),
    cost_ex_tax: decimal(shipping.exTax),
    cost_inc_tax: decimal(shipping.incTax),
    cost_tax: decimal(taxOf(shipping)),
    cost_tax_class_id: 2,
    base_handling_cost: decimal(handling.base),
    handling_cost_ex_tax: decimal(handling.exTax),
    handling_cost_inc_tax: decimal(handling.incTax),
    handling_cost_tax: decimal(taxOf(handling)),
    handling_cost_tax_class_id: 2,
    shipping_zone_id: 1,
    shipping_zone_name: address.country,
    shipping_quotes: linkTo(store, orderId, `shippingaddresses/${id}/shippingquotes`),
    form_fields,
  };
}
