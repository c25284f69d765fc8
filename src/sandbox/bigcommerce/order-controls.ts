import { type Control, control } from '../controls.js';
import { type BigcommerceControls, controlSchemas as s } from './control-inputs.js';
import { changed, orderWith, outcomeOf } from './control-targets.js';
import { currentState } from './orders/order.js';
import { updateOrder } from './orders/order-writing.js';
import { statusIds } from './orders/statuses.js';
import { authorizedOrder, cardTransaction, shopOrder } from './seeding.js';
import { addShipment, leftToShip, removeShipment } from './shipments/shipping.js';
import type { Store } from './store.js';

type Name =
  | ('seedOrder' | 'setStatus' | 'cancel' | 'dispute' | 'requireVerification' | 'editOrder' | 'archive' | 'restore')
  | ('ship' | 'deleteShipment');

/** What people do to orders in the control panel and in the shop. */
export function orderControls(current: () => Store): Record<Name & keyof BigcommerceControls, Control> {
  const setStatus = (orderId: number, statusId: number) =>
    changed(current(), orderId, (draft) => {
      draft.statusId = statusId;
    });
  return {
    seedOrder: control(s.seedOrder, ({ payment, lines, ...rest }) => {
      const store = current();
      const wanted = {
        ...rest,
        lines: lines.map(({ sku, ...line }) => ({ ...line, variant: expectVariant(store, sku) })),
      };
      if (payment === 'authorized') return outcomeOf(authorizedOrder(store, wanted));
      const paid = payment === 'captured';
      const statusId = paid ? statusIds.awaitingFulfillment : statusIds.awaitingPayment;
      const order = shopOrder(store, { ...wanted, statusId, paymentStatus: paid ? 'captured' : 'pending' });
      if (paid) cardTransaction(store, order, 'purchase', null);
      return outcomeOf(order);
    }),
    setStatus: control(s.setStatus, ({ orderId, statusId }) => setStatus(orderId, statusId)),
    cancel: control(s.cancel, ({ orderId }) => setStatus(orderId, statusIds.cancelled)),
    dispute: control(s.dispute, ({ orderId }) => setStatus(orderId, statusIds.disputed)),
    requireVerification: control(s.requireVerification, ({ orderId }) =>
      setStatus(orderId, statusIds.verificationRequired),
    ),
    editOrder: control(s.editOrder, ({ orderId, changes }) => {
      const order = orderWith(current(), orderId);
      updateOrder(current(), order, changes, 'person');
      return outcomeOf(order);
    }),
    archive: control(s.archive, ({ orderId }) => {
      const order = orderWith(current(), orderId);
      current().orders.archive(order);
      return outcomeOf(order);
    }),
    restore: control(s.restore, ({ orderId }) =>
      changed(current(), orderId, (draft) => {
        draft.archivedAt = null;
      }),
    ),
    ship: control(s.ship, ({ orderId, items, ...details }) => {
      const store = current();
      const order = orderWith(store, orderId);
      const state = currentState(order);
      const [address] = state.addresses;
      const parcel = {
        ...{ orderId, orderAddressId: address?.id ?? 0, createdAt: store.clock.now() },
        ...{ items: items ?? leftToShip(state), trackingLink: '', trackingCarrier: '', shippingMethod: '' },
        ...{ merchantShippingCost: 0, comments: '', ...details },
      };
      if (parcel.items.length === 0) throw new Error(`Order ${orderId} has nothing left to ship.`);
      return addShipment(store, order, parcel, 'person').id;
    }),
    deleteShipment: control(s.deleteShipment, ({ shipmentId }) => {
      const store = current();
      const shipment = store.shipments.ever().find(({ id, deletedAt }) => id === shipmentId && deletedAt === null);
      if (shipment === undefined) throw new Error(`There is no shipment ${shipmentId}.`);
      const order = orderWith(store, shipment.orderId);
      removeShipment(store, order, shipment, 'person');
      return outcomeOf(order);
    }),
  };
}

function expectVariant({ catalog }: Store, sku: string) {
  const variant = catalog.bySku(sku);
  if (variant === undefined) throw new Error(`There is no product ${sku}.`);
  return variant;
}
