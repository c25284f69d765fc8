import { addressView } from './address-view.js';
import { historyTypeNames, interactionNames } from './history-names.js';
import type { BundleComponent, HistoryRecord, Order, OrderItem, OrderState } from './orders.js';
import { acknowledged, live, type Measure, partsOf, returned, shipped, unallocated, unitsOf } from './quantities.js';
import { purchaseOrderView, requestView } from './request-view.js';
import { returnView } from './return-view.js';
import { flxpointSeed } from './seed.js';
import { completion, errorHandles } from './statuses.js';
import { amount, isoTime, isoTimeOrNull } from './times.js';

/** The whole order, as it is read by its id and answered to a new line. */
export function orderView(order: Order, state: OrderState): object {
  return {
    ...head(order, state),
    orderItems: state.items.map((item) => itemView(order, state, item)),
    purchaseOrders: state.fulfillmentRequests.map((request) => purchaseOrderView(order, state, request)),
    fulfillmentRequests: state.fulfillmentRequests.map((request) => requestView(order, state, request)),
    orderInvoice: null,
    orderStatusHistory: state.history.map((record) => historyView(order, record)),
    tags: state.tags,
    attributes: [],
    orderFFL: null,
    returns: state.returns.map((made) => returnView(order, made)),
    poLogs: [],
    orderComments: [],
  };
}

/** An order in a list: which of the nested parts come by themselves is not documented, so none does here. */
export function listedOrderView(order: Order, state: OrderState, includeTags: boolean): object {
  return { ...head(order, state), ...(includeTags && { tags: state.tags }) };
}

function head(order: Order, state: OrderState): object {
  const { items, fulfillmentRequests: requests } = state;
  const wanted = items.reduce((sum, item) => sum + item.quantity - item.canceledQuantity, 0);
  const part = (measure: Measure) =>
    completion(
      items.reduce((sum, item) => sum + unitsOf(item, state, measure), 0),
      wanted,
    );
  const share = (handles: readonly string[]) =>
    completion(requests.filter(({ handle }) => handles.includes(handle)).length, requests.length);
  return {
    id: order.id,
    orderNumber: order.orderNumber,
    referenceNumber: order.referenceNumber,
    orderTotal: amount(items.reduce((sum, item) => sum + item.price * item.quantity, 0)),
    note: null,
    importedFrom: order.channelId,
    orderedAt: isoTime(order.orderedAt),
    insertedAt: isoTime(order.insertedAt),
    updatedAt: isoTime(state.updatedAt),
    shippingText: null,
    acknowledgedStatus: part(acknowledged),
    shippedStatus: part(shipped),
    orderStatus: state.orderStatus,
    shippingAddress: addressView(state.shippingAddress),
    billingAddress: addressView(state.billingAddress),
    dealerAddress: null,
    channelId: order.channelId,
    reseller: null,
    released: false,
    accountId: flxpointSeed.accountId,
    paymentStatus: state.paymentStatus,
    allocatedStatus: part(live),
    canceledAt: isoTimeOrNull(state.canceledAt),
    totalOrderItems: items.length,
    totalQuantity: items.reduce((sum, { quantity }) => sum + quantity, 0),
    totalWeight: amount(items.reduce((sum, { weight, quantity }) => sum + (weight ?? 0) * quantity, 0)),
    paymentRefundStatus: 'None',
    paymentCreditStatus: 'None',
    purchaseOrderStatus: part(live),
    purchaseOrderProcessStatus: completion(requests.filter(({ sentAt }) => sentAt !== null).length, requests.length),
    purchaseOrderFailedStatus: share(errorHandles),
    purchaseOrderCanceledStatus: share(['canceled']),
    purchaseOrderVoidedStatus: share(['voided']),
    paymentDeferredAt: null,
    paymentDeferredUntil: null,
    channelInvoiceReceiptQueuedId: null,
    channelShippingMethod: null,
    totalPos: requests.length,
    shippingPolicy: null,
    poTotalCost: amount(
      requests.flatMap((request) => request.items).reduce((sum, { cost, quantity }) => sum + cost * quantity, 0),
    ),
    sourceInvoiceTotalCost: null,
    profitAmount: null,
    profitMargin: null,
    sourceInvoiceStatus: completion(requests.filter(({ invoices }) => invoices.length > 0).length, requests.length),
    accountingSynced: false,
    externalAccountingId: null,
    piiRetentionPolicyType: null,
    piiRetentionPolicyApplied: state.shippingAddress?.redacted === true,
    sourceId: null,
    totalReturns: state.returns.length,
    orderType: 'Online',
    fulfillmentType: 'Shipping',
    syncedClosedAt: null,
    resellerId: null,
    accountingSyncError: null,
    shippingPolicyId: null,
    modifiedAt: isoTime(state.modifiedAt),
  };
}

