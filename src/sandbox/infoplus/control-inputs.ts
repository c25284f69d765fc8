import { z } from 'zod';
import { webhookSettingsSchema } from '../webhook-settings.js';
import { settingsSchema } from './options.js';
import { plainParcel } from './packing.js';
import { infoplusSeed } from './seed.js';
import { holdCodes } from './statuses.js';

/** Which order is meant: one by its number (`48211`, `48211.001`), or those under a reference, back orders too. */
const target = {
  orderNo: z.union([z.string().min(1), z.number()]).optional(),
  reference: z.string().min(1).optional(),
};

const onTarget = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject({ ...target, ...shape });

const lobId = z.int().default(infoplusSeed.lobId);
const sku = z.string().min(1);
const quantity = z.int().min(1);
const status = z.string().min(1);

const parcel = z.strictObject({
  trackingNo: z.string().min(1).optional(),
  carrierServiceId: z.int().default(plainParcel.carrierServiceId),
  status: status.default(plainParcel.status),
  numberOfCartons: z.int().min(1).default(plainParcel.numberOfCartons),
  weightLbs: z.number().min(0).optional(),
  freight: z.number().min(0).default(plainParcel.freight),
  /** All that no other parcel has, unless told. */
  lines: z.array(z.strictObject({ sku, quantity })).optional(),
});

/** Which parcel is meant. */
const parcelTarget = { shipmentId: z.int().optional(), trackingNo: z.string().min(1).optional() };

/** The input of each control. */
export const controlSchemas = {
  process: onTarget({}),
  /** In one parcel unless told; in none, without a record of how. Less than there is stays behind for good with the last. */
  ship: onTarget({
    parcels: z.array(parcel).default([plainParcel]),
    /** False when more parcels follow. */
    last: z.boolean().default(true),
    shipDate: z.number().optional(),
  }),
  /** Processes the order, and of these SKUs, or of all, nothing is there. */
  backOrder: onTarget({ skus: z.array(sku).min(1).optional() }),
  receiveStock: z.strictObject({ sku, quantity, lobId }),
  /** With its back orders, when the order is named by its own number. */
  cancel: onTarget({}),
  voidShipment: z.strictObject({
    ...parcelTarget,
    /** The order is being picked again. */
    reopen: z.boolean().default(false),
  }),
  setShipmentStatus: z.strictObject({ ...parcelTarget, status }),
  /** Any text, against all rules. */
  setStatus: onTarget({ status }),
  holdOrder: onTarget({ holdCode: z.string().regex(holdCodes).default('H') }),
  deleteOrder: onTarget({}),
  seedItem: z.strictObject({
    sku,
    lobId,
    itemDescription: z.string().default(''),
    status: z.string().default('Active'),
    backorder: z.enum(['Yes', 'No']).default('Yes'),
    onHand: z.int().min(0).default(0),
    weightLbs: z.number().min(0).default(1),
  }),
  settings: settingsSchema.partial(),
  webhook: webhookSettingsSchema.partial(),
  /** The first so many of the collected messages, all unless told. */
  releaseWebhooks: z.strictObject({ count: z.int().min(1).optional() }),
  /** A message by hand, of any order, known or not. What is left out is as it is now. */
  sendWebhook: z.strictObject({
    orderNo: z.string().min(1),
    lobId: z.int().optional(),
    status: status.optional(),
    customerOrderNo: z.string().nullable().optional(),
  }),
} as const;

export type ControlInputs = { [Name in keyof typeof controlSchemas]: z.input<(typeof controlSchemas)[Name]> };
/** The inputs with their defaults. */
export type ControlOrders = { [Name in keyof typeof controlSchemas]: z.output<(typeof controlSchemas)[Name]> };

/** An order that a control has changed. */
export interface Moved {
  orderNo: string;
  status: string;
}

/** What people at the warehouse can do, and the sandbox's own settings. Each throws when it is not allowed. */
export interface InfoplusControls {
  /** On Order to Processed; gives the back orders that came of it as well. */
  process(input: ControlInputs['process']): Moved[];
  /** Processed to Shipped. */
  ship(input: ControlInputs['ship']): Moved[];
  backOrder(input: ControlInputs['backOrder']): Moved[];
  /** Back Order to On Order, for those that can have all they wait for. */
  receiveStock(input: ControlInputs['receiveStock']): Moved[];
  /** Everything but Shipped and Cancelled to Cancelled. */
  cancel(input: ControlInputs['cancel']): Moved[];
  voidShipment(input: ControlInputs['voidShipment']): Moved[];
  setShipmentStatus(input: ControlInputs['setShipmentStatus']): void;
  setStatus(input: ControlInputs['setStatus']): Moved[];
  holdOrder(input: ControlInputs['holdOrder']): Moved[];
  /** As long as the API could. */
  deleteOrder(input: ControlInputs['deleteOrder']): Moved[];
  /** Gives the new id. */
  seedItem(input: ControlInputs['seedItem']): number;
  settings(input: ControlInputs['settings']): void;
  webhook(input: ControlInputs['webhook']): void;
  /** Gives how many went. */
  releaseWebhooks(input?: ControlInputs['releaseWebhooks']): number;
  sendWebhook(input: ControlInputs['sendWebhook']): void;
}
