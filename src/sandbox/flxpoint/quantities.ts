import type { BundleComponent, FulfillmentRequest, FulfillmentRequestItem, OrderItem, OrderState } from './orders.js';
import { hasEnded } from './statuses.js';

/** What of a request's line counts for something. */
export type Measure = (item: FulfillmentRequestItem, request: FulfillmentRequest) => number;

/** How much of a request's line can still be shipped or has been. */
export const live: Measure = (item, { handle }) =>
  hasEnded(handle) ? 0 : item.quantity - item.canceledQuantity - item.voidedQuantity;

export const acknowledged: Measure = (item) => item.acknowledgedQuantity;

/** Whatever became of the request afterwards. */
export const shipped: Measure = (item, { shipments }) =>
  shipments
    .flatMap(({ items }) => items)
    .filter(({ fulfillmentRequestItemId }) => fulfillmentRequestItemId === item.id)
    .reduce((sum, { quantity }) => sum + quantity, 0);

/**
 * So many of an order's line are in a request. The line of a bundle is there once for each of its components, in their
 * numbers: only complete bundles count.
 */
export function unitsIn(item: OrderItem, request: FulfillmentRequest, measure: Measure): number {
  const ofItem = request.items.filter(({ orderItemId }) => orderItemId === item.id);
  const sum = (items: readonly FulfillmentRequestItem[]) =>
    items.reduce((total, each) => total + measure(each, request), 0);
  if (item.components.length === 0) return sum(ofItem);
  const complete = item.components.map(({ id, componentQuantity }) =>
    Math.floor(sum(ofItem.filter(({ componentId }) => componentId === id)) / componentQuantity),
  );
  return Math.min(...complete);
}

/** So many of a bundle's component are in the requests of the order, in its own numbers. */
export function partsOf({ id }: BundleComponent, { fulfillmentRequests }: OrderState, measure: Measure): number {
  return fulfillmentRequests
    .flatMap((request) => request.items.map((item) => ({ item, request })))
    .filter(({ item }) => item.componentId === id)
    .reduce((sum, { item, request }) => sum + measure(item, request), 0);
}

/** What of a line is in all requests of the order. */
export function unitsOf(item: OrderItem, { fulfillmentRequests }: OrderState, measure: Measure): number {
  return fulfillmentRequests.reduce((sum, request) => sum + unitsIn(item, request, measure), 0);
}

/** What no request has taken and nobody has canceled. */
export function unallocated(item: OrderItem, state: OrderState): number {
  return item.quantity - item.canceledQuantity - unitsOf(item, state, live);
}

export function returned({ id }: OrderItem, { returns }: OrderState): number {
  return returns
    .filter(({ status }) => status !== 'cancelled')
    .flatMap(({ items }) => items)
    .filter(({ orderItemId }) => orderItemId === id)
    .reduce((sum, { returnQuantity }) => sum + returnQuantity, 0);
}

export type FulfillmentStatus = 'awaiting_shipment' | 'partially_shipped' | 'shipped' | 'canceled';

export function fulfillmentStatus(request: FulfillmentRequest): FulfillmentStatus {
  const gone = request.items.reduce((sum, item) => sum + shipped(item, request), 0);
  const there = request.items.reduce((sum, item) => sum + item.quantity - item.canceledQuantity, 0);
  if (gone === 0) return request.handle === 'canceled' ? 'canceled' : 'awaiting_shipment';
  return gone < there ? 'partially_shipped' : 'shipped';
}
