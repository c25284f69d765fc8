import type { FulfillmentRequest, Order, Shipment } from './orders.js';
import { fulfillmentStatus } from './quantities.js';
import { flxpointSeed } from './seed.js';
import { isoTime } from './times.js';

/** A shipment as `/shipments` and every request show it. */
export function shipmentView(order: Order, request: FulfillmentRequest, shipment: Shipment): object {
  return {
    id: shipment.id,
    note: shipment.note,
    trackingUrl: shipment.trackingUrl,
    trackingNumber: shipment.trackingNumber,
    carrier: shipment.carrier,
    method: shipment.method,
    shippedAt: isoTime(shipment.shippedAt),
    insertedAt: isoTime(shipment.insertedAt),
    shippingCost: shipment.shippingCost,
    orderId: order.id,
    purchaseOrderId: request.id,
    fulfillmentRequestId: request.id,
    rmaId: null,
    sourceId: request.sourceId,
    accountId: flxpointSeed.accountId,
    partial: fulfillmentStatus(request) !== 'shipped',
    suppressed: shipment.suppressed,
    syncedToChannel: false,
    syncError: null,
    crossDockPurchaseOrderId: null,
    shipmentItems: shipment.items.map((item) => ({
      id: item.id,
      sku: item.sku,
      quantity: item.quantity,
      shipmentId: shipment.id,
      inventoryVariantId: item.inventoryVariantId,
      partial: item.quantity < (request.items.find(({ id }) => id === item.fulfillmentRequestItemId)?.quantity ?? 0),
      orderItemId: item.orderItemId,
      purchaseOrderItemId: item.fulfillmentRequestItemId,
      fulfillmentRequestItemId: item.fulfillmentRequestItemId,
      committedStockReleasedQuantity: item.quantity,
      rmaItemId: item.rmaItemId,
      customFields: item.customFields,
    })),
    customFields: shipment.customFields,
    updatedAt: isoTime(shipment.updatedAt),
    accountingSynced: false,
  };
}
