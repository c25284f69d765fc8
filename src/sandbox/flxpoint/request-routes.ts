import { z } from 'zod';
import { type Answer, jsonAnswer } from '../answer.js';
import { adjust } from './adjustment.js';
import { adjustCommittedStock, cancelRequest, changeRequest, move, type RequestChange } from './fulfillment.js';
import { requestIn } from './order-book.js';
import { currentState, type Order } from './orders.js';
import { integerIn, isSame, pageOf, textIn } from './query.js';
import { refused } from './refusals.js';
import { listedRequests, searchedRequests } from './request-search.js';
import { requestView } from './request-view.js';
import { type ApiRequest, type ApiRoute, bodyOf, emptyAnswer, idIn, interactionOf, requestOf } from './route.js';

const count = z.int().min(0).nullish();
const adjustmentSchema = z.object({
  items: z
    .array(
      z.object({
        id: z.int().nullish(),
        sku: z.string().nullish(),
        acknowledgedQuantity: count,
        secondaryAcknowledgedQuantity: count,
        cancelledQuantity: count,
      }),
    )
    .nullish()
    .transform((list) => list ?? []),
  killOrFillType: z
    .enum(['fill', 'kill'])
    .nullish()
    .transform((type) => type ?? 'fill'),
  cancelUnacknowledgedItemQuantity: z
    .boolean()
    .nullish()
    .transform((flag) => flag ?? false),
});

const releaseSchema = z.object({
  onlyReleaseFulfillmentRequestItemIds: z.array(z.int()).nullish(),
  onlyReleaseFulfillmentRequestItemSkus: z.array(z.string()).nullish(),
});

const tokens = ['account', 'source'] as const;
const path = '/fulfillment-requests/:fulfillmentRequestId';

export const requestRoutes: readonly ApiRoute[] = [
  {
    operation: 'fulfillmentRequests.list',
    method: 'GET',
    path: '/fulfillment-requests',
    tokens,
    handle: (request) => {
      const names = { page: 'filterPageNumber', size: 'filterPageSize' };
      const found = pageOf(searchedRequests(request, 'frNumbers'), request.query, names);
      return jsonAnswer(
        200,
        found.map(({ order, state, request: each }) => requestView(order, state, each)),
      );
    },
  },
  {
    operation: 'fulfillmentRequests.count',
    method: 'GET',
    path: '/fulfillment-requests/count',
    tokens,
    handle: (request) => jsonAnswer(200, { count: searchedRequests(request, 'fulfillmentRequestNumbers').length }),
  },
  {
    operation: 'fulfillmentRequests.takeProcessing',
    method: 'GET',
    // It moves all that it gives to Processed, whether the answer arrives or not.
    kind: 'write',
    path: '/fulfillment-requests/processing',
    tokens,
    handle: (request) => {
      const sourceId = integerIn(request.query, 'filterSourceId');
      const found = listedRequests(request).filter(
        ({ order, request: { id, sourceId: each } }) =>
          isSame(each, sourceId) && requestIn(currentState(order), id).handle === 'processing',
      );
      for (const { order, request: each } of found) {
        changeRequest(request.tenant, order, each.id, interactionOf(request), (change) => move(change, 'process'));
      }
      return jsonAnswer(
        200,
        found.map(({ order, request: { id } }) => current(order, id)),
      );
    },
  },
  {
    operation: 'fulfillmentRequests.get',
    method: 'GET',
    path,
    tokens,
    handle: (request) => {
      const { order, request: found } = requestOf(request, idIn(request, 'fulfillmentRequestId'));
      return jsonAnswer(200, current(order, found.id));
    },
  },
  changing('fulfillmentRequests.process', 'PATCH', '/processed', (change) => {
    // Documented: a repeat is answered as the first.
    if (change.request.handle !== 'processed') move(change, 'process');
    return emptyAnswer(200);
  }),
  changing('fulfillmentRequests.fail', 'PATCH', '/processing-failed', (change, { query }) => {
    const error = textIn(query, 'error');
    if (error === undefined) throw refused(400, 'error has to be sent');
    move(change, 'fail');
    change.request.processingErrorReason = error;
    return emptyAnswer(204);
  }),
  changing('fulfillmentRequests.acknowledge', 'PATCH', '/acknowledge', (change) => {
    const { id, handle } = change.request;
    // These words are what callers look for.
    if (handle === 'acknowledged') throw refused(400, `Fulfillment request ${id} is already acknowledged`);
    move(change, 'acknowledge');
    return emptyAnswer(200);
  }),
  changing('fulfillmentRequests.cancel', 'PATCH', '/cancel', (change) => {
    cancelRequest(change, null, 'fill');
    return emptyAnswer(200);
  }),
  changing('fulfillmentRequests.adjust', 'POST', '/adjust', (change, request, order) => {
    adjust(change, bodyOf(request, adjustmentSchema));
    return jsonAnswer(200, requestView(order, change.draft, change.request));
  }),
  changing('fulfillmentRequests.adjustCommittedStock', 'PATCH', '/committed-stock', (change) => {
    adjustCommittedStock(change);
    return emptyAnswer(200);
  }),
  changing('fulfillmentRequests.releaseCommittedStock', 'DELETE', '/committed-stock', (change, request) => {
    const only = request.body === undefined || request.body === '' ? {} : bodyOf(request, releaseSchema);
    const ids = only.onlyReleaseFulfillmentRequestItemIds;
    const skus = only.onlyReleaseFulfillmentRequestItemSkus;
    for (const item of change.request.items) {
      const isMeant = ids == null && skus == null ? true : ids?.includes(item.id) || skus?.includes(item.sku);
      if (isMeant === true) item.committedQuantity = 0;
    }
    return emptyAnswer(200);
  }),
];

/** A call that changes one request, or nothing when it is refused. */
function changing(
  operation: string,
  method: 'PATCH' | 'POST' | 'DELETE',
  below: string,
  work: (change: RequestChange, request: ApiRequest, order: Order) => Answer,
): ApiRoute {
  return {
    operation,
    method,
    path: `${path}${below}`,
    tokens,
    handle: (request) => {
      const { order, request: found } = requestOf(request, idIn(request, 'fulfillmentRequestId'));
      return changeRequest(request.tenant, order, found.id, interactionOf(request), (change) =>
        work(change, request, order),
      );
    },
  };
}

function current(order: Order, id: number): object {
  const state = currentState(order);
  return requestView(order, state, requestIn(state, id));
}
