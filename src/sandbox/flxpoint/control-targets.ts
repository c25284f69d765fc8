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
