import type { Variant } from './catalog.js';
import { type RequestChange, setHandle, statusName } from './fulfillment.js';
import type { FulfillmentRequest, FulfillmentRequestItem, Order, OrderItem, OrderState } from './orders.js';
import { currentState } from './orders.js';
import { live, shipped, unallocated } from './quantities.js';
import { refused } from './refusals.js';
import { hasEnded } from './statuses.js';
import type { Tenant } from './tenant.js';

/** A line that a request is to take, and how many of it; all that are free unless told. */
export interface WantedItem {
  orderItemId: number;
  quantity?: number | undefined;
}

export interface WantedRequest {
  /** Every line that has something free, unless told. */
  items?: readonly WantedItem[] | undefined;
  sourceId: number;
  fulfillmentRequestNumber?: string | undefined;
}

/** Requests are made once the order is paid, or may be paid later. */
const payable: ReadonlySet<string> = new Set(['Paid', 'Deferred']);

/** Makes a request for lines of an order; gives its id. */
export function generateRequest(tenant: Tenant, order: Order, wanted: WantedRequest): number {
  const { orderStatus, paymentStatus } = currentState(order);
  if (orderStatus !== 'Open') throw refused(400, `Order ${order.id} is ${orderStatus}: no request can be generated`);
  if (!payable.has(paymentStatus)) throw refused(400, `The payment of order ${order.id} is ${paymentStatus}`);
  return tenant.orders.change(order, 'user', ({ draft, now, record }) => {
    const free = draft.items.filter((item) => unallocated(item, draft) > 0);
    const lines = wanted.items ?? free.map(({ id }) => ({ orderItemId: id }));
    if (lines.length === 0) throw refused(400, `Order ${order.id} has no line that is free`);
    const request: FulfillmentRequest = {
      ...emptyRequest(tenant, wanted.sourceId, now),
      fulfillmentRequestNumber: wanted.fulfillmentRequestNumber ?? nextNumber(order, draft),
      items: lines.flatMap((line) => requestItems(tenant, draft, line, wanted.sourceId)),
    };
    draft.fulfillmentRequests.push(request);
    record('po_added', request.fulfillmentRequestNumber);
    return request.id;
  });
}

function emptyRequest({ ids }: Tenant, sourceId: number, now: number): Omit<FulfillmentRequest, 'items'> {
  return {
    id: ids.next('fulfillmentRequest'),
    fulfillmentRequestNumber: '',
    sourceId,
    handle: 'unprocessed',
    generatedAt: now,
    sentAt: null,
    acknowledgedAt: null,
    canceledAt: null,
    voidedAt: null,
    confirmationNumber: null,
    processingErrorReason: null,
    cancelReason: null,
    voidedReason: null,
    crossDockPurchaseOrderId: null,
    shipments: [],
    invoices: [],
    lastModifiedAt: now,
  };
}

const nextNumber = ({ orderNumber }: Order, { fulfillmentRequests }: OrderState): string =>
  `${orderNumber}-${fulfillmentRequests.length + 1}`;

function requestItems(
  tenant: Tenant,
  state: OrderState,
  { orderItemId, quantity }: WantedItem,
  sourceId: number,
): FulfillmentRequestItem[] {
  const item = state.items.find(({ id }) => id === orderItemId);
  if (item === undefined) throw refused(404, `There is no order item ${orderItemId}`);
  const free = unallocated(item, state);
  const units = quantity ?? free;
  if (units < 1 || units > free) throw refused(400, `Of item ${orderItemId} ${free} are free, not ${units}`);
  if (item.components.length === 0) {
    const variant = variantOf(tenant, item);
    return [requestItem(tenant, variant, { item, sourceId, quantity: units, componentId: null })];
  }
  // A bundle goes to the source in its parts.
  return item.components.map(({ id, sku, componentQuantity }) =>
    requestItem(tenant, tenant.catalog.expect(sku), {
      item,
      sourceId,
      quantity: units * componentQuantity,
      componentId: id,
    }),
  );
}

function variantOf({ catalog }: Tenant, { virtualVariantId, sku }: OrderItem): Variant {
  const variant = virtualVariantId === null ? undefined : catalog.byProduct(virtualVariantId);
  if (variant === undefined) throw refused(400, `The SKU ${sku} is not managed`);
  return variant;
}

function requestItem(
  { ids }: Tenant,
  variant: Variant,
  wanted: { item: OrderItem; sourceId: number; quantity: number; componentId: number | null },
): FulfillmentRequestItem {
  const { item, sourceId, quantity, componentId } = wanted;
  const stock = variant.stock.find((each) => each.sourceId === sourceId);
  if (stock === undefined) throw refused(400, `Source ${sourceId} has no ${variant.sku}`);
  return {
    id: ids.next('fulfillmentRequestItem'),
    sku: stock.sku,
    title: variant.title,
    quantity,
    cost: stock.cost,
    orderItemId: item.id,
    componentId,
    inventoryVariantId: stock.inventoryVariantId,
    acknowledgedQuantity: 0,
    secondaryAcknowledgedQuantity: 0,
    canceledQuantity: 0,
    voidedQuantity: 0,
    committedQuantity: quantity,
  };
}

/** Merges a request into another document, which takes over what it has not shipped; gives that one's id. */
export function mergeRequest(
  tenant: Tenant,
  order: Order,
  change: RequestChange,
  { sourceId, handle }: { sourceId: number; handle: 'cross_docked' | 'transferred' },
): number {
  const { draft, request, now, record } = change;
  if (hasEnded(request.handle)) {
    throw refused(400, `Fulfillment request ${request.id} is ${statusName(request)}: it cannot be merged`);
  }
  const left = request.items.filter((item) => live(item, request) > shipped(item, request));
  if (left.length < request.items.length || request.shipments.length > 0) {
    throw refused(400, `Fulfillment request ${request.id} has shipped or canceled lines: it cannot be merged`);
  }
  const other: FulfillmentRequest = {
    ...emptyRequest(tenant, sourceId, now),
    fulfillmentRequestNumber: nextNumber(order, draft),
    items: request.items.map((item) => ({
      ...item,
      id: tenant.ids.next('fulfillmentRequestItem'),
      quantity: live(item, request),
      acknowledgedQuantity: 0,
      secondaryAcknowledgedQuantity: 0,
      canceledQuantity: 0,
    })),
  };
  draft.fulfillmentRequests.push(other);
  record('po_added', other.fulfillmentRequestNumber);
  request.crossDockPurchaseOrderId = other.id;
  setHandle(change, handle);
  return other.id;
}
