import { addressView } from './address-view.js';
import { invoiceView } from './invoice-view.js';
import type { FulfillmentRequest, FulfillmentRequestItem, Order, OrderState } from './orders.js';
import { fulfillmentStatus, shipped } from './quantities.js';
import { flxpointSeed } from './seed.js';
import { shipmentView } from './shipment-view.js';
import { completion, fulfillmentRequestStatuses } from './statuses.js';
import { amount, isoTime, isoTimeOrNull } from './times.js';

const fulfillmentStatusNames = {
  awaiting_shipment: 'Awaiting Shipment',
  partially_shipped: 'Partially Shipped',
  shipped: 'Shipped',
  canceled: 'Canceled',
} as const;

/** A request as `/fulfillment-requests` and every order show it. */
export function requestView(order: Order, state: OrderState, request: FulfillmentRequest): object {
  const { fulfillmentRequestNumber, status, fulfillment, type, items, ...rest } = document(order, state, request);
  return {
    id: request.id,
    fulfillmentRequestNumber,
    ...rest,
    fulfillmentRequestStatus: status,
    fulfillmentRequestFulfillmentStatus: fulfillment,
    fulfillmentRequestItems: items.map(({ subtotal, ...item }) => ({
      ...item,
      fulfillmentRequestId: request.id,
      customFields: [],
      subtotal,
    })),
    fulfillmentRequestAttributes: [],
    fulfillmentRequestType: type,
    fulfillmentRequestReceivedStatus: null,
    fulfillmentRequestPackage: null,
    customFields: [],
  };
}

/** The same document under its older name, with subtotals as text. */
export function purchaseOrderView(order: Order, state: OrderState, request: FulfillmentRequest): object {
  const { fulfillmentRequestNumber, status, fulfillment, type, items, ...rest } = document(order, state, request);
  return {
    id: request.id,
    purchaseOrderNumber: fulfillmentRequestNumber,
    ...rest,
    purchaseOrderStatus: status,
    purchaseOrderFulfillmentStatus: fulfillment,
    purchaseOrderItems: items.map(({ subtotal, ...item }) => ({
      ...item,
      purchaseOrderId: request.id,
      subtotal: String(subtotal),
    })),
    purchaseOrderAttributes: [],
    purchaseOrderType: type,
    purchaseOrderReceivedStatus: null,
    purchaseOrderPackage: null,
  };
}

/** What both names have. */
function document(order: Order, state: OrderState, request: FulfillmentRequest) {
  const quantity = request.items.reduce((sum, item) => sum + item.quantity, 0);
  const shippedQuantity = request.items.reduce((sum, item) => sum + shipped(item, request), 0);
  const fulfillment = fulfillmentStatus(request);
  return {
    fulfillmentRequestNumber: request.fulfillmentRequestNumber,
    orderId: order.id,
    sentAt: isoTimeOrNull(request.sentAt),
    sourceId: request.sourceId,
    acknowledgedAt: isoTimeOrNull(request.acknowledgedAt),
    secondaryAcknowledgedAt: null,
    canceledAt: isoTimeOrNull(request.canceledAt),
    shippingAddress: addressView(shipTo(state, request)),
    billingAddress: addressView(state.billingAddress),
    shippingText: null,
    note: null,
    confirmationNumber: request.confirmationNumber,
    shippedStatus: completion(shippedQuantity, quantity),
    generatedAt: isoTime(request.generatedAt),
    voidedAt: isoTimeOrNull(request.voidedAt),
    accountId: flxpointSeed.accountId,
    totalItems: request.items.length,
    totalCost: amount(request.items.reduce((sum, item) => sum + item.cost * item.quantity, 0)),
    totalQuantity: quantity,
    shippedQuantity,
    estimatedShippingCost: null,
    estimatedDropshipFee: null,
    sourceShippingMethod: null,
    suppressTracking: false,
    beingProcessed: false,
    totalSourceInvoices: request.invoices.length,
    fflInfoRequired: request.handle === 'additional_info_required',
    lastModifiedAt: isoTime(request.lastModifiedAt),
    accountingSynced: false,
    externalAccountingId: null,
    holdUntil: null,
    rateShoppedId: null,
    packageDimensionUnit: null,
    packageLength: null,
    packageWidth: null,
    packageHeight: null,
    packageWeightUnit: null,
    packageWeight: null,
    channelId: order.channelId,
    crossDockPurchaseOrderId: request.crossDockPurchaseOrderId,
    voidedReason: request.voidedReason,
    processingErrorReason: request.processingErrorReason,
    cancelReason: request.cancelReason,
    shipments: request.shipments.map((shipment) => shipmentView(order, request, shipment)),
    invoices: request.invoices.map((invoice) => invoiceView(request, invoice)),
    shippingAddressId: shipTo(state, request)?.id ?? null,
    billingAddressId: state.billingAddress?.id ?? null,
    sourceShippingMethodId: null,
    shippingDistance: null,
    carrierCode: null,
    methodCode: null,
    buyShippingLabel: false,
    orderFFL: null,
    totalWeight: null,
    attachmentLinks: [],
    shippingLabelAttachmentLink: null,
    packingSlipAttachmentLink: null,
    tags: [],
    fullyReceivedAt: null,
    status: { name: fulfillmentRequestStatuses[request.handle] ?? request.handle, handle: request.handle },
    fulfillment: { name: fulfillmentStatusNames[fulfillment], handle: fulfillment },
    type: { id: 2, name: 'Fulfillment Order', abbreviation: 'FO', handle: 'fulfillment_request' },
    items: request.items.map((item, index) => itemView(request, item, index)),
  };
}

/** The ship-to of the lines in it; the order's where they have none of their own. */
function shipTo({ items, shippingAddress }: OrderState, request: FulfillmentRequest) {
  const [first] = request.items;
  return items.find(({ id }) => id === first?.orderItemId)?.shippingAddress ?? shippingAddress;
}

function itemView(request: FulfillmentRequest, item: FulfillmentRequestItem, index: number) {
  return {
    id: item.id,
    sku: item.sku,
    quantity: item.quantity,
    cost: item.cost,
    itemReferenceId: null,
    referenceId: null,
    shippedQuantity: shipped(item, request),
    voidedQuantity: item.voidedQuantity,
    acknowledgedQuantity: item.acknowledgedQuantity,
    secondaryAcknowledgedQuantity: item.secondaryAcknowledgedQuantity,
    inventoryVariantId: item.inventoryVariantId,
    orderItemId: item.orderItemId,
    title: item.title,
    externalAccountingItemId: null,
    canceledQuantity: item.canceledQuantity,
    weightUnit: null,
    weight: null,
    dimensionUnit: null,
    length: null,
    width: null,
    height: null,
    upc: null,
    mpn: null,
    attributes: [],
    bundleComponents:
      item.componentId === null
        ? []
        : [{ fulfillmentRequestItemId: item.id, orderItemBundleComponentId: item.componentId }],
    lineItemNumber: index + 1,
    binLocation: null,
    subtotal: amount(item.cost * item.quantity),
  };
}
