import { z } from 'zod';
import { list } from '../shapes.js';
import { orderNumber } from './order-number.js';
import { statusOf } from './status.js';

/*
 * What we rely on in answers of Infoplus. What has no value is null in some and left out in others. Numbers come as
 * numbers; one that comes as a text is taken too, and so is a text that comes as a number.
 */

const word = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const maybe = word.nullish().transform((value) => value?.trim() || undefined);

/** What cannot be read as a number is as if it were not there. */
const number = z
  .union([z.number(), z.string()])
  .nullish()
  .transform((value) => {
    const read = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value ?? Number.NaN);
    return Number.isFinite(read) ? read : undefined;
  });

const recordId = z
  .union([z.number(), z.string().min(1)])
  .transform(Number)
  .pipe(z.int());

const orderNo = z.unknown().transform((value, context) => {
  const read = orderNumber(value);
  if (read === undefined) context.addIssue('expected an order number');
  return read ?? '';
});
const maybeOrderNo = z.unknown().transform(orderNumber);

const status = maybe.transform(statusOf);

const customFields = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((fields) => fields ?? {});

const line = z.looseObject({
  sku: maybe.transform((sku) => sku ?? ''),
  orderedQty: number,
  shippedQty: number,
});

export const order = z.looseObject({
  orderNo,
  groupOrderId: maybeOrderNo,
  customerOrderNo: maybe,
  lobId: number,
  status,
  holdCode: maybe,
  shipDate: maybe,
  createDate: maybe,
  trackingNo: maybe,
  lineItems: list(line),
  customFields,
});
/** An order, with all that came with it: other fields as they are. */
export type OrderThere = z.output<typeof order>;

/** A list, bare. */
export const listOf = <T extends z.ZodType>(of: T) => z.array(of);

/** What says whose an order is and when it last changed. */
export const changedOrder = z.object({ orderNo, customerOrderNo: maybe, modifyDate: maybe });

/** An order as it came, to be written back whole, and how it is read. */
export const record = z.looseObject({}).transform((raw, context) => {
  const read = order.safeParse(raw);
  if (read.success) return { raw, there: read.data };
  for (const { path } of read.error.issues) context.addIssue({ code: 'custom', path, message: 'not as expected' });
  return z.NEVER;
});
export type OrderRecord = z.output<typeof record>;

/** The answer to a create. The order is read again before anything else of it is relied on. */
export const created = z.object({ orderNo, customFields });

export const lineOfBusiness = z.object({ id: recordId, name: maybe, code: maybe, label: maybe });
export const warehouse = z.object({ id: recordId, name: maybe });
export const carrier = z.object({ carrier: recordId, label: maybe });
export const carrierService = z.object({ id: recordId, label: maybe });

export const item = z.object({ sku: maybe, lobId: number, status: maybe });
export type ItemThere = z.output<typeof item>;

export const customer = z.object({
  id: recordId,
  lobId: number,
  customerNo: maybe,
  name: maybe,
  attention: maybe,
  street: maybe,
  street2: maybe,
  street3Province: maybe,
  city: maybe,
  state: maybe,
  zipCode: maybe,
  country: maybe,
  phone: maybe,
  email: maybe,
});
export type CustomerThere = z.output<typeof customer>;

export const shipment = z.object({
  id: recordId.transform(String),
  orderNo: maybeOrderNo,
  orderNoList: list(maybeOrderNo),
  trackingNo: maybe,
  status: maybe,
  shipDate: maybe,
  carrierCompany: maybe,
  carrierServiceId: number,
  weightLbs: number,
});
export type ShipmentThere = z.output<typeof shipment>;

/** Names of tags: texts, or objects with a name. Their shape is documented nowhere. */
export const tags = z
  .array(
    z.union([
      z.string(),
      z
        .looseObject({ name: z.string().optional(), tag: z.string().optional() })
        .transform(({ name, tag }) => name ?? tag),
    ]),
  )
  .transform((names) => names.flatMap((name) => name ?? []));
