import { z } from 'zod';
import { settingsSchema, webhookSchema } from './options.js';
import { paymentStatuses } from './orders/order.js';
import { orderStatuses } from './orders/statuses.js';
import { cardRefused, gatewayActions } from './payments/gateway-outcomes.js';
import { bigcommerceSeed } from './seed.js';

const orderId = z.int();
const text = z.string().min(1);
const quantity = z.int().min(1);
const amount = z.number().positive();
const statusId = z.literal(orderStatuses.map(({ id }) => id));
const locationId = z.literal(bigcommerceSeed.locations.map(({ id }) => id));

/** The input of each control. */
export const controlSchemas = {
  /** An order comes out of the shop's checkout, with its card authorized unless told. One MUG-B unless told. */
  seedOrder: z.strictObject({
    lines: z
      .array(
        z.strictObject({
          sku: text,
          quantity: quantity.default(1),
          /** Of one unit; the product's own price, untaxed, unless told. */
          priceExTax: z.number().min(0).optional(),
          priceIncTax: z.number().min(0).optional(),
        }),
      )
      .min(1)
      .default([{ sku: 'MUG-B', quantity: 1 }]),
    /** Untaxed. */
    shipping: z.number().min(0).default(9),
    /** 0: a guest. */
    customerId: z.literal([0, ...bigcommerceSeed.customers.map(({ id }) => id)]).default(0),
    payment: z.enum(['authorized', 'captured', 'none']).default('authorized'),
    externalOrderId: text.optional(),
  }),
  setStatus: z.strictObject({ orderId, statusId }),
  /** As when a gateway holds a payment for review, or an authorization has lapsed: against all rules. */
  setPaymentStatus: z.strictObject({ orderId, paymentStatus: z.enum(paymentStatuses) }),
  cancel: z.strictObject({ orderId }),
  dispute: z.strictObject({ orderId }),
  requireVerification: z.strictObject({ orderId }),
  /** `changes` in the words of `PUT /v2/orders`. */
  editOrder: z.strictObject({ orderId, changes: z.record(z.string(), z.unknown()) }),
  archive: z.strictObject({ orderId }),
  restore: z.strictObject({ orderId }),
  /** All that has not left yet, unless told. */
  ship: z.strictObject({
    orderId,
    items: z
      .array(z.strictObject({ orderProductId: z.int(), quantity }))
      .min(1)
      .optional(),
    trackingNumber: z.string().max(50).default(''),
    shippingProvider: z.string().default(''),
  }),
  deleteShipment: z.strictObject({ shipmentId: z.int() }),
  /** By the gateway's own time, as when it is asked for over the API. */
  capture: z.strictObject({ orderId }),
  void: z.strictObject({ orderId }),
  /** All that is left, unless told; back the way it came, or as a mere record. */
  refund: z.strictObject({ orderId, amount: amount.optional(), offline: z.boolean().default(false) }),
  /** Somebody books money that was taken elsewhere: the order awaits fulfillment. */
  bookOutsidePayment: z.strictObject({ orderId, method: text.default('Manual'), statusId: statusId.default(11) }),
  declineNext: z.strictObject({
    action: z.enum(gatewayActions),
    /** Of any order unless told. */
    orderId: orderId.optional(),
    message: z.string().default('The card was declined.'),
    /** What the payments host says; any of its numbers. */
    code: z.int().default(cardRefused),
    /** Where a capture or void leaves the order. */
    paymentStatus: z.enum(['authorized', 'declined']).default('authorized'),
  }),
  /** Gateways answer nothing before they are settled. */
  holdGateways: z.strictObject({ held: z.boolean() }),
  /** All that waits, unless told; gives how many. */
  settleGateways: z.strictObject({ orderId: orderId.optional() }),
  setStock: z.strictObject({ sku: text, onHand: z.int(), locationId: locationId.default(1) }),
  settings: settingsSchema.partial(),
  webhook: webhookSchema.partial(),
  releaseWebhooks: z.strictObject({ count: z.int().min(1).optional() }),
  /** To all hooks of such a scope, whatever is in `data`; gives how many. */
  sendWebhook: z.strictObject({ scope: text, data: z.record(z.string(), z.unknown()) }),
  deactivateHook: z.strictObject({ hookId: z.int() }),
  /** Other apps of the store send so many requests. */
  otherApps: z.strictObject({ requests: z.int().min(1) }),
};

type Inputs = { [Name in keyof typeof controlSchemas]: z.input<(typeof controlSchemas)[Name]> };

/** An order after a control. */
export interface OrderOutcome {
  orderId: number;
  statusId: number;
  paymentStatus: string;
  orderProductIds: number[];
}

/** What a person can do at the platform, and the sandbox's own settings. */
export interface BigcommerceControls {
  seedOrder(input?: Inputs['seedOrder']): OrderOutcome;
  setStatus(input: Inputs['setStatus']): OrderOutcome;
  setPaymentStatus(input: Inputs['setPaymentStatus']): OrderOutcome;
  cancel(input: Inputs['cancel']): OrderOutcome;
  dispute(input: Inputs['dispute']): OrderOutcome;
  requireVerification(input: Inputs['requireVerification']): OrderOutcome;
  editOrder(input: Inputs['editOrder']): OrderOutcome;
  archive(input: Inputs['archive']): OrderOutcome;
  restore(input: Inputs['restore']): OrderOutcome;
  /** Gives the id of the shipment. */
  ship(input: Inputs['ship']): number;
  deleteShipment(input: Inputs['deleteShipment']): OrderOutcome;
  capture(input: Inputs['capture']): OrderOutcome;
  void(input: Inputs['void']): OrderOutcome;
  /** Gives the id of the refund. */
  refund(input: Inputs['refund']): number;
  bookOutsidePayment(input: Inputs['bookOutsidePayment']): OrderOutcome;
  declineNext(input: Inputs['declineNext']): void;
  holdGateways(input: Inputs['holdGateways']): void;
  settleGateways(input?: Inputs['settleGateways']): number;
  setStock(input: Inputs['setStock']): void;
  settings(changes: Inputs['settings']): void;
  webhook(changes: Inputs['webhook']): void;
  /** Gives how many went. */
  releaseWebhooks(input?: Inputs['releaseWebhooks']): number;
  sendWebhook(input: Inputs['sendWebhook']): number;
  deactivateHook(input: Inputs['deactivateHook']): void;
  otherApps(input: Inputs['otherApps']): void;
}
