import { type Actor, currentState, type Order, type OrderState } from '../orders/order.js';
import { statusIds } from '../orders/statuses.js';
import type { Store } from '../store.js';
import type { Shipment, ShipmentItem } from './shipment.js';

/** A parcel leaves: the lines know it, the shopper is told, and the order's status follows. */
export function addShipment(
  store: Store,
  order: Order,
  wanted: Omit<Shipment, 'id' | 'deletedAt'>,
  by: Actor,
): Shipment {
  const { clock, events, orders, settings, shipments } = store;
  const shipment = shipments.add(wanted);
  orders.change(order, by, (draft) => {
    count(draft, shipment, 1);
    if (allShipped(draft)) draft.shippedAt ??= clock.now();
  });
  events.shipment('created', shipment.id, order.id);
  if (settings.mails)
    store.mail('shipment', order.id, { shipmentId: shipment.id, trackingNumber: shipment.trackingNumber });
  if (settings.shipmentsMoveStatus) store.agenda.after(settings.statusDelayMs, () => follow(store, order));
  return shipment;
}

/** The lines are to be shipped again; the order's status stays where it is. */
export function removeShipment({ clock, events, orders }: Store, order: Order, shipment: Shipment, by: Actor): void {
  shipment.deletedAt = clock.now();
  orders.change(order, by, (draft) => count(draft, shipment, -1));
  events.shipment('deleted', shipment.id, order.id);
}

function count({ lines }: OrderState, { items }: Shipment, sign: 1 | -1): void {
  for (const { orderProductId, quantity } of items) {
    const line = lines.find(({ id }) => id === orderProductId);
    if (line !== undefined) line.quantityShipped += sign * quantity;
  }
}

/** What is not sent by mail needs no parcel. */
const allShipped = ({ lines }: OrderState): boolean =>
  lines.every(({ type, quantity, quantityShipped }) => type === 'digital' || quantityShipped >= quantity);

/** Every line that a parcel may still take something of. */
export const leftToShip = ({ lines }: OrderState): ShipmentItem[] =>
  lines.flatMap(({ id, type, quantity, quantityShipped }) =>
    type === 'digital' || quantityShipped >= quantity
      ? []
      : [{ orderProductId: id, quantity: quantity - quantityShipped }],
  );

/** From these the platform moves an order on when parcels leave. */
const moving: ReadonlySet<number> = new Set([
  ...[statusIds.pending, statusIds.awaitingPayment, statusIds.awaitingFulfillment, statusIds.awaitingShipment],
  ...[statusIds.awaitingPickup, statusIds.partiallyShipped],
]);

function follow({ orders }: Store, order: Order): void {
  const state = currentState(order);
  const to = allShipped(state) ? statusIds.shipped : statusIds.partiallyShipped;
  const nothingShipped = state.lines.every(({ quantityShipped }) => quantityShipped === 0);
  if (!moving.has(state.statusId) || state.statusId === to || nothingShipped || state.archivedAt !== null) return;
  orders.change(order, 'platform', (draft) => {
    draft.statusId = to;
  });
}
