import { z } from 'zod';

/*
 * What we rely on in answers of XML-RPC. Keap leaves members out that are null, and some integers and amounts come as
 * text; dates come without a zone and are read as if they were UTC, to be set right by the account's time zone.
 */

export const number = z.union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/)]).transform(Number);

export const id = z.union([z.number().int().positive(), z.string().regex(/^[1-9]\d*$/)]).transform(String);

export const idOrNone = z
  .union([z.number().int(), z.string()])
  .nullish()
  .transform((value) =>
    value === undefined || value === null || /^0?$/.test(String(value)) ? undefined : String(value),
  );

const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === undefined || value === null ? '' : String(value)));

/** A column that may be empty. */
export const optionalText = z.string().nullish();

const amount = number.nullish().transform((value) => value ?? 0);

/** Methods that do something answer true. Anything else leaves open what was done. */
export const done = z.union([z.literal(true), z.literal(1), z.literal('true')]);

export const record = z.record(z.string(), z.unknown());

export const placed = z.object({ OrderId: id, InvoiceId: id });

export const charged = z.object({ Code: z.string(), RefNum: text });

export const invoice = z.object({
  Id: id,
  JobId: id,
  InvoiceTotal: amount,
  TotalPaid: amount,
  PayStatus: amount,
  RefundStatus: amount,
});
export const invoiceFields = ['Id', 'JobId', 'InvoiceTotal', 'TotalPaid', 'PayStatus', 'RefundStatus'];
export type Invoice = z.output<typeof invoice>;

export const ids = z.object({ Id: id });
export const jobIds = z.object({ JobId: idOrNone });

export const orderItem = z.object({
  Id: id,
  ProductId: idOrNone,
  ItemName: text,
  ItemDescription: text,
  Notes: text,
  ItemType: amount,
  Qty: number,
  CPU: amount,
  PPU: amount,
});
export const orderItemFields = [
  'Id',
  'ProductId',
  'ItemName',
  'ItemDescription',
  'Notes',
  'ItemType',
  'Qty',
  'CPU',
  'PPU',
];
export type OrderItem = z.output<typeof orderItem>;

export const payments = z
  .object({ Id: id, PayAmt: amount, PayType: text, PayNote: text, RefundId: idOrNone, ChargeId: idOrNone })
  .array();

/** Each label is a member's name and value; an empty label breaks the name. */
export const paymentOptions = z
  .record(z.string(), text)
  .transform((options) => Object.values(options).filter((label) => label !== ''));

export const contacts = z.object({ Id: id, Email: text }).array();

export const product = z.object({ Id: id, Sku: text, Status: amount });

export const formField = z.object({ Id: id, Name: text, Label: text, DataType: amount });

/** With the column of the reference beside it. */
export const recurringOrder = z.looseObject({
  Id: id,
  ContactId: id,
  ProductId: idOrNone,
  SubscriptionPlanId: id,
  Status: text,
  Qty: number.nullish().transform((value) => value ?? 1),
  BillingAmt: amount,
});

export const plan = z.object({
  Id: id,
  ProductId: id,
  /** `1` year, `2` month, `3` week, `6` day. */
  Cycle: text,
  Frequency: number.nullish().transform((value) => value ?? 1),
  /** A flag: 0 and 1, or a truth value. */
  Active: z.union([z.boolean(), number]).nullish(),
});
export const planFields = ['Id', 'ProductId', 'Cycle', 'Frequency', 'Active'];
export type Plan = z.output<typeof plan>;
