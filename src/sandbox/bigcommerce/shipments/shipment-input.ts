import { amountOf, integerOf, objectsOf, textOf } from '../fields.js';
import type { Members } from '../members.js';
import type { OrderState } from '../orders/order.js';
import { invalid, missing, notWritable, refused, unsupported } from '../refusals.js';
import { isCourier, isProvider } from './carriers.js';
import type { Shipment, ShipmentItem } from './shipment.js';

const longest = { trackingNumber: 50, trackingLink: 500 } as const;
const writable = [
  ...['order_address_id', 'tracking_number', 'tracking_link', 'tracking_carrier', 'shipping_provider'],
  ...['shipping_method', 'merchant_shipping_cost', 'comments'],
];
const computed = [
  ...['id', 'order_id', 'customer_id', 'date_created', 'billing_address', 'shipping_address'],
  ...['shipping_provider_display_name', 'generated_tracking_link'],
];

/** Items are told when the parcel is made, and never again. */
export function expectFields(members: Members, creating: boolean): void {
  for (const name of Object.keys(members)) {
    if (writable.includes(name) || (creating && name === 'items')) continue;
    throw computed.includes(name) || name === 'items' ? notWritable(name) : unsupported(name);
  }
}

type Detail = Exclude<keyof Shipment, 'id' | 'orderId' | 'createdAt' | 'items' | 'deletedAt'>;

export function detailsIn(members: Members, { addresses }: OrderState): Partial<Pick<Shipment, Detail>> {
  const provider = textOf(members, 'shipping_provider');
  if (provider !== undefined && !isProvider(provider)) throw invalid('shipping_provider');
  const carrier = textOf(members, 'tracking_carrier');
  if (carrier !== undefined && !isCourier(carrier)) throw invalid('tracking_carrier');
  const orderAddressId = integerOf(members, 'order_address_id');
  if (orderAddressId !== undefined && !addresses.some(({ id }) => id === orderAddressId))
    throw invalid('order_address_id');
  const details = {
    orderAddressId,
    trackingNumber: textOf(members, 'tracking_number', longest.trackingNumber),
    trackingLink: textOf(members, 'tracking_link', longest.trackingLink),
    trackingCarrier: carrier,
    shippingProvider: provider,
    shippingMethod: textOf(members, 'shipping_method', 255),
    merchantShippingCost: amountOf(members, 'merchant_shipping_cost'),
    comments: textOf(members, 'comments'),
  };
  return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));
}

/** Lines of the order, by their own ids and not by those of their products; no more than is left to ship. */
export function itemsIn(members: Members, { lines }: OrderState): ShipmentItem[] {
  const given = objectsOf(members, 'items') ?? [];
  if (given.length === 0) throw missing('items');
  const used = new Map<number, number>();
  return given.map((each) => {
    for (const name of Object.keys(each)) {
      if (name === 'product_id') throw notWritable('items.product_id');
      if (name !== 'order_product_id' && name !== 'quantity') throw unsupported(`items.${name}`);
    }
    const orderProductId = integerOf(each, 'order_product_id', 'items.');
    if (orderProductId === undefined) throw missing('items.order_product_id');
    const line = lines.find(({ id }) => id === orderProductId);
    if (line === undefined) throw invalid('order_product_id');
    const quantity = integerOf(each, 'quantity', 'items.') ?? 0;
    if (quantity === 0) throw invalid('quantity');
    const available = line.quantity - line.quantityShipped - (used.get(orderProductId) ?? 0);
    if (quantity > available) throw tooMany(orderProductId, available);
    used.set(orderProductId, (used.get(orderProductId) ?? 0) + quantity);
    return { orderProductId, quantity };
  });
}

const tooMany = (order_product_id: number, available_quantity: number) =>
  refused(400, "The field 'quantity' is invalid.", {
    invalid_reason: 'The quantity specified is greater than the quantity of the product that is available to ship.',
    available_quantity,
    order_product_id,
  });
