import { Decimal } from '../json.js';
import { alpha2 } from './countries.js';
import {
  type Departure,
  hasEnded,
  type KeyValue,
  type Order,
  type OrderLine,
  type OrderState,
  orderStatus,
  type Package,
  type Shipment,
  type ShipmentLine,
  type ShipTo,
} from './orders.js';
import { logisticsPlusSeed } from './seed.js';
import type { Tenant } from './tenant.js';

/** How much earlier than the order's own a finalized shipment's required date is, as in the documentation's example. */
const requiredEarlierMs = 12 * 3_600_000;
/** In the warehouse's numbers. */
const decimals = 3;
/** A status code that no documentation names. */
const unknownStatus = 'WTG';

/** Which call answers: a search shows more of an order than creating and changing it. */
export type Occasion = 'write' | 'search';

/** An order as the API shows it. */
export function orderView(tenant: Tenant, order: Order, state: OrderState, occasion: Occasion): object {
  const { settings, surprises } = tenant;
  const { content } = state;
  const extra = surprises.strikes(settings.extraFieldShare);
  const unknown = occasion === 'search' && surprises.strikes(settings.unknownStatusShare);
  return {
    id: order.id,
    dateCreated: isoTime(order.createdAt),
    dateLastUpdated: isoTime(state.updatedAt),
    status: orderStatus(state.shipments),
    warehouseCode: order.warehouseCode,
    primaryReference: order.primaryReference,
    secondaryReference: content.secondaryReference,
    shipToAddress: content.shipTo,
    requiredShipDate: isoTime(content.requiredShipDate),
    ...(occasion === 'search' && {
      jobCosting: { branch: logisticsPlusSeed.branch },
      packingRequired: false,
      excludeFromTotePicking: false,
      transportDetail: content.transportDetail ?? {},
    }),
    orderLines: content.lines.map((line) => lineView(line, occasion)),
    shipments: state.shipments.map((shipment) => ({
      ...shipmentView(order, shipment, content.rateGroup !== null),
      ...(unknown && !hasEnded(shipment) && { status: unknownStatus }),
      ...(extra && { waveNumber: 7 }),
    })),
    additionalReferences: content.additionalReferences,
    note: content.note,
    ...(extra && { fulfillmentChannel: { code: 'STD', tags: [] } }),
  };
}

/** ISO 8601 with a numeric offset and without a fraction. */
function isoTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}+00:00`;
}

function lineView(line: OrderLine, occasion: Occasion): object {
  const { lineNumber, externalLineReference, productCode, quantity, quantityUnit, ...attributes } = line;
  return {
    lineNumber,
    externalLineReference,
    productCode,
    quantity,
    quantityUnit,
    ...(occasion === 'search' && { linePrice: 0 }),
    ...attributes,
  };
}

function shipmentView(order: Order, shipment: Shipment, rateShopped: boolean): object {
  const { departure } = shipment;
  return {
    id: shipment.id,
    // Shown in the documentation's example of rate shopping only.
    ...(rateShopped && { wmsId: shipment.wmsId }),
    status: shipment.status,
    dateCreated: isoTime(shipment.createdAt),
    dateLastUpdated: isoTime(shipment.updatedAt),
    ...(departure !== null && { actualShipDate: isoTime(departure.shippedAt), trackingDetail: departure.tracking }),
    warehouseCode: order.warehouseCode,
    primaryReference: order.primaryReference,
    secondaryReference: shipment.secondaryReference,
    shipToAddress: departure === null ? shipment.shipTo : addressOnLabel(shipment.shipTo),
    requiredShipDate: isoTime(shipment.requiredShipDate - (departure === null ? 0 : requiredEarlierMs)),
    // Text, unlike all other numbers.
    ...(departure !== null && { totalCost: '0', totalCostUnit: 'USD' }),
    packages: departure?.packages.map(packageView) ?? [],
    shipmentLines: shipment.lines.map((line) => shipmentLineView(line, departure)),
    milestones: milestones(shipment),
    additionalReferences: departure?.additionalReferences ?? [],
  };
}

/** What a finalized shipment has left of an address: two letters for the country, no company, one number to call. */
function addressOnLabel({ address, contact }: ShipTo): object {
  return {
    address: { ...address, organization: undefined, country: alpha2(address.country) },
    contact: contact && { ...contact, mobileNumber: undefined, faxNumber: undefined },
  };
}

function shipmentLineView(line: ShipmentLine, departure: Departure | null): object {
  const { sublines, lineNumber, externalLineReference, productCode, quantity, quantityUnit, ...attributes } = line;
  return {
    sublines: sublines.map((subline) => ({
      quantity: decimal(subline.quantity),
      partAttributes: subline.partAttributes,
    })),
    lineNumber,
    externalLineReference,
    productCode,
    quantity: departure === null ? quantity : decimal(quantity),
    quantityUnit,
    ...attributes,
    ...(departure !== null && { partAttributes: inCapitals(sublines.flatMap((subline) => subline.partAttributes)) }),
  };
}

/** Keys are written in capitals on the line, and as they were entered below it. */
function inCapitals(attributes: readonly KeyValue[]): KeyValue[] {
  return attributes.map(({ key, value }) => ({ key: key.toUpperCase(), value }));
}

function packageView({ weight, length, width, height, packedLines, ...rest }: Package): object {
  return {
    packageReference: rest.packageReference,
    weight: decimal(weight),
    weightUnit: rest.weightUnit,
    length: decimal(length),
    width: decimal(width),
    height: decimal(height),
    dimUnit: rest.dimUnit,
    packageType: rest.packageType,
    packedLines: packedLines.map((line) => ({ ...line, quantity: decimal(line.quantity) })),
  };
}

const decimal = (value: number) => new Decimal(value, decimals);

/** Shown from picking on. */
function milestones({ createdAt, pickedAt, departure }: Shipment): object[] {
  if (pickedAt === null) return [];
  const reached = [
    { code: 'WHE', description: 'Entered', at: createdAt },
    { code: 'WHI', description: 'Sent to Pick', at: pickedAt },
    ...(departure === null ? [] : [{ code: 'FIN', description: 'Finalized', at: departure.shippedAt }]),
  ];
  return reached.map(({ code, description, at }, index) => ({
    code,
    description,
    sequence: String(index + 1),
    actualDate: isoTime(at),
  }));
}