function itemView(order: Order, state: OrderState, item: OrderItem): object {
  const wanted = item.quantity - item.canceledQuantity;
  const allocatedQuantity = unitsOf(item, state, live);
  const acknowledgedQuantity = unitsOf(item, state, acknowledged);
  const shippedQuantity = unitsOf(item, state, shipped);
  return {
    id: item.id,
    sku: item.sku,
    quantity: item.quantity,
    cost: null,
    price: item.price,
    discount: null,
    subtotal: amount(item.price * item.quantity),
    acknowledgedQuantity,
    shippedQuantity,
    orderId: order.id,
    shippedStatus: completion(shippedQuantity, wanted),
    acknowledgedStatus: completion(acknowledgedQuantity, wanted),
    title: item.title,
    weight: item.weight,
    image: null,
    allocatedQuantity,
    allocatedStatus: completion(allocatedQuantity, wanted),
    orderedQuantity: allocatedQuantity,
    virtualVariantId: item.virtualVariantId,
    listingVariantId: item.listingVariantId,
    // The SKU, where a channel says nothing else.
    externalListingId: item.listingVariantId === null ? null : item.sku,
    externalOrderItemId: item.externalOrderItemId,
    externalAccountingItemId: null,
    bundle: item.components.length > 0,
    weightUnit: null,
    notShippable: false,
    bundleComponents: item.components.map((component) => componentView(state, item, component)),
    attributes: [],
    restockingInventoryVariantId: null,
    canceledQuantity: item.canceledQuantity,
    fulfillableQuantity: unallocated(item, state),
    returnedQuantity: returned(item, state),
    usingProductAlternative: item.usingProductAlternative,
    shippingAddress: addressView(item.shippingAddress),
    externalAccountingItemMapping: null,
    shipByDate: null,
  };
}

function componentView(state: OrderState, item: OrderItem, component: BundleComponent): object {
  const { id, sku, componentVirtualVariantId, componentQuantity } = component;
  const wanted = componentQuantity * (item.quantity - item.canceledQuantity);
  const shippedQuantity = partsOf(component, state, shipped);
  const allocatedQuantity = partsOf(component, state, live);
  const acknowledgedQuantity = partsOf(component, state, acknowledged);
  return {
    id,
    orderItemId: item.id,
    componentVirtualVariantId,
    componentQuantity,
    quantity: componentQuantity * item.quantity,
    sku,
    cost: null,
    shippedQuantity,
    shippedStatus: completion(shippedQuantity, wanted),
    allocatedQuantity,
    allocatedStatus: completion(allocatedQuantity, wanted),
    acknowledgedQuantity,
    acknowledgedStatus: completion(acknowledgedQuantity, wanted),
  };
}

function historyView(order: Order, record: HistoryRecord): object {
  return {
    id: record.id,
    orderId: order.id,
    changeTime: isoTime(record.changeTime),
    fromOrderStatus: record.fromOrderStatus,
    toOrderStatus: record.toOrderStatus,
    userId: null,
    orderHistoryType: { name: historyTypeNames[record.type], handle: record.type },
    note: record.note,
    changeByDealer: false,
    vendorUserId: null,
    sourceId: null,
    orderInteractionType: { name: interactionNames[record.interaction], handle: record.interaction },
  };
}
