import { z } from 'zod';
import type { Content, OrderLine } from './orders.js';

/** Published for product codes only; taken for references as well, which a warehouse prints and scans. */
const longestReference = 35;
/** Not published. */
const longestNote = 250;

/** Null and an absent member are the same. */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((value) => value ?? undefined);

const text = z.string();
const reference = text.max(longestReference);
const keyValue = z.object({ key: text.min(1), value: text });
const references = z.array(z.object({ key: text.min(1), value: reference }));
const attributes = optional(z.array(keyValue)).transform((list) => list ?? []);

const lineSchema = z.object({
  externalLineReference: optional(reference),
  productCode: text.min(1).max(longestReference),
  quantity: z.number().positive(),
  quantityUnit: optional(text),
  lineAttributes: attributes,
  lineCustomAttributes: attributes,
  partAttributes: attributes,
});

const shipToSchema = z.object({
  address: z.object({
    organization: optional(text),
    addressLine1: text.min(1),
    addressLine2: optional(text),
    // Two letters and three both occur.
    country: text.regex(/^[A-Za-z]{2,3}$/, 'country has to be a code of two or three letters'),
    state: optional(text),
    city: optional(text),
    postalCode: optional(text),
    isResidential: optional(z.boolean()).transform((value) => value ?? false),
  }),
  contact: optional(
    z.object({
      personName: optional(text),
      phoneNumber: optional(text),
      mobileNumber: optional(text),
      faxNumber: optional(text),
      emailAddress: optional(text),
    }),
  ),
});

/** The body of create and update. Members that are not known are left aside. */
export const orderSchema = z.object({
  warehouseCode: text.min(1),
  primaryReference: reference.min(1),
  secondaryReference: optional(reference),
  shipToAddress: shipToSchema,
  requiredShipDate: optional(z.iso.datetime({ offset: true })),
  orderLines: z.array(lineSchema).min(1),
  additionalReferences: optional(references),
  note: optional(text.max(longestNote)),
  transportDetail: z.object({ carrierCode: optional(text), serviceLevelCode: optional(text) }).nullish(),
  rateGroup: text.nullish(),
  forwardingData: z.object({ incoTerm: text.nullish() }).nullish(),
});
export type OrderBody = z.output<typeof orderSchema>;

/** What a body asks for. `defaultShipDate` is for one that leaves the date to the service. */
export function contentOf(body: OrderBody, defaultShipDate: number): Content {
  return {
    secondaryReference: body.secondaryReference,
    shipTo: body.shipToAddress,
    requiredShipDate: body.requiredShipDate === undefined ? defaultShipDate : Date.parse(body.requiredShipDate),
    lines: body.orderLines.map((line, index): OrderLine => ({ lineNumber: String(index + 1), ...line })),
    additionalReferences: body.additionalReferences ?? [],
    note: body.note,
    transportDetail: body.transportDetail ?? null,
    rateGroup: rateGroupOf(body),
    incoTerm: body.forwardingData?.incoTerm ?? null,
  };
}

/** An empty rate group is none. */
export function rateGroupOf({ rateGroup }: OrderBody): string | null {
  return rateGroup === undefined || rateGroup === '' ? null : rateGroup;
}
