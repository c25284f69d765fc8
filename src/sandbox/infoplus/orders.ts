import type { FieldValues, Members } from './bodies.js';

export interface OrderLine {
  id: number;
  /** From 1, within the order. */
  lineItemId: number;
  sku: string;
  orderedQty: number;
  /** What was in stock when the order was processed. */
  allowedQty: number;
  shippedQty: number;
  /** What went into an order of its own. */
  backorderQty: number;
  /** Everything else that was given. */
  fields: FieldValues;
  dynamicKitComponentList: Members[];
  overrideReceiptsForFulfillmentList: Members[];
  customFields: FieldValues;
}

/** What identifies an order for people and rules; all other fields that were given are beside it. */
export type OrderFields = FieldValues & {
  lobId: number;
  warehouseId: number;
  carrierId: number;
  customerNo: string;
  holdCode: string;
};

/** What a client asks for. A PUT replaces all of it. */
export interface Content {
  fields: OrderFields;
  lines: OrderLine[];
  requestedParcelAccessories: Members[];
  extraOrderData: Members[];
  extraLineItemData: Members[];
  customFields: FieldValues;
}

/** What is known of an order once goods of it have left. */
export interface Shipping {
  /** The day, which may be another than that of the handover. */
  shipDate: number;
  shippedAt: number | null;
  freight: number;
  weightLbs: number;
  numberOfCartons: number;
  trackingNo: string | null;
}

export interface OrderFile {
  id: number;
  fileName: string | null;
  url: string | null;
  modifiedAt: number;
  userFullName: string;
}

/** A line that was not in stock and that nobody will ship. */
export interface DroppedLine {
  sku: string;
  quantity: number;
}

/** An order, or a back order: that is an order too. Never changed: a change makes another. */
export interface Order extends Content {
  orderNo: number;
  /** The order that this one is a back order of; its own number when it is none. */
  groupOrderId: number;
  status: string;
  createdAt: number;
  modifiedAt: number;
  enteredBy: string;
  fulfillmentProcessId: number | null;
  /** Null until something has left. */
  shipping: Shipping | null;
  tags: string[];
  audits: string[];
  files: OrderFile[];
  dropped: DroppedLine[];
  /** Calls of the API that changed it, its creation among them. */
  writes: number;
}

export function referenceOf({ fields }: Content): string | null {
  return typeof fields.customerOrderNo === 'string' ? fields.customerOrderNo : null;
}

/** A reference is the same in any letter case. */
export function hasReference(order: Content, reference: string): boolean {
  return referenceOf(order)?.toLowerCase() === reference.toLowerCase();
}
