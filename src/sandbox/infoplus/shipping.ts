import { giveBack } from './allocation.js';
import type { Order, OrderLine, Shipping } from './orders.js';
import { notShipped, type Packed, type Parcel, pack } from './packing.js';
import { infoplusSeed } from './seed.js';
import { isVoided, type Shipment } from './shipments.js';
import type { Site } from './site.js';
import { dayOf, wholeSecond } from './times.js';

export interface Departure {
  /** Without any the order ships, and nothing is recorded of how. */
  parcels: readonly Parcel[];
  /** False when more parcels follow: the order stays Processed. */
  last: boolean;
  /** The day; today unless told. */
  shipDate?: number | undefined;
}

/** Goods of a processed order leave. */
export function ship(site: Site, order: Order, { parcels, last, shipDate }: Departure): Order {
  const now = site.clock.now();
  const day = shipDate ?? dayOf(now);
  const packed = pack(order, parcels);
  for (const each of packed) record(site, order, each, day);
  const shipped = site.orders.change(order.orderNo, (draft) => {
    for (const line of draft.lines) {
      line.shippedQty += parcels.length === 0 ? notShipped(line) : quantityIn(packed, line);
    }
    draft.shipping = { ...shippingOf(site, order.orderNo), shipDate: day, shippedAt: last ? wholeSecond(now) : null };
    if (last) draft.status = 'Shipped';
  });
  takeFromStock(site, order, shipped);
  if (last) {
    giveBack(site, shipped);
    completeProcess(site, shipped);
  }
  return shipped;
}

/** What is known of an order by the parcels that count. */
export function shippingOf({ shipments }: Site, orderNo: number): Omit<Shipping, 'shipDate' | 'shippedAt'> {
  const parcels = shipments.ofOrder(orderNo).filter((parcel) => !isVoided(parcel));
  const sum = (of: (parcel: Shipment) => number) => inHundredths(parcels.reduce((total, each) => total + of(each), 0));
  return {
    freight: sum(({ freight }) => freight),
    weightLbs: sum(({ weightLbs }) => weightLbs),
    numberOfCartons: sum(({ cartonIds }) => cartonIds.length),
    trackingNo: parcels[0]?.trackingNo ?? null,
  };
}

/** A parcel, with its cartons. */
export function record(site: Site, order: Order, { parcel, lines }: Packed, shipDate: number): void {
  const { shipments, items } = site;
  const { orderNo, groupOrderId, fields } = order;
  const { lobId, warehouseId, carrierId } = fields;
  const before = shipments.ofOrder(orderNo);
  const service = infoplusSeed.carrierServices.find(({ id }) => id === parcel.carrierServiceId);
  if (service === undefined) throw new Error(`There is no carrier service ${parcel.carrierServiceId}.`);
  const weight = lines.reduce((sum, { line, quantity }) => sum + quantity * items.known(lobId, line.sku).weightLbs, 0);
  shipments.parcels.add({
    ...{ orderNo, groupOrderId, lobId, warehouseId, shipDate },
    carrier: carrierId,
    carrierCompany: service.carrierCompany,
    carrierServiceId: service.id,
    trackingNo: parcel.trackingNo ?? madeUpTracking(orderNo, before.length + 1),
    status: parcel.status,
    deliveredAt: null,
    cartonIds: Array.from({ length: parcel.numberOfCartons }, () => shipments.cartonIds.next()),
    cartonNo: before.reduce((next, { cartonIds }) => next + cartonIds.length, 1),
    weightLbs: inHundredths(parcel.weightLbs ?? weight),
    freight: parcel.freight,
    lines: lines.map(({ line: { lineItemId, sku }, quantity }) => ({
      ...{ id: shipments.contentIds.next(), lineItemId, sku, quantity },
    })),
  });
}

/** Of the form of a UPS number. */
function madeUpTracking(orderNo: number, nth: number): string {
  return `1Z999AA1${String(Math.round(orderNo * 1_000)).padStart(8, '0')}${String(nth).padStart(2, '0')}`;
}

function inHundredths(value: number): number {
  return Math.round(value * 100) / 100;
}

function quantityIn(packed: readonly Packed[], { id }: OrderLine): number {
  return packed
    .flatMap(({ lines }) => lines)
    .filter(({ line }) => line.id === id)
    .reduce((sum, { quantity }) => sum + quantity, 0);
}

function takeFromStock({ items }: Site, before: Order, after: Order): void {
  for (const { id, sku, shippedQty } of after.lines) {
    const left = shippedQty - (before.lines.find((line) => line.id === id)?.shippedQty ?? 0);
    const item = items.known(after.fields.lobId, sku);
    item.onHand -= left;
    item.inProcess -= left;
  }
}

function completeProcess({ shipments: { processes } }: Site, { fulfillmentProcessId, lines }: Order): void {
  const process = fulfillmentProcessId === null ? undefined : processes.get(fulfillmentProcessId);
  if (process === undefined) return;
  processes.change(process, {
    shippedOrders: process.shippedOrders + 1,
    completedPicks: process.completedPicks + lines.filter(({ shippedQty }) => shippedQty > 0).length,
  });
}
