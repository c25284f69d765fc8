import type { SandboxClock } from '../clock.js';
import type { FieldValues } from './bodies.js';
import { Counter } from './counter.js';
import { type Dated, DatedRecords } from './dated-records.js';

export interface PackedLine {
  id: number;
  lineItemId: number;
  sku: string;
  quantity: number;
}

interface ShipmentContent {
  orderNo: number;
  groupOrderId: number;
  lobId: number;
  warehouseId: number;
  /** What the order asked for. */
  carrier: number;
  /** What the parcel really went by. */
  carrierCompany: string;
  carrierServiceId: number;
  trackingNo: string;
  /** A word of the parcel's way: Staged, In-Transit, Delivered, Voided … */
  status: string;
  shipDate: number;
  deliveredAt: number | null;
  /** Mostly one; a row may stand for several. */
  cartonIds: number[];
  /** Number of the first within the order. */
  cartonNo: number;
  weightLbs: number;
  freight: number;
  lines: PackedLine[];
}
/** A parcel. */
export type Shipment = ShipmentContent & Dated;

interface ProcessContent {
  processNo: number;
  fulfillmentPlanId: number;
  warehouseId: number;
  shipDate: number;
  numberOfOrders: number;
  numberOfLines: number;
  numberOfSKUs: number;
  shippedOrders: number;
  completedPicks: number;
}
/** A run of a fulfillment plan over some orders. */
export type FulfillmentProcess = ProcessContent & Dated;

interface ExternalShipmentContent {
  fields: FieldValues;
  status: 'New' | 'Executed';
}
/** A shipment that was made outside. */
export type ExternalShipment = ExternalShipmentContent & Dated;

/** What leaves the site's warehouses, and how. */
export class ShipmentBook {
  readonly parcels: DatedRecords<ShipmentContent>;
  readonly processes: DatedRecords<ProcessContent>;
  readonly external: DatedRecords<ExternalShipmentContent>;
  readonly cartonIds = new Counter(410_001);
  readonly contentIds = new Counter(520_001);

  constructor(clock: SandboxClock) {
    this.parcels = new DatedRecords(clock, 700_123);
    this.processes = new DatedRecords(clock, 3_120);
    this.external = new DatedRecords(clock, 3_301);
  }

  ofOrder(orderNo: number): Shipment[] {
    return this.parcels.all().filter((shipment) => shipment.orderNo === orderNo);
  }
}

/** A parcel that was taken back: its tracking number means nothing any more. */
export function isVoided({ status }: Shipment): boolean {
  return status === 'Voided';
}
