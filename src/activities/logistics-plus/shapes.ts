import { z } from 'zod';
import { sameReference } from '../references.js';
import { list } from '../shapes.js';
import { anyCase, renamed } from './names.js';

/*
 * What we rely on in answers of the Warehouse API. Codes, references and numbers of lines are texts there; one that
 * comes as a number is taken too. Quantities and sizes are numbers; one that comes as a text is taken too.
 */

const word = z.union([z.string(), z.number()]).transform(String);
const known = word.refine((value) => value.trim() !== '');
const maybe = word.nullish();

/** What cannot be read as a number is as if it were not there. */
const number = z
  .union([z.number(), z.string()])
  .nullish()
  .transform((value) => {
    const read = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value ?? Number.NaN);
    return Number.isFinite(read) ? read : undefined;
  });

/** `PRS`, `ENT` … in capitals. Empty where there is none, which is one more status that nobody knows. */
const status = maybe.transform((value) => (value ?? '').trim().toUpperCase());

const pair = anyCase({ key: maybe, value: z.union([z.string(), z.number(), z.boolean()]).nullish() });
export type Pair = z.output<typeof pair>;

const line = anyCase({
  lineNumber: maybe,
  externalLineReference: maybe,
  productCode: maybe,
  quantity: number,
  quantityUnit: maybe,
  sublines: list(anyCase({ quantity: number, partAttributes: list(pair) })),
  lineAttributes: list(pair),
  lineCustomAttributes: list(pair),
  partAttributes: list(pair),
});
/** A line of an order (what is to ship) or of a shipment (what ships). */
export type LineThere = z.output<typeof line>;

const shipment = anyCase({
  id: known,
  wmsId: maybe,
  status,
  actualShipDate: maybe,
  secondaryReference: maybe,
  trackingDetail: anyCase({
    carrierCode: maybe,
    carrierName: maybe,
    serviceLevelCode: maybe,
    trackingNumber: maybe,
  }).nullish(),
  packages: list(
    anyCase({
      packageReference: maybe,
      packageType: maybe,
      weight: number,
      weightUnit: maybe,
      length: number,
      width: number,
      height: number,
      dimUnit: maybe,
      packedLines: list(anyCase({ quantity: number, orderLineReference: maybe, productCode: maybe })),
    }),
  ),
  shipmentLines: list(line),
  milestones: list(anyCase({ code: maybe, actualDate: maybe })),
});
export type ShipmentThere = z.output<typeof shipment>;

const order = anyCase({
  id: known,
  status,
  warehouseCode: known,
  primaryReference: known,
  secondaryReference: maybe,
  dateCreated: maybe,
  requiredShipDate: maybe,
  shipToAddress: anyCase({
    address: anyCase({
      organization: maybe,
      addressLine1: maybe,
      addressLine2: maybe,
      city: maybe,
      state: maybe,
      postalCode: maybe,
      country: maybe,
    }).nullish(),
    contact: anyCase({
      personName: maybe,
      phoneNumber: maybe,
      mobileNumber: maybe,
      faxNumber: maybe,
      emailAddress: maybe,
    }).nullish(),
  }).nullish(),
  orderLines: list(line),
  additionalReferences: list(pair),
  note: maybe,
  transportDetail: anyCase({ carrierCode: maybe, serviceLevelCode: maybe }).nullish(),
  rateGroup: maybe,
  forwardingData: anyCase({ incoTerm: maybe }).nullish(),
  /** Absent or null for a moment after creation. */
  shipments: list(shipment),
});
export type OrderThere = z.output<typeof order>;

/** `id` is the id of the request; that of the order stands in `data`. */
const envelope = <D extends z.ZodType>(data: D) => anyCase({ id: maybe, data });

/** The answer to a create. The order is read again before anything else of it is relied on. */
export const created = envelope(anyCase({ id: known }));

/** The answer to an update. Its shipments show the order as it was before. */
export const updated = envelope(z.object({}));

/** Enough of an order to see whose it is. */
const head = z.preprocess((value) => renamed(value, ['primaryReference']), z.looseObject({ primaryReference: known }));

/**
 * The answer to a search: the orders that carry exactly this reference. The platform may match by the beginning; what
 * belongs to others is not looked at. A list is demanded, and no error beside it: nothing else says that there is none.
 */
export const ordersUnder = (reference: string) =>
  anyCase({
    data: anyCase({
      orders: z
        .array(head)
        .transform((orders): unknown[] =>
          orders.filter(({ primaryReference }) => sameReference(primaryReference, reference)),
        )
        .pipe(z.array(order)),
    }),
    errors: list(z.unknown()).refine((errors) => errors.length === 0),
  });
