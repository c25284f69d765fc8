import type { OrderOutcome, RequestOutcome } from './control-inputs.js';
import { changeRequest, type RequestChange } from './fulfillment.js';
import { requestIn } from './order-book.js';
import { currentState, type Order } from './orders.js';
import type { Tenant } from './tenant.js';

export function orderWith(tenant: Tenant, orderId: number): Order {
  return expectOrder(tenant.orders.byId(orderId), `order ${orderId}`);
}

export function orderOfItem(tenant: Tenant, orderItemId: number): Order {
  return expectOrder(tenant.orders.byItem(orderItemId), `order item ${orderItemId}`);
}

export function orderOfRequest(tenant: Tenant, fulfillmentRequestId: number): Order {
  return expectOrder(tenant.orders.byRequest(fulfillmentRequestId), `fulfillment request ${fulfillmentRequestId}`);
}

/** A request by its own id, or as the newest one of an order. */
export interface RequestName {
  fulfillmentRequestId?: number | undefined;
  orderId?: number | undefined;
}

/** The id of the request. */
export function requestNamed(tenant: Tenant, { fulfillmentRequestId, orderId }: RequestName): number {
  if (fulfillmentRequestId !== undefined) return fulfillmentRequestId;
  if (orderId === undefined) throw new Error('A request is named by its fulfillmentRequestId, or by its orderId.');
  const newest = currentState(orderWith(tenant, orderId)).fulfillmentRequests.at(-1);
  if (newest === undefined) throw new Error(`Order ${orderId} has no fulfillment request.`);
  return newest.id;
}

function expectOrder(order: Order | undefined, what: string): Order {
  if (order === undefined) throw new Error(`There is no ${what}.`);
  return order;
}

export function orderOutcome(order: Order): OrderOutcome {
  const { items, orderStatus } = currentState(order);
  return { orderId: order.id, orderNumber: order.orderNumber, orderStatus, orderItemIds: items.map(({ id }) => id) };
}

export function requestOutcome(order: Order, fulfillmentRequestId: number): RequestOutcome {
  const { handle } = requestIn(currentState(order), fulfillmentRequestId);
  return { orderId: order.id, fulfillmentRequestId, handle };
}

/** Changes a request as a person, or the source's own program, does. */
export function changed(
  tenant: Tenant,
  fulfillmentRequestId: number,
  change: (change: RequestChange) => void,
): RequestOutcome {
  const order = orderOfRequest(tenant, fulfillmentRequestId);
  changeRequest(tenant, order, fulfillmentRequestId, 'user', change);
  return requestOutcome(order, fulfillmentRequestId);
}
