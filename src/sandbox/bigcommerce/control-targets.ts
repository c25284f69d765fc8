import type { OrderOutcome } from './control-inputs.js';
import { currentState, type Order, type OrderState } from './orders/order.js';
import type { Store } from './store.js';

export function orderWith({ orders }: Store, orderId: number): Order {
  const order = orders.byId(orderId);
  if (order === undefined) throw new Error(`There is no order ${orderId}.`);
  return order;
}

/** Changes an order as a person does. */
export function changed(store: Store, orderId: number, change: (draft: OrderState) => void): OrderOutcome {
  const order = orderWith(store, orderId);
  store.orders.change(order, 'person', change);
  return outcomeOf(order);
}

export function outcomeOf(order: Order): OrderOutcome {
  const { statusId, paymentStatus, lines } = currentState(order);
  return { orderId: order.id, statusId, paymentStatus, orderProductIds: lines.map(({ id }) => id) };
}
