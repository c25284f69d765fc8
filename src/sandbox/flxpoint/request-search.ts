import type { FulfillmentRequest, Order, OrderState } from './orders.js';
import { fulfillmentStatus } from './quantities.js';
import { commaListIn, flagIn, integerIn, isAfter, isOneOf, isSame, largestPage, listIn, timeIn } from './query.js';
import { type ApiRequest, sees } from './route.js';
import { statusFilterNames } from './statuses.js';

export interface FoundRequest {
  order: Order;
  state: OrderState;
  request: FulfillmentRequest;
}

/** Words of `filterFulfilmentStatus`. */
const fulfillmentFilterNames = {
  awaiting_shipment: 'Awaiting Shipment',
  partially_shipped: 'Partially Shipped',
  shipped: 'Shipped',
  canceled: 'Canceled',
} as const;

/** What a list shows by now of the requests that the token may see, in the order of their numbers. */
export function listedRequests({ tenant, caller }: ApiRequest): FoundRequest[] {
  return tenant.orders
    .all()
    .flatMap((order) => {
      const state = tenant.orders.readable(order);
      return (state?.fulfillmentRequests ?? []).flatMap((request) =>
        state !== undefined && sees(caller.sourceId, request.sourceId) ? [{ order, state, request }] : [],
      );
    })
    .sort((one, other) => one.request.id - other.request.id);
}

/** The search of list and count. They differ in the name of one filter: `numbersName`. */
export function searchedRequests(
  request: ApiRequest,
  numbersName: 'frNumbers' | 'fulfillmentRequestNumbers',
): FoundRequest[] {
  const { query } = request;
  const orderId = integerIn(query, 'findOrderId');
  const sinceId = integerIn(query, 'sinceId') ?? 0;
  const numbers = [numbersName, 'poNumbers'].flatMap((name) => listIn(query, name, largestPage) ?? []);
  const sourceId = integerIn(query, 'filterSourceId');
  const statuses = commaListIn(query, 'filterStatus');
  // With one l after fulfi.
  const fulfillment = commaListIn(query, 'filterFulfilmentStatus');
  const invoiced = flagIn(query, 'filterInvoiced');
  const acknowledged = flagIn(query, 'filterIsAcknowledged');
  const sent = flagIn(query, 'filterIsSent');
  const canceled = flagIn(query, 'filterIsCanceled');
  const acknowledgedAfter = timeIn(query, 'filterAcknowledgedAfter');
  const sentAfter = timeIn(query, 'filterSentAfter');
  const generatedAfter = timeIn(query, 'filterGeneratedAfter');
  const canceledAfter = timeIn(query, 'filterCanceledAfter');
  return listedRequests(request).filter(
    ({ order, request: each }) =>
      each.id > sinceId &&
      isSame(order.id, orderId) &&
      isOneOf(each.fulfillmentRequestNumber, numbers.length > 0 ? numbers : undefined) &&
      isSame(each.sourceId, sourceId) &&
      isOneOf(statusFilterNames[each.handle] ?? each.handle, statuses) &&
      isOneOf<string>(fulfillmentFilterNames[fulfillmentStatus(each)], fulfillment) &&
      isSame(each.invoices.length > 0, invoiced) &&
      isSame(each.acknowledgedAt !== null, acknowledged) &&
      isSame(each.sentAt !== null, sent) &&
      isSame(each.canceledAt !== null, canceled) &&
      isAfter(each.acknowledgedAt, acknowledgedAfter) &&
      isAfter(each.sentAt, sentAfter) &&
      isAfter(each.generatedAt, generatedAfter) &&
      isAfter(each.canceledAt, canceledAfter),
  );
}
