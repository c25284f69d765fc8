import { adjustCommittedStock, type RequestChange, statusName } from './fulfillment.js';
import { invoiceFor } from './invoicing.js';
import type { FulfillmentRequest, FulfillmentRequestItem, ShipmentFacts, ShipmentItem } from './orders.js';
import { live, shipped } from './quantities.js';
import { refused } from './refusals.js';
import type { Tenant } from './tenant.js';

export interface NamedValue {
  name: string;
  value: string;
}

/** Which line of a request is meant: by one of these. */
export interface ItemName {
  purchaseOrderItemId?: number | null | undefined;
  orderItemId?: number | null | undefined;
  inventoryVariantId?: number | null | undefined;
  sku?: string | null | undefined;
}

export interface NewShipment extends ShipmentFacts {
  items: readonly (ItemName & {
    quantity: number;
    rmaItemId?: number | null | undefined;
    customFields: readonly NamedValue[];
  })[];
  customFields: readonly NamedValue[];
  allowDuplicateTrackingNumbers: boolean;
}

/** Only what has been sent to its source, or picked up by it, can ship. */
const shippable: ReadonlySet<string> = new Set(['processing', 'processed', 'acknowledged']);

/** Goods of a request leave; gives the shipment's id. */
export function ship(tenant: Tenant, change: RequestChange, wanted: NewShipment): number {
  const { request, now, record } = change;
  const { items, customFields, allowDuplicateTrackingNumbers, ...facts } = wanted;
  if (!shippable.has(request.handle)) {
    throw refused(400, `Fulfillment request ${request.id} is ${statusName(request)}: nothing of it can ship`);
  }
  if (!allowDuplicateTrackingNumbers) refuseTaken(request, facts.trackingNumber);
  const shipment = {
    id: tenant.ids.next('shipment'),
    ...facts,
    insertedAt: now,
    updatedAt: now,
    items: [] as ShipmentItem[],
    customFields: numbered(tenant, customFields),
  };
  request.shipments.push(shipment);
  // One after another: two entries may be of one line.
  for (const { quantity, rmaItemId, customFields: fields, ...name } of items) {
    const item = itemNamed(request, name, quantity);
    shipment.items.push({
      id: tenant.ids.next('shipmentItem'),
      sku: item.sku,
      quantity,
      inventoryVariantId: item.inventoryVariantId,
      orderItemId: item.orderItemId,
      fulfillmentRequestItemId: item.id,
      rmaItemId: rmaItemId ?? null,
      customFields: numbered(tenant, fields),
    });
  }
  record('shipment_added', facts.trackingNumber);
  adjustCommittedStock(change);
  if (tenant.settings.invoiceOnShipment) invoiceFor(tenant, change, shipment);
  return shipment.id;
}

export function refuseTaken({ id, shipments }: FulfillmentRequest, trackingNumber: string): void {
  if (!shipments.some((shipment) => shipment.trackingNumber === trackingNumber)) return;
  throw refused(400, `Fulfillment request ${id} has a shipment with the tracking number ${trackingNumber} already`);
}

export function numbered({ ids }: Tenant, fields: readonly NamedValue[]) {
  return fields.map(({ name, value }) => ({ id: ids.next('customField'), name, value }));
}

/** The first line of that name that has so many left. */
function itemNamed(request: FulfillmentRequest, name: ItemName, quantity: number): FulfillmentRequestItem {
  const { purchaseOrderItemId, orderItemId, inventoryVariantId, sku } = name;
  const named = request.items.filter((item) => {
    if (purchaseOrderItemId != null) return item.id === purchaseOrderItemId;
    if (orderItemId != null) return item.orderItemId === orderItemId;
    if (inventoryVariantId != null) return item.inventoryVariantId === inventoryVariantId;
    return item.sku === sku;
  });
  if (named.length === 0) throw refused(400, `Fulfillment request ${request.id} has no such item`);
  const found = named.find((item) => live(item, request) - shipped(item, request) >= quantity);
  if (found === undefined) throw refused(400, `Fulfillment request ${request.id} has not ${quantity} of it to ship`);
  return found;
}

/** Everything that a request has not shipped yet. */
export function everythingLeft(request: FulfillmentRequest) {
  return request.items
    .map((item) => ({ purchaseOrderItemId: item.id, quantity: live(item, request) - shipped(item, request) }))
    .filter(({ quantity }) => quantity > 0);
}
