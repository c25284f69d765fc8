import { z } from 'zod';
import { settingsSchema, webhookSchema } from './options.js';

/** Which order is meant: all under a reference, or one by its id; and which shipment of it, when not all. */
const target = {
  reference: z.string().min(1).optional(),
  orderId: z.string().min(1).optional(),
  shipmentId: z.string().min(1).optional(),
};

const onTarget = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject({ ...target, ...shape });

const keyValue = z.strictObject({ key: z.string().min(1), value: z.string() });
/** A line by its number (`"1"`) or by the client's own reference. */
const line = z.string().min(1);
const quantity = z.number().positive();

const shippedLine = z.strictObject({
  line,
  /** Less or more than asked for; 0 leaves the line out of the shipment. */
  quantity: z.number().min(0).optional(),
  /** Serial numbers: one unit each. */
  serialNumbers: z.array(z.string()).optional(),
  /** Of the whole quantity: a batch, for example. */
  attributes: z.array(keyValue).optional(),
});

const parcel = z.strictObject({
  packageReference: z.string().optional(),
  weight: z.number().optional(),
  weightUnit: z.string().optional(),
  length: z.number().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  dimUnit: z.string().optional(),
  packageType: z.string().optional(),
  /** All that ships, unless told. */
  lines: z.array(z.strictObject({ line, quantity })).optional(),
});

const tracking = z.strictObject({
  carrierCode: z.string().optional(),
  carrierName: z.string().optional(),
  serviceLevelCode: z.string().optional(),
  trackingNumber: z.string().optional(),
});

/** The input of each control. */
export const controlSchemas = {
  hold: onTarget({}),
  release: onTarget({}),
  pick: onTarget({}),
  /** The goods leave: all that the shipment lists, unless told. */
  finalize: onTarget({
    lines: z.array(shippedLine).default([]),
    packages: z.array(parcel).min(1).optional(),
    tracking: tracking.default({}),
  }),
  cancel: onTarget({}),
  /** Moves goods of a shipment into a new one. */
  split: onTarget({ lines: z.array(z.strictObject({ line, quantity })).min(1) }),
  /** Any code, against all rules. */
  setShipmentStatus: onTarget({ status: z.string().min(1) }),
  /** Changes an order and its open shipments, as a person at the warehouse does for a client on the phone. */
  editOrder: onTarget({
    note: z.string().optional(),
    secondaryReference: z.string().optional(),
    lines: z
      .array(z.strictObject({ line, quantity: quantity.optional(), productCode: z.string().min(1).optional() }))
      .default([]),
  }),
  seedProduct: z.strictObject({
    productCode: z.string().min(1).max(35),
    productDescription: z.string().default(''),
    /** Its units have serial numbers. */
    serialized: z.boolean().default(false),
    unitPrice: z.string().default('0.0000'),
    weightPerProduct: z.number().default(1),
  }),
  settings: settingsSchema.partial(),
  webhook: webhookSchema.partial(),
  /** The first so many of the collected messages, all unless told. */
  releaseWebhooks: z.strictObject({ count: z.int().min(1).optional() }),
  /** A message by hand: about any reference, with any statuses, at any time. What is left out is as it is now. */
  sendWebhook: z.strictObject({
    reference: z.string(),
    warehouseCode: z.string().optional(),
    status: z.string().optional(),
    shipments: z.array(z.strictObject({ id: z.string(), status: z.string() })).optional(),
  }),
} as const;

export type ControlInputs = { [Name in keyof typeof controlSchemas]: z.input<(typeof controlSchemas)[Name]> };
/** The inputs with their defaults. */
export type ControlOrders = { [Name in keyof typeof controlSchemas]: z.output<(typeof controlSchemas)[Name]> };

/** A shipment that a control has changed. */
export interface Moved {
  orderId: string;
  shipmentId: string;
  status: string;
}

/** What people at the warehouse can do, and the sandbox's own settings. Each throws when it is not allowed. */
export interface LogisticsPlusControls {
  /** ENT to HEL. */
  hold(input: ControlInputs['hold']): Moved[];
  /** HEL to ENT. */
  release(input: ControlInputs['release']): Moved[];
  /** ENT to PIC. */
  pick(input: ControlInputs['pick']): Moved[];
  /** PIC to FIN. */
  finalize(input: ControlInputs['finalize']): Moved[];
  /** ENT, HEL or PIC to CAN. */
  cancel(input: ControlInputs['cancel']): Moved[];
  /** Gives the new shipment. */
  split(input: ControlInputs['split']): Moved[];
  setShipmentStatus(input: ControlInputs['setShipmentStatus']): Moved[];
  /** Gives the ids of the orders. */
  editOrder(input: ControlInputs['editOrder']): string[];
  /** Gives the new id. */
  seedProduct(input: ControlInputs['seedProduct']): string;
  settings(input: ControlInputs['settings']): void;
  webhook(input: ControlInputs['webhook']): void;
  /** Gives how many went. */
  releaseWebhooks(input?: ControlInputs['releaseWebhooks']): number;
  sendWebhook(input: ControlInputs['sendWebhook']): void;
}
