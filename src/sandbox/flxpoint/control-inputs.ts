import { z } from 'zod';
import { addressSchema } from './addresses.js';
import { settingsSchema, webhookSchema } from './options.js';
import { returnItemSchema } from './return-routes.js';
import { flxpointSeed } from './seed.js';
import { orderStatuses, paymentStatuses } from './statuses.js';
import { webhookEvents } from './webhook-configurations.js';

const orderId = z.int();
const orderItemId = z.int();
const text = z.string().min(1);
const quantity = z.int().min(1);
const price = z.number().min(0);
const orderStatus = z.enum(orderStatuses);
const paymentStatus = z.enum(paymentStatuses);
const channelId = z.literal(flxpointSeed.channels.map(({ id }) => id));
const sourceId = z.literal(flxpointSeed.sources.map(({ id }) => id));
/** A request by its id, or the newest one of an order: what is written down beforehand knows no ids. */
const request = { fulfillmentRequestId: z.int().optional(), orderId: orderId.optional() };

/** The input of each control. */
export const controlSchemas = {
  /** An order comes in. Without lines it has one MUG-B; its status is Open, or Not Managed when a line is not. */
  seedOrder: z.strictObject({
    orderNumber: text.optional(),
    referenceNumber: text.optional(),
    channelId: channelId.default(flxpointSeed.channelId),
    orderStatus: orderStatus.optional(),
    paymentStatus: paymentStatus.default('Paid'),
    /** Milliseconds since 1970; now unless told. */
    orderedAt: z.int().optional(),
    lines: z
      .array(
        z.strictObject({
          sku: text,
          quantity: quantity.default(1),
          price: price.optional(),
          shippingAddress: addressSchema.optional(),
          externalOrderItemId: text.optional(),
        }),
      )
      .min(1)
      .default([{ sku: 'MUG-B', quantity: 1 }]),
    shippingAddress: addressSchema.default(flxpointSeed.shipTo),
    billingAddress: addressSchema.optional(),
    tags: z.array(text).default([]),
  }),
  setOrderStatus: z.strictObject({ orderId, orderStatus, note: text.optional() }),
  setPaymentStatus: z.strictObject({ orderId, paymentStatus }),
  addLineByHand: z.strictObject({ orderId, sku: text, quantity: quantity.default(1), price: price.optional() }),
  /** Everything of the line unless told. */
  cancelLine: z.strictObject({ orderItemId, quantity: quantity.optional() }),
  /** Another SKU takes the place of the line's own. */
  editLine: z.strictObject({
    orderItemId,
    quantity: quantity.optional(),
    price: price.optional(),
    sku: text.optional(),
  }),
  redactAddresses: z.strictObject({ orderId }),
  /** All that no other request has taken, unless told. */
  generateFulfillmentRequest: z.strictObject({
    orderId,
    items: z
      .array(z.strictObject({ orderItemId, quantity: quantity.optional() }))
      .min(1)
      .optional(),
    sourceId: sourceId.default(flxpointSeed.sourceId),
    fulfillmentRequestNumber: text.optional(),
  }),
  release: z.strictObject(request),
  process: z.strictObject(request),
  acknowledge: z.strictObject({ ...request, confirmationNumber: text.optional() }),
  /** `error` in Flxpoint's words. */
  failProcessing: z.strictObject({ ...request, error: text }),
  resend: z.strictObject(request),
  cancelFulfillmentRequest: z.strictObject({
    ...request,
    reason: text.optional(),
    killOrFillType: z.enum(['fill', 'kill']).default('fill'),
  }),
  voidFulfillmentRequest: z.strictObject({ ...request, reason: text.optional() }),
  /** Merges it into a new request, to another source when told. */
  crossDock: z.strictObject({
    ...request,
    sourceId: sourceId.optional(),
    handle: z.enum(['cross_docked', 'transferred']).default('cross_docked'),
  }),
  /** Any handle, against all rules. */
  setHandle: z.strictObject({ ...request, handle: text, error: text.optional() }),
  /** All that is left, unless told. */
  ship: z.strictObject({
    ...request,
    items: z
      .array(z.strictObject({ orderItemId, sku: text.optional(), quantity }))
      .min(1)
      .optional(),
    trackingNumber: text.optional(),
    carrier: text.default('UPS'),
    method: text.default('Ground'),
    shippingCost: price.optional(),
    suppressed: z.boolean().default(false),
  }),
  /** All goods of the request, unless told. */
  invoice: z.strictObject({
    ...request,
    invoiceNumber: text.optional(),
    status: z.enum(['unpaid', 'paid', 'credited', 'refunded']).default('paid'),
  }),
  return: z.strictObject({
    orderId,
    returnNumber: text.optional(),
    items: z
      .array(
        returnItemSchema.extend({
          returnReason: z.string().default('Not wanted'),
          returnCondition: z.string().default('New'),
        }),
      )
      .min(1),
  }),
  settings: settingsSchema.partial(),
  webhook: webhookSchema.partial(),
  /** The first so many of the collected messages, all unless told. */
  releaseWebhooks: z.strictObject({ count: z.int().min(1).optional() }),
  /** A message by hand: about anything, at any time, to all that subscribed to the event. */
  sendWebhook: z.strictObject({
    event: z.enum(webhookEvents),
    orderId: z.int(),
    fulfillmentRequestId: z.int().optional(),
  }),
} as const;

