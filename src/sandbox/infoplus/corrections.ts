import { giveBack } from './allocation.js';
import { orderNumberText } from './order-numbers.js';
import type { Order } from './orders.js';
import { isVoided, type Shipment } from './shipments.js';
import { shippingOf } from './shipping.js';
import type { Site } from './site.js';
import { knownStatus } from './statuses.js';

/** Only a person cancels. What was being picked goes back to the shelves. */
export function cancel(site: Site, order: Order): Order {
  if (knownStatus(order.status) === 'Processed') giveBack(site, order);
  return site.orders.change(order.orderNo, (draft) => {
    draft.status = 'Cancelled';
  });
}

/** A parcel is taken back. What that makes of the order's status is not known: nothing, unless it is reopened. */
export function voidShipment(site: Site, shipment: Shipment, reopen: boolean): Order {
  if (isVoided(shipment)) throw new Error(`Shipment ${shipment.id} is Voided already.`);
  if (reopen) expectShipped(site.orders.get(shipment.orderNo));
  site.shipments.parcels.change(shipment, { status: 'Voided' });
  return site.orders.change(shipment.orderNo, (draft) => {
    if (draft.shipping !== null) Object.assign(draft.shipping, shippingOf(site, shipment.orderNo));
    if (reopen) unship(site, draft, shipment);
  });
}

function expectShipped(order: Order | undefined): void {
  if (order === undefined || knownStatus(order.status) === 'Shipped') return;
  throw new Error(`Order ${orderNumberText(order.orderNo)} is ${order.status}: only Shipped can be reopened.`);
}

/** The goods are in the warehouse again, and the order is being picked. */
function unship({ items }: Site, draft: Order, { lines }: Shipment): void {
  draft.status = 'Processed';
  for (const { lineItemId, sku, quantity } of lines) {
    const line = draft.lines.find((each) => each.lineItemId === lineItemId);
    if (line !== undefined) line.shippedQty -= quantity;
    const item = items.known(draft.fields.lobId, sku);
    item.onHand += quantity;
    item.inProcess += quantity;
  }
}
