import { suppliable } from './allocation.js';
import type { ControlOrders, Moved } from './control-inputs.js';
import { groupOf, inStatus, moved, ordersOf, shipmentOf, type Target } from './control-targets.js';
import { cancel, voidShipment } from './corrections.js';
import { orderNumberText } from './order-numbers.js';
import type { Order } from './orders.js';
import { type FulfillmentPlan, obstacle, runPlan } from './processing.js';
import { infoplusSeed } from './seed.js';
import { isVoided } from './shipments.js';
import { ship } from './shipping.js';
import type { Site } from './site.js';
import { isEditable, knownStatus } from './statuses.js';
import { dayOf } from './times.js';

/** Takes every order that is meant into a fulfillment process, or none when one of them cannot. */
export function processOrders(site: Site, target: Target, lacking?: readonly string[] | 'all'): Moved[] {
  const orders = inStatus(ordersOf(site, target), 'processed', ['On Order']);
  for (const order of orders) {
    const problem = obstacle(order, planOf(order));
    if (problem !== null) throw new Error(problem);
  }
  return orders.flatMap((order) => {
    const before = new Set(site.orders.group(order.groupOrderId).map(({ orderNo }) => orderNo));
    const [processed] = runPlan(site, [order], {
      plan: planOf(order),
      shipDate: dayOf(site.clock.now()),
      lacking: new Set(lacking === 'all' ? order.lines.map(({ sku }) => sku) : lacking),
    });
    // An order that waits was no mistake; one that ships complete stays where it is.
    if (processed !== undefined && processed.problem !== null && processed.order.status === order.status) {
      throw new Error(processed.problem);
    }
    const backOrders = site.orders.group(order.groupOrderId).filter(({ orderNo }) => !before.has(orderNo));
    return [...(processed === undefined ? [] : [processed.order]), ...backOrders].map(moved);
  });
}

/** The first plan of the order's warehouse. */
function planOf({ fields }: Order): FulfillmentPlan {
  const plan = infoplusSeed.fulfillmentPlans.find(({ warehouseId }) => warehouseId === fields.warehouseId);
  if (plan === undefined) throw new Error(`Warehouse ${fields.warehouseId} has no plan.`);
  return plan;
}

export function shipOrders(site: Site, { parcels, last, shipDate, ...target }: ControlOrders['ship']): Moved[] {
  const orders = inStatus(ordersOf(site, target), 'shipped', ['Processed']);
  if (parcels.some(({ lines, trackingNo }) => lines !== undefined || trackingNo !== undefined) && orders.length > 1) {
    throw new Error('Several such orders are Processed: name one by orderNo.');
  }
  return orders.map((order) => moved(ship(site, order, { parcels, last, shipDate })));
}

/** Goods come in, and what waited for them and can have all of it is on order again. */
export function receiveStock(site: Site, { sku, quantity, lobId }: ControlOrders['receiveStock']): Moved[] {
  site.items.known(lobId, sku).onHand += quantity;
  const waiting = ({ status, fields, lines }: Order) =>
    knownStatus(status) === 'Back Order' && fields.lobId === lobId && lines.some((line) => line.sku === sku);
  return suppliable(site, waiting).map(({ orderNo }) =>
    moved(
      site.orders.change(orderNo, (draft) => {
        draft.status = 'On Order';
      }),
    ),
  );
}

export function cancelOrders(site: Site, target: Target): Moved[] {
  const from = ['Pending', 'On Order', 'Back Order', 'Processed', 'Error'] as const;
  return inStatus(groupOf(site, target), 'cancelled', from).map((order) => moved(cancel(site, order)));
}

export function holdOrders(site: Site, { holdCode, ...target }: ControlOrders['holdOrder']): Moved[] {
  const orders = inStatus(ordersOf(site, target), 'held', ['Pending', 'On Order', 'Back Order', 'Error']);
  return orders.map(({ orderNo }) =>
    moved(
      site.orders.change(orderNo, (draft) => {
        draft.fields.holdCode = holdCode;
      }),
    ),
  );
}

export function deleteOrders(site: Site, target: Target): Moved[] {
  const orders = ordersOf(site, target);
  for (const { orderNo, status } of orders) {
    if (!isEditable(status)) throw new Error(`Order ${orderNumberText(orderNo)} is ${status}: it cannot be deleted.`);
  }
  return orders.map((order) => {
    site.orders.remove(order.orderNo);
    return moved(order);
  });
}

/** Sets any text, against all rules. */
export function setStatus(site: Site, { status, ...target }: ControlOrders['setStatus']): Moved[] {
  return ordersOf(site, target).map(({ orderNo }) =>
    moved(
      site.orders.change(orderNo, (draft) => {
        draft.status = status;
      }),
    ),
  );
}

export function takeBack(site: Site, { reopen, ...wanted }: ControlOrders['voidShipment']): Moved[] {
  return [moved(voidShipment(site, shipmentOf(site, wanted), reopen))];
}

/** A parcel gets on its way, or astray. The order learns of it too. */
export function setShipmentStatus(site: Site, { status, ...wanted }: ControlOrders['setShipmentStatus']): void {
  const shipment = shipmentOf(site, wanted);
  if (isVoided(shipment)) throw new Error(`Shipment ${shipment.id} is Voided.`);
  const delivered = status === 'Delivered' ? { deliveredAt: site.clock.now() } : {};
  site.shipments.parcels.change(shipment, { status, ...delivered });
  site.orders.change(shipment.orderNo, () => undefined);
}
