import type { z } from 'zod';
import { shipmentIn } from './order-book.js';
import { currentState, type FulfillmentRequest, type Order, type Shipment } from './orders.js';
import { notFound, refused } from './refusals.js';
import { type ApiRequest, requestOf, sees } from './route.js';
import { flxpointSeed } from './seed.js';
import type { createSchema } from './shipment-schema.js';

interface FoundShipment {
  order: Order;
  request: FulfillmentRequest;
  shipment: Shipment;
}

/** What the list shows by now of the shipments that the token may see, the oldest first. */
export function listedShipments({ tenant, caller }: ApiRequest): FoundShipment[] {
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

export function shipmentOf({ tenant, caller }: ApiRequest, shipmentId: number): FoundShipment {
  for (const order of tenant.orders.all()) {
    const [request, shipment] = shipmentIn(currentState(order), shipmentId) ?? [];
    if (request === undefined || shipment === undefined) continue;
    if (sees(caller.channelId, order.channelId) && sees(caller.sourceId, request.sourceId)) {
      return { order, request, shipment };
    }
  }
  throw notFound('shipment', shipmentId);
}

/** By its id, by the older name of that, or by its number, which only a source makes unique. */
export function requestNamed(request: ApiRequest, body: z.output<typeof createSchema>) {
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
