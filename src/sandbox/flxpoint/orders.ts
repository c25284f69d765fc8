import type { HistoryType } from './history-names.js';

/** Who put a line into an order. */
export type AddedBy = 'channel' | 'api' | 'person';

export interface Address {
  id: number;
  firstName: string | null;
  lastName: string | null;
  addressLine1: string | null;
  addressLine2: string | null;
  city: string | null;
  state: string | null;
  stateCode: string | null;
  postal: string | null;
  country: string | null;
  countryCode: string | null;
  email: string | null;
  phone: string | null;
  companyName: string | null;
  /** Masked, after the retention period. */
  redacted: boolean;
  hash: string;
}

export interface BundleComponent {
  id: number;
  sku: string;
  componentVirtualVariantId: number | null;
  /** For one bundle. */
  componentQuantity: number;
}

export interface OrderItem {
  id: number;
  sku: string;
  title: string;
  quantity: number;
  price: number;
  weight: number | null;
  /** The product variant; null while the SKU is not managed. */
  virtualVariantId: number | null;
  listingVariantId: number | null;
  externalOrderItemId: string | null;
  /** Canceled for good: by a person, or by a request's adjustment of the kind `kill`. */
  canceledQuantity: number;
  usingProductAlternative: boolean;
  /** Empty but for a bundle. */
  components: BundleComponent[];
  shippingAddress: Address | null;
  addedBy: AddedBy;
}

export interface FulfillmentRequestItem {
  id: number;
  /** The supplier's own. */
  sku: string;
  title: string;
  quantity: number;
  /** The supplier's, for one. */
  cost: number;
  orderItemId: number;
  /** Which part of a bundle it is. */
  componentId: number | null;
  inventoryVariantId: number;
  acknowledgedQuantity: number;
  secondaryAcknowledgedQuantity: number;
  canceledQuantity: number;
  voidedQuantity: number;
  /** Stock set aside at the source. */
  committedQuantity: number;
}

export interface CustomField {
  id: number;
  name: string;
  value: string;
}

export interface ShipmentItem {
  id: number;
  sku: string;
  quantity: number;
  inventoryVariantId: number;
  orderItemId: number;
  fulfillmentRequestItemId: number;
  rmaItemId: number | null;
  customFields: CustomField[];
}

export interface ShipmentFacts {
  trackingNumber: string;
  trackingUrl: string | null;
  carrier: string | null;
  method: string | null;
  note: string | null;
  /** Milliseconds since 1970, as all times here. */
  shippedAt: number;
  shippingCost: number | null;
  /** Kept from the channel. */
  suppressed: boolean;
}

export interface Shipment extends ShipmentFacts {
  id: number;
  insertedAt: number;
  updatedAt: number;
  items: ShipmentItem[];
  customFields: CustomField[];
}

export type InvoiceStatus = 'unpaid' | 'paid' | 'credited' | 'refunded';

export interface InvoiceItem {
  id: number;
  type: 'product' | 'shipping' | 'fee' | 'tax' | 'other';
  sku: string | null;
  title: string | null;
  quantity: number;
  perUnitCost: number;
  externalAccountingItemId: string | null;
}

export interface Invoice {
  id: number;
  invoiceNumber: string;
  status: InvoiceStatus;
  invoiceDate: number;
  insertedAt: number;
  updatedAt: number;
  items: InvoiceItem[];
  accountingSynced: boolean;
  externalAccountingId: string | null;
  accountingSyncError: string | null;
  vendorPayoutId: number | null;
}

export interface FulfillmentRequest {
  id: number;
  fulfillmentRequestNumber: string;
  sourceId: number;
  /** Of its status: one that is known, or whatever it was set to. */
  handle: string;
  generatedAt: number;
  sentAt: number | null;
  acknowledgedAt: number | null;
  canceledAt: number | null;
  voidedAt: number | null;
  confirmationNumber: string | null;
  processingErrorReason: string | null;
  cancelReason: string | null;
  voidedReason: string | null;
  /** The document that it was merged into. */
  crossDockPurchaseOrderId: number | null;
  items: FulfillmentRequestItem[];
  shipments: Shipment[];
  invoices: Invoice[];
  lastModifiedAt: number;
}

export interface ReturnItem {
  id: number;
  orderItemId: number;
  sku: string;
  title: string;
  returnQuantity: number;
  returnReason: string;
  returnCondition: string;
  salesPrice: number;
  refundedAmount: number;
}

export interface RmaItem {
  id: number;
  returnItemId: number;
  sku: string;
  title: string;
  cost: number | null;
  returnReason: string | null;
  returnCondition: string | null;
  note: string | null;
  quantity: number;
  approvedQuantity: number;
  deniedQuantity: number;
  creditedAmount: number;
}

export interface Rma {
  id: number;
  rmaNumber: string;
  sourceId: number;
  rmaStatus: 'Waiting' | 'Approved' | 'Voided' | 'Denied' | 'Partially Approved' | 'Canceled';
  returnToAddress: Address;
  items: RmaItem[];
  creditAdjustment: number;
  createdAt: number;
  updatedAt: number;
}

export interface Return {
  id: number;
  returnNumber: string;
  status: 'open' | 'closed' | 'cancelled';
  items: ReturnItem[];
  rmas: Rma[];
  refundAdjustment: number;
  syncRefundChangesToOrder: boolean;
  insertedAt: number;
  updatedAt: number;
}

/** Through which door something was done to an order. */
export type Interaction = 'api' | 'channel_api' | 'source_api' | 'user' | 'channel_integration' | 'source_integration';

export interface HistoryRecord {
  id: number;
  changeTime: number;
  fromOrderStatus: string;
  toOrderStatus: string;
  type: HistoryType;
  interaction: Interaction;
  note: string | null;
}

/** All of an order that changes. */
export interface OrderState {
  orderStatus: string;
  paymentStatus: string;
  items: OrderItem[];
  fulfillmentRequests: FulfillmentRequest[];
  returns: Return[];
  tags: string[];
  history: HistoryRecord[];
  shippingAddress: Address | null;
  billingAddress: Address | null;
  canceledAt: number | null;
  /** Of the order itself and its lines. */
  updatedAt: number;
  /** Of the order or anything that belongs to it. */
  modifiedAt: number;
}

export interface Order {
  id: number;
  orderNumber: string;
  referenceNumber: string;
  channelId: number;
  orderedAt: number;
  insertedAt: number;
  /** Every state it has been in, the last one now: a list may show an older one. */
  versions: { at: number; state: OrderState }[];
}

export function currentState({ versions }: Order): OrderState {
  const last = versions.at(-1);
  if (last === undefined) throw new Error('an order without a state');
  return last.state;
}

/** What an order was at that time; undefined when it was not yet. */
export function stateAt({ versions }: Order, time: number): OrderState | undefined {
  return versions.findLast(({ at }) => at <= time)?.state;
}
