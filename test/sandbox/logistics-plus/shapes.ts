import { z } from 'zod';

/** The shapes that the documentation shows, with no member beside them. Numbers as text are text there too. */

const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/);
const id = z.string().regex(/^[0-9a-f]{24}$/);
const keyValues = z.array(z.strictObject({ key: z.string(), value: z.string() }));
const count = z.string().regex(/^\d+$/);

const shipTo = z.strictObject({
  address: z.strictObject({
    organization: z.string().optional(),
    addressLine1: z.string(),
    addressLine2: z.string().optional(),
    country: z.string(),
    state: z.string().optional(),
    city: z.string().optional(),
    postalCode: z.string().optional(),
    isResidential: z.boolean(),
  }),
  contact: z
    .strictObject({
      personName: z.string().optional(),
      phoneNumber: z.string().optional(),
      mobileNumber: z.string().optional(),
      faxNumber: z.string().optional(),
      emailAddress: z.string().optional(),
    })
    .optional(),
});

const orderLine = z.strictObject({
  lineNumber: count,
  externalLineReference: z.string().optional(),
  productCode: z.string(),
  quantity: z.number(),
  quantityUnit: z.string().optional(),
  lineAttributes: keyValues,
  lineCustomAttributes: keyValues,
  partAttributes: keyValues,
});

const shipmentLine = orderLine.extend({
  sublines: z.array(z.strictObject({ quantity: z.number(), partAttributes: keyValues })),
});

const parcel = z.strictObject({
  packageReference: z.string(),
  weight: z.number(),
  weightUnit: z.string(),
  length: z.number(),
  width: z.number(),
  height: z.number(),
  dimUnit: z.string(),
  packageType: z.string(),
  packedLines: z.array(
    z.strictObject({
      quantity: z.number(),
      orderLineReference: count,
      orderSubLineReference: count,
      productCode: z.string(),
    }),
  ),
});

const shipment = z.strictObject({
  id,
  wmsId: z
    .string()
    .regex(/^W\d{8}$/)
    .optional(),
  status: z.string().regex(/^[A-Z]{3}$/),
  dateCreated: time,
  dateLastUpdated: time,
  actualShipDate: time.optional(),
  trackingDetail: z
    .strictObject({
      carrierCode: z.string(),
      carrierName: z.string().optional(),
      serviceLevelCode: z.string(),
      trackingNumber: z.string(),
    })
    .optional(),
  warehouseCode: z.string(),
  primaryReference: z.string(),
  secondaryReference: z.string().optional(),
  shipToAddress: shipTo,
  requiredShipDate: time,
  totalCost: z.literal('0').optional(),
  totalCostUnit: z.literal('USD').optional(),
  packages: z.array(parcel),
  shipmentLines: z.array(shipmentLine),
  milestones: z.array(z.strictObject({ code: z.string(), description: z.string(), sequence: count, actualDate: time })),
  additionalReferences: keyValues,
});

/** The answer to creating and changing an order. */
const written = z.strictObject({
  id,
  dateCreated: time,
  dateLastUpdated: time,
  status: z.enum(['PRS', 'FIN', 'CAN']),
  warehouseCode: z.string(),
  primaryReference: z.string(),
  secondaryReference: z.string().optional(),
  shipToAddress: shipTo,
  requiredShipDate: time,
  orderLines: z.array(orderLine).min(1),
  shipments: z.array(shipment),
  additionalReferences: keyValues,
  note: z.string().optional(),
});

/** What a search shows has members that the other answers do not have. */
const found = written.extend({
  jobCosting: z.strictObject({ branch: z.string() }),
  packingRequired: z.boolean(),
  excludeFromTotePicking: z.boolean(),
  transportDetail: z.strictObject({ carrierCode: z.string().optional(), serviceLevelCode: z.string().optional() }),
  orderLines: z.array(orderLine.extend({ linePrice: z.number() })).min(1),
});

const product = z.strictObject({
  id,
  productCode: z.string().max(35),
  productDescription: z.string(),
  productUnit: z.string(),
  unitPrice: z.string(),
  unitPriceCurrency: z.string(),
  dimHeight: z.number(),
  dimWidth: z.number(),
  dimDepth: z.number(),
  dimUnit: z.string(),
  weightPerProduct: z.number(),
  weightPerProductUnit: z.string(),
  clientProductCode: z.string().optional(),
  clientProductDescription: z.string().optional(),
  clientProductUnit: z.string().optional(),
  pickMode: z.enum(['ANE', 'ASP']),
  productAttributes: z.array(
    z.strictObject({
      key: z.string(),
      requiredForWarehouseRelease: z.boolean().optional(),
      requiredForRfConfirmation: z.boolean().optional(),
    }),
  ),
  customFields: z.array(z.never()),
});

const envelope = { resource: z.array(z.never()).length(0) };
const hexId = z.string().regex(/^[0-9a-f]{32}$/);

const success = (data: z.ZodType, requestId: z.ZodType) =>
  z.strictObject({ ...envelope, data, id: requestId, errors: z.array(z.never()).length(0) });

/** What a 200 of each operation looks like. */
export const successShapes: Readonly<Record<string, z.ZodType>> = {
  'orders.create': success(written, hexId),
  'orders.update': success(written, z.uuid()),
  'orders.search': success(z.strictObject({ orders: z.array(found) }), hexId),
  'orders.get': success(found, hexId),
  'products.getId': success(z.union([z.strictObject({ id, pickMode: z.string() }), z.strictObject({})]), z.uuid()),
  'products.list': success(z.strictObject({ products: z.array(product) }), z.uuid()),
  'products.get': success(product, z.uuid()),
  'products.create': success(product, z.uuid()),
  'products.update': success(product, z.uuid()),
};

/** What every refusal looks like: its status is text. */
export const failureShape = (status: number) =>
  z.strictObject({
    ...envelope,
    data: z.strictObject({}),
    id: hexId,
    errors: z
      .array(
        z.strictObject({
          id: z.uuid(),
          status: z.literal(String(status)),
          code: z.string(),
          title: z.string(),
          detail: z.string().min(1),
          source: z.strictObject({ pointer: z.string().regex(/^(\/.+)?$/) }),
        }),
      )
      .min(1),
  });
