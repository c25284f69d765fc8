import { type Answer, jsonAnswer } from '../answer.js';
import { changeRequest } from './fulfillment.js';
import { expectIn } from './order-book.js';
import { integerIn, isAfter, isSame, pageOf, timeIn } from './query.js';
import { notFound } from './refusals.js';
import { type ApiRequest, type ApiRoute, bodyOf, emptyAnswer, idIn, interactionOf } from './route.js';
import { createSchema, deleteSchema, patchSchema } from './shipment-schema.js';
import { listedShipments, requestNamed, shipmentOf } from './shipment-search.js';
import { shipmentView } from './shipment-view.js';
import { ship } from './shipping.js';

const writers = ['account', 'source'] as const;
const readers = ['account', 'source', 'channel'] as const;

export const shipmentRoutes: readonly ApiRoute[] = [
  {
    operation: 'shipments.create',
    method: 'POST',
    path: '/shipments',
    tokens: writers,
    handle: (request) => {
      const { tenant } = request;
      const body = bodyOf(request, createSchema);
      const { order, request: found } = requestNamed(request, body);
      const { shipmentItems, shippedAt, suppressed, trackingUrl, carrier, method, note, shippingCost, ...rest } =
        body.shipment;
      const shipmentId = changeRequest(tenant, order, found.id, interactionOf(request), (change) =>
        ship(tenant, change, {
          ...rest,
          trackingUrl: trackingUrl ?? null,
          carrier: carrier ?? null,
          method: method ?? null,
          note: note ?? null,
          shippingCost: shippingCost ?? null,
          shippedAt: shippedAt ?? change.now,
          suppressed: suppressed ?? false,
          items: shipmentItems,
          allowDuplicateTrackingNumbers: body.allowDuplicateTrackingNumbers ?? false,
        }),
      );
      return shown(request, shipmentId);
    },
  },
  {
    operation: 'shipments.list',
    method: 'GET',
    path: '/shipments',
    tokens: readers,
    handle: (request) => {
      const { query } = request;
      const orderId = integerIn(query, 'findByOrderId');
      const requestId = integerIn(query, 'findByPurchaseOrderId');
      const createdAfter = timeIn(query, 'filterCreatedAfter');
      const updatedAfter = timeIn(query, 'filterUpdatedAfter');
      const found = listedShipments(request).filter(
        ({ order, request: each, shipment }) =>
          isSame(order.id, orderId) &&
          isSame(each.id, requestId) &&
          isAfter(shipment.insertedAt, createdAfter) &&
          isAfter(shipment.updatedAt, updatedAfter),
      );
      const page = pageOf(found, query, { page: 'filterPageNumber', size: 'filterPageSize' });
      return jsonAnswer(
        200,
        page.map(({ order, request: each, shipment }) => shipmentView(order, each, shipment)),
      );
    },
  },
  {
    operation: 'shipments.get',
    method: 'GET',
    path: '/shipments/:id',
    tokens: readers,
    handle: (request) => shown(request, idIn(request)),
  },
  {
    operation: 'shipments.update',
    method: 'PATCH',
    // Its id is in the body.
    path: '/shipments',
    tokens: writers,
    handle: (request) => {
      const { id: shipmentId, ...changes } = bodyOf(request, patchSchema);
      const { order, request: found } = shipmentOf(request, shipmentId);
      changeRequest(request.tenant, order, found.id, interactionOf(request), (change) => {
        const shipment = expectIn(change.request.shipments, shipmentId, 'shipment');
        // Only what is not null changes.
        const set = Object.entries(changes).filter(([, value]) => value != null);
        Object.assign(shipment, Object.fromEntries(set), { updatedAt: change.now });
        change.record('shipment_changed');
      });
      return shown(request, shipmentId);
    },
  },
  {
    operation: 'shipments.deleteItems',
    method: 'DELETE',
    // Singular, unlike all others.
    path: '/shipment/:id/shipment-item',
    tokens: writers,
    handle: (request) => {
      const shipmentId = idIn(request);
      const { shipmentItemIds } = bodyOf(request, deleteSchema);
      const { order, request: found, shipment } = shipmentOf(request, shipmentId);
      const missing = shipmentItemIds.find((itemId) => !shipment.items.some((item) => item.id === itemId));
      if (missing !== undefined) throw notFound('shipment item', missing);
      changeRequest(request.tenant, order, found.id, interactionOf(request), (change) => {
        const draft = expectIn(change.request.shipments, shipmentId, 'shipment');
        draft.items = draft.items.filter((item) => !shipmentItemIds.includes(item.id));
        draft.updatedAt = change.now;
        change.record('shipment_changed');
      });
      return emptyAnswer(200);
    },
  },
];

function shown(request: ApiRequest, shipmentId: number): Answer {
  const { order, request: found, shipment } = shipmentOf(request, shipmentId);
  return jsonAnswer(200, shipmentView(order, found, shipment));
}
