import { z } from 'zod';
import { jsonAnswer } from '../answer.js';
import { changeRequest } from './fulfillment.js';
import { expectIn, shipmentIn } from './order-book.js';
import { currentState, type FulfillmentRequest, type Order, type Shipment } from './orders.js';
import { integerIn, isAfter, isSame, pageOf, timeIn } from './query.js';
import { notFound, refused } from './refusals.js';
import { type ApiRequest, type ApiRoute, bodyOf, emptyAnswer, idIn, interactionOf, requestOf, sees } from './route.js';
import { flxpointSeed } from './seed.js';
import { shipmentView } from './shipment-view.js';
import { ship } from './shipping.js';

const text = z.string().nullish();
const id = z.int().nullish();
const time = z.iso
  .datetime({ offset: true })
  .nullish()
  .transform((value) => (value == null ? undefined : Date.parse(value)));
const customFields = z
  .array(z.object({ name: z.string(), value: z.string() }))
  .nullish()
  .transform((list) => list ?? []);

const facts = {
  trackingUrl: text,
  carrier: text,
  method: text,
  note: text,
  shippedAt: time,
  shippingCost: z.number().nullish(),
  suppressed: z.boolean().nullish(),
};

const createSchema = z.object({
  fulfillmentRequestId: id,
  purchaseOrderId: id,
  purchaseOrderNumber: text,
  sourceId: id,
  allowDuplicateTrackingNumbers: z.boolean().nullish(),
  shipment: z.object({
    trackingNumber: z.string().min(1),
    ...facts,
    customFields,
    shipmentItems: z
      .array(
        z
          .object({
            quantity: z.int().min(1),
            sku: text,
            inventoryVariantId: id,
            orderItemId: id,
            purchaseOrderItemId: id,
            rmaItemId: id,
            customFields,
          })
          .refine(
            (item) =>
              [item.sku, item.inventoryVariantId, item.orderItemId, item.purchaseOrderItemId].some(
                (name) => name != null,
              ),
            'an item needs sku, inventoryVariantId, orderItemId or purchaseOrderItemId',
          ),
      )
      .min(1),
  }),
});

/** Items are taken off with a call of their own; here neither they nor the request of a shipment are changed. */
const patchSchema = z.object({ id: z.int(), trackingNumber: text, ...facts });

const deleteSchema = z.object({ shipmentItemIds: z.array(z.int()) });

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
      const found = listed(request).filter(
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

interface FoundShipment {
  order: Order;
  request: FulfillmentRequest;
  shipment: Shipment;
}

/** What the list shows by now of the shipments that the token may see, the oldest first. */
function listed({ tenant, caller }: ApiRequest): FoundShipment[] {
  return tenant.orders
    .all()
    .filter(({ channelId }) => sees(caller.channelId, channelId))
    .flatMap((order) =>
      (tenant.orders.readable(order)?.fulfillmentRequests ?? [])
        .filter(({ sourceId }) => sees(caller.sourceId, sourceId))
        .flatMap((request) => request.shipments.map((shipment) => ({ order, request, shipment }))),
    )
    .sort((one, other) => one.shipment.insertedAt - other.shipment.insertedAt || one.shipment.id - other.shipment.id);
}

function shipmentOf({ tenant, caller }: ApiRequest, shipmentId: number): FoundShipment {
  for (const order of tenant.orders.all()) {
    const [request, shipment] = shipmentIn(currentState(order), shipmentId) ?? [];
    if (request === undefined || shipment === undefined) continue;
    if (sees(caller.channelId, order.channelId) && sees(caller.sourceId, request.sourceId)) {
      return { order, request, shipment };
    }
  }
  throw notFound('shipment', shipmentId);
}

function shown(request: ApiRequest, shipmentId: number) {
  const { order, request: found, shipment } = shipmentOf(request, shipmentId);
  return jsonAnswer(200, shipmentView(order, found, shipment));
}

/** By its id, by the older name of that, or by its number, which only a source makes unique. */
function requestNamed(request: ApiRequest, body: z.output<typeof createSchema>) {
  const { tenant, caller } = request;
  const { fulfillmentRequestId, purchaseOrderId, purchaseOrderNumber, sourceId } = body;
  if (caller.sourceId !== null && sourceId != null && sourceId !== caller.sourceId) {
    throw refused(400, `The token is of source ${caller.sourceId}, not ${sourceId}`);
  }
  if (sourceId != null && !flxpointSeed.sources.some((source) => source.id === sourceId)) {
    throw notFound('source', sourceId);
  }
  const named = fulfillmentRequestId ?? purchaseOrderId;
  if (named != null) return requestOf(request, named);
  if (purchaseOrderNumber == null) throw refused(400, 'fulfillmentRequestId has to be sent');
  const ofSource = caller.sourceId ?? sourceId;
  if (ofSource == null) throw refused(400, 'purchaseOrderNumber needs sourceId beside it');
  for (const order of tenant.orders.all()) {
    const found = currentState(order).fulfillmentRequests.find(
      (each) => each.fulfillmentRequestNumber === purchaseOrderNumber && each.sourceId === ofSource,
    );
    if (found !== undefined) return { order, request: found };
  }
  throw notFound('fulfillment request', purchaseOrderNumber);
}
