import type { ControlOrders, Moved } from './control-inputs.js';
import { isBackOrder, orderNumberFrom, orderNumberText } from './order-numbers.js';
import type { Order } from './orders.js';
import type { Shipment } from './shipments.js';
import type { Site } from './site.js';
import { knownStatus, type OrderStatus } from './statuses.js';

/** Which order is meant. */
export type Target = ControlOrders['process'];

/** The orders that are meant; throws when there is none. */
export function ordersOf({ orders }: Site, { orderNo, reference }: Target): Order[] {
  if ((orderNo === undefined) === (reference === undefined)) throw new Error('Name the order by orderNo or reference.');
  const number = orderNo === undefined ? null : orderNumberFrom(String(orderNo));
  const one = number === null ? undefined : orders.get(number);
  const found = reference === undefined ? (one === undefined ? [] : [one]) : orders.byReference(reference);
  if (found.length === 0) throw new Error(`There is no order ${reference ?? orderNo}.`);
  return found;
}

/** The same, and the back orders of an order that is named by its number. */
export function groupOf(site: Site, target: Target): Order[] {
  const found = ordersOf(site, target);
  const [first] = found;
  return target.orderNo === undefined || first === undefined || isBackOrder(first.orderNo)
    ? found
    : site.orders.group(first.groupOrderId);
}

/** Of these orders, those that are in such a status; throws when none is. */
export function inStatus(orders: readonly Order[], deed: string, from: readonly OrderStatus[]): Order[] {
  const meant = orders.filter(({ status }) => from.some((each) => each === knownStatus(status)));
  const [first] = orders;
  if (meant.length === 0 && first !== undefined) {
    const name = `Order ${orderNumberText(first.orderNo)}`;
    throw new Error(`${name} is ${first.status}: only ${from.join(', ')} can be ${deed}.`);
  }
  return meant;
}

export function shipmentOf(
  { shipments }: Site,
  wanted: { shipmentId?: number | undefined; trackingNo?: string | undefined },
): Shipment {
  const { shipmentId, trackingNo } = wanted;
  if ((shipmentId === undefined) === (trackingNo === undefined)) {
    throw new Error('Name the shipment by shipmentId or trackingNo.');
  }
  const found = shipments.parcels.all().find((each) => each.id === shipmentId || each.trackingNo === trackingNo);
  if (found === undefined) throw new Error(`There is no shipment ${shipmentId ?? trackingNo}.`);
  return found;
}

export function moved({ orderNo, status }: Order): Moved {
  return { orderNo: orderNumberText(orderNo), status };
}
