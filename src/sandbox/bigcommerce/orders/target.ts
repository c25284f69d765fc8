import { notFound } from '../refusals.js';
import { type ApiRequest, idIn } from '../route.js';
import { currentState, type Order, type OrderState } from './order.js';

/** The order of the path with its state. What is archived, or too new for the reading side, is not there. */
export function orderOf(request: ApiRequest, name = 'orderId'): { order: Order; state: OrderState } {
  const { store } = request;
  const order = store.orders.byId(idIn(request, name));
  if (order === undefined) throw notFound();
  const state = currentState(order);
  if (state.archivedAt !== null && store.settings.archivedAnswer === 404) throw notFound();
  return { order, state };
}

/** The same, for a read of the order itself. */
export function readableOrderOf(request: ApiRequest): { order: Order; state: OrderState } {
  const found = orderOf(request);
  const { clock, settings } = request.store;
  const [first] = found.order.versions;
  if (first !== undefined && clock.now() < first.at + settings.readLagMs) throw notFound();
  return found;
}
