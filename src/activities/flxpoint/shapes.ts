import { z } from 'zod';
import { id, list, text } from '../shapes.js';

/*
 * What we rely on in answers of Flxpoint. The documentation marks nothing as nullable, and much comes as null: whatever is
 * not demanded here may be absent or null. Numbers may come as texts.
 */

/** An id as Flxpoint writes it. */
export const ID = /^[1-9]\d{0,15}$/;

const maybeId = id.nullish().transform((value) => value ?? undefined);
const word = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined || value === '' ? undefined : String(value)));

/** What cannot be read as a number is as if it were not there. */
const maybeNumber = z
  .union([z.number(), z.string()])
  .nullish()
  .transform((value) => {
    const read = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value ?? Number.NaN);
    return Number.isFinite(read) ? read : undefined;
  });
const count = maybeNumber.transform((value) => value ?? 0);

const address = z.object({
  name: text,
  firstName: text,
  lastName: text,
  companyName: text,
  addressLine1: text,
  addressLine2: text,
  city: text,
  state: text,
  stateCode: text,
  postal: text,
  country: text,
  countryCode: text,
  email: text,
  phone: text,
  /** The personal data has been masked, because it was kept long enough. */
  redacted: z.boolean().nullish(),
});
export type AddressThere = z.output<typeof address>;

const item = z.object({
  id,
  sku: word,
  quantity: z.number(),
  price: maybeNumber,
  virtualVariantId: maybeId,
  listingVariantId: maybeId,
  shippedQuantity: count,
  canceledQuantity: count,
  bundle: z.boolean().nullish(),
  /** Another product was put in its place. */
  usingProductAlternative: z.boolean().nullish(),
  shippingAddress: address.nullish(),
});
export type ItemThere = z.output<typeof item>;

const shipment = z.object({
  id,
  orderId: maybeId,
  fulfillmentRequestId: maybeId,
  purchaseOrderId: maybeId,
  /** Of goods that come back. */
  rmaId: maybeId,
  trackingNumber: word,
  carrier: word,
  method: word,
  trackingUrl: word,
  shippedAt: word,
  shipmentItems: list(
    z.object({
      quantity: count,
      orderItemId: maybeId,
      fulfillmentRequestItemId: maybeId,
      purchaseOrderItemId: maybeId,
      rmaItemId: maybeId,
    }),
  ),
});
export type ShipmentThere = z.output<typeof shipment>;

const invoice = z.object({
  id,
  fulfillmentRequestId: maybeId,
  purchaseOrderId: maybeId,
  invoiceNumber: word,
  totalCost: maybeNumber,
  invoiceStatus: z.union([word, z.object({ name: text, handle: text })]),
});
export type InvoiceThere = z.output<typeof invoice>;

/** Handles stay while names are being renamed; a name alone is brought into the form of a handle. */
const status = z
  .object({ handle: text, name: text })
  .nullish()
  .transform((value) => (value?.handle || value?.name || '').trim().toLowerCase().replace(/\s+/g, '_'));

/** A fulfillment request; `purchaseOrders` on an order are the same documents under an older name, and not read. */
const request = z.object({
  id,
  orderId: maybeId,
  fulfillmentRequestNumber: word,
  sourceId: maybeId,
  fulfillmentRequestStatus: status,
  fulfillmentRequestFulfillmentStatus: status,
  /** The document that it went into. */
  crossDockPurchaseOrderId: maybeId,
  processingErrorReason: word,
  cancelReason: word,
  voidedReason: word,
  shippingAddress: address.nullish(),
  fulfillmentRequestItems: z
    .array(
      z.object({
        id,
        sku: word,
        orderItemId: maybeId,
        quantity: count,
        acknowledgedQuantity: count,
        shippedQuantity: count,
        canceledQuantity: count,
        voidedQuantity: count,
      }),
    )
    .nullish(),
  shipments: z.array(shipment).nullish(),
  invoices: z.array(invoice).nullish(),
});
export type RequestThere = z.output<typeof request>;
export type RequestItemThere = NonNullable<RequestThere['fulfillmentRequestItems']>[number];

const returned = z.object({
  id,
  orderId: maybeId,
  returnNumber: word,
  status: word,
  items: list(z.object({ orderItemId: maybeId, returnQuantity: count })),
});
export type ReturnThere = z.output<typeof returned>;

/** Its items are demanded: an answer without them does not say that there is none. */
export const order = z.object({
  id,
  orderNumber: word,
  orderStatus: z.string(),
  paymentStatus: word,
  channelId: maybeId,
  shippingAddress: address.nullish(),
  billingAddress: address.nullish(),
  dealerAddress: address.nullish(),
  tags: list(z.string()),
  orderItems: z.array(item),
  fulfillmentRequests: z.array(request).nullish(),
  returns: z.array(returned).nullish(),
  orderStatusHistory: list(
    z.object({
      id: maybeId,
      orderHistoryType: z.object({ handle: text }).nullish(),
      /** Through which door it came: `user`, `api` … */
      orderInteractionType: z.object({ handle: text }).nullish(),
    }),
  ),
});
export type OrderThere = z.output<typeof order>;

/** Enough of an order in a list to see that it has changed. */
export const changedOrder = z.object({ id, modifiedAt: word, updatedAt: word });
export type ChangedThere = z.output<typeof changedOrder>;

export const variant = z.object({ id, sku: word });
export type VariantThere = z.output<typeof variant>;

export const tags = z.array(z.string());

/** Where webhooks go, and which. */
export const configuration = z.object({
  id,
  webhookUrl: z.string(),
  subscribedEvents: list(z.string()),
  channelId: maybeId,
  sourceId: maybeId,
  status: word,
});
export type ConfigurationThere = z.output<typeof configuration>;

export { invoice, request, returned, shipment };
