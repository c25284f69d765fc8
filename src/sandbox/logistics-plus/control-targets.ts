import type { ControlOrders } from './control-inputs.js';
import { currentState, hasEnded, type Order, type OrderState, type Shipment } from './orders.js';
import type { Tenant } from './tenant.js';

/** Which order is meant, and which shipment of it. */
export type Target = ControlOrders['hold'];

/** A shipment that a control is about. */
export interface Aim {
  order: Order;
  shipment: Shipment;
}

/** The orders that are meant; throws when there is none. */
export function ordersOf({ orders }: Tenant, { reference, orderId }: Target): Order[] {
  if ((reference === undefined) === (orderId === undefined)) throw new Error('Name the order by reference or orderId.');
  const one = orderId === undefined ? undefined : orders.byId(orderId);
  const found = reference === undefined ? (one === undefined ? [] : [one]) : orders.byReference(reference);
  if (found.length === 0) throw new Error(`There is no order ${reference ?? orderId}.`);
  return found;
}

/** The shipments that are meant: the one named, else the open ones, else all, which then cannot. */
export function aimsOf(tenant: Tenant, target: Target, isMeant = (shipment: Shipment) => !hasEnded(shipment)): Aim[] {
  const aims = ordersOf(tenant, target).flatMap((order) => {
    const { shipments } = currentState(order);
    if (shipments.length === 0) throw new Error(`Order ${order.id} has no shipment yet.`);
    return shipments.map((shipment) => ({ order, shipment }));
  });
  if (target.shipmentId !== undefined) {
    const named = aims.filter(({ shipment }) => shipment.id === target.shipmentId);
    if (named.length === 0) throw new Error(`There is no shipment ${target.shipmentId} there.`);
    return named;
  }
  const meant = aims.filter(({ shipment }) => isMeant(shipment));
  return meant.length > 0 ? meant : aims;
}

/** What is told in lines can be meant for one shipment only. */
export function expectOneEach(aims: readonly Aim[]): void {
  if (new Set(aims.map(({ order }) => order.id)).size < aims.length) {
    throw new Error('The order has several such shipments: name one by shipmentId.');
  }
}

export function shipmentIn({ shipments }: OrderState, id: string): Shipment {
  const found = shipments.find((shipment) => shipment.id === id);
  if (found === undefined) throw new Error(`there is no shipment ${id}`);
  return found;
}

export function nameOf(order: Order, shipment: Shipment): string {
  return `Shipment ${shipment.id} of order ${order.primaryReference}`;
}
