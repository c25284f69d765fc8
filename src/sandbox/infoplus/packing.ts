import type { Order, OrderLine } from './orders.js';
import { infoplusSeed } from './seed.js';

/** A parcel as a person at the warehouse tells of it. */
export interface Parcel {
  trackingNo?: string | undefined;
  carrierServiceId: number;
  /** A word of the parcel's way. */
  status: string;
  numberOfCartons: number;
  /** What its goods weigh, unless told. */
  weightLbs?: number | undefined;
  freight: number;
  /** All that no other parcel has, unless told. */
  lines?: { sku: string; quantity: number }[] | undefined;
}

/** A parcel on its way, by the first carrier's ground service. */
export const plainParcel: Parcel = {
  carrierServiceId: infoplusSeed.carrierServices[0].id,
  status: 'In-Transit',
  numberOfCartons: 1,
  freight: 8.12,
};

export interface Packed {
  parcel: Parcel;
  lines: { line: OrderLine; quantity: number }[];
}

export function notShipped({ allowedQty, shippedQty }: OrderLine): number {
  return Math.max(0, allowedQty - shippedQty);
}

/** What is in each parcel; throws when one is told to hold what the order was not given, or has shipped already. */
export function pack({ lines }: Order, parcels: readonly Parcel[]): Packed[] {
  const left = new Map(lines.map((line) => [line, notShipped(line)]));
  const take = (line: OrderLine, quantity: number) => {
    left.set(line, (left.get(line) ?? 0) - quantity);
    return { line, quantity };
  };
  const told = new Map(
    parcels.map((parcel) => [
      parcel,
      parcel.lines?.map(({ sku, quantity }) => {
        const line = lines.find((each) => each.sku === sku && (left.get(each) ?? 0) >= quantity);
        if (line === undefined) throw new Error(`The order has no ${quantity} of ${sku} to ship.`);
        return take(line, quantity);
      }),
    ]),
  );
  return parcels.map((parcel) => ({
    parcel,
    lines:
      told.get(parcel) ??
      [...left].filter(([, quantity]) => quantity > 0).map(([line, quantity]) => take(line, quantity)),
  }));
}