export type ControlInputs = { [Name in keyof typeof controlSchemas]: z.input<(typeof controlSchemas)[Name]> };

/** An order that a control has made or changed. */
export interface OrderOutcome {
  orderId: number;
  orderNumber: string;
  orderStatus: string;
  orderItemIds: number[];
}

/** A request that a control has made or changed. */
export interface RequestOutcome {
  orderId: number;
  fulfillmentRequestId: number;
  handle: string;
}

/** What people and other programs can do, and the sandbox's own settings. Each throws when it is not allowed. */
export interface FlxpointControls {
  seedOrder(input?: ControlInputs['seedOrder']): OrderOutcome;
  setOrderStatus(input: ControlInputs['setOrderStatus']): OrderOutcome;
  setPaymentStatus(input: ControlInputs['setPaymentStatus']): OrderOutcome;
  /** Gives the id of the new line. */
  addLineByHand(input: ControlInputs['addLineByHand']): number;
  cancelLine(input: ControlInputs['cancelLine']): OrderOutcome;
  editLine(input: ControlInputs['editLine']): OrderOutcome;
  redactAddresses(input: ControlInputs['redactAddresses']): OrderOutcome;
  generateFulfillmentRequest(input: ControlInputs['generateFulfillmentRequest']): RequestOutcome;
  /** Unprocessed to Processing. */
  release(input: ControlInputs['release']): RequestOutcome;
  /** Processing to Processed; one that is Unprocessed is released first. */
  process(input: ControlInputs['process']): RequestOutcome;
  /** Processing or Processed to Acknowledged. */
  acknowledge(input: ControlInputs['acknowledge']): RequestOutcome;
  /** Processing or Processed to Processing Error. */
  failProcessing(input: ControlInputs['failProcessing']): RequestOutcome;
  /** Back to Processing, from whatever kept it. */
  resend(input: ControlInputs['resend']): RequestOutcome;
  cancelFulfillmentRequest(input: ControlInputs['cancelFulfillmentRequest']): RequestOutcome;
  voidFulfillmentRequest(input: ControlInputs['voidFulfillmentRequest']): RequestOutcome;
  /** Gives the new request. */
  crossDock(input: ControlInputs['crossDock']): RequestOutcome;
  setHandle(input: ControlInputs['setHandle']): RequestOutcome;
  /** Gives the id of the shipment. */
  ship(input: ControlInputs['ship']): number;
  /** Gives the id of the invoice. */
  invoice(input: ControlInputs['invoice']): number;
  /** Gives the id of the return. */
  return(input: ControlInputs['return']): number;
  settings(input: ControlInputs['settings']): void;
  webhook(input: ControlInputs['webhook']): void;
  /** Gives how many went. */
  releaseWebhooks(input?: ControlInputs['releaseWebhooks']): number;
  /** Gives to how many it goes. */
  sendWebhook(input: ControlInputs['sendWebhook']): number;
}
