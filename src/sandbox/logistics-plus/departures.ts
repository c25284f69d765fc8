import { given } from '../members.js';
import { type Catalog, serialKey } from './catalog.js';
import type { ControlOrders } from './control-inputs.js';
import { eachOnce, lineOf } from './line-names.js';
import type {
  Content,
  Departure,
  KeyValue,
  Order,
  Package,
  PackedLine,
  Shipment,
  ShipmentLine,
  Subline,
  Tracking,
} from './orders.js';
import { logisticsPlusSeed } from './seed.js';

type Finalizing = ControlOrders['finalize'];
type ShippedLine = Finalizing['lines'][number];

/** A box of the documentation's kind: sizes that can only be inches, in a unit that says something else. */
const box = { weightUnit: 'LB', length: 9, width: 6, height: 5, dimUnit: 'M', packageType: 'BOX' };

/** Everything that is known once the goods of a shipment have left. */
export interface Departed {
  lines: ShipmentLine[];
  departure: Departure;
}

/** What leaves when a shipment is finalized: all that it lists, unless told. */
export function depart(
  { order, content, shipment, catalog }: { order: Order; content: Content; shipment: Shipment; catalog: Catalog },
  { lines: told, packages, tracking }: Finalizing,
  now: number,
): Departed {
  const toldOf = eachOnce(shipment.lines, told);
  const lines = shipment.lines
    .map((line) => shippedLine(line, shipment, catalog, toldOf.get(line)))
    .filter(({ quantity }) => quantity > 0);
  const parcels: NonNullable<Finalizing['packages']> = packages ?? [{}];
  return {
    lines,
    departure: {
      // Never before it was picked: an order is dated a little ahead.
      shippedAt: Math.max(now, shipment.pickedAt ?? now),
      tracking: { ...carrierOf(content), trackingNumber: `7700${shipment.wmsId.slice(1)}`, ...given(tracking) },
      packages: parcels.map((parcel, index) => packageOf(parcel, index, { order, lines, catalog })),
      additionalReferences: content.additionalReferences,
    },
  };
}

function shippedLine(line: ShipmentLine, shipment: Shipment, catalog: Catalog, told?: ShippedLine): ShipmentLine {
  const quantity = told?.quantity ?? told?.serialNumbers?.length ?? line.quantity;
  if (told?.serialNumbers !== undefined && told.serialNumbers.length !== quantity) {
    throw new Error(`Line ${line.lineNumber} ships ${quantity}, with ${told.serialNumbers.length} serial numbers.`);
  }
  const serialNumbers =
    told?.serialNumbers ??
    (catalog.byCode(line.productCode)?.pickMode === 'ANE' ? madeUpSerials(shipment, line, quantity) : []);
  return { ...line, quantity, sublines: sublinesOf(quantity, serialNumbers, told?.attributes ?? []) };
}

function sublinesOf(quantity: number, serialNumbers: readonly string[], attributes: KeyValue[]): Subline[] {
  if (serialNumbers.length === 0) return [{ quantity, partAttributes: attributes }];
  return serialNumbers.map((value) => ({ quantity: 1, partAttributes: [{ key: serialKey, value }, ...attributes] }));
}

function madeUpSerials({ wmsId }: Shipment, { lineNumber }: ShipmentLine, quantity: number): string[] {
  return Array.from({ length: quantity }, (_, index) => `SN-${wmsId}-${lineNumber}-${index + 1}`);
}

/** Rate shopping chooses the carrier; else it is the one that was asked for, or the account's own. */
function carrierOf({ rateGroup, transportDetail }: Content): Omit<Tracking, 'trackingNumber'> {
  const { rateGroups, carrier } = logisticsPlusSeed;
  if (rateGroup !== null) return { ...rateGroups[rateGroup as keyof typeof rateGroups] };
  return { ...carrier, ...given(transportDetail ?? {}) };
}

function packageOf(
  parcel: NonNullable<Finalizing['packages']>[number],
  index: number,
  { order, lines, catalog }: { order: Order; lines: readonly ShipmentLine[]; catalog: Catalog },
): Package {
  const { lines: packed, ...rest } = parcel;
  const packedLines = packed === undefined ? allOf(lines) : packed.map((each) => packedLine(lines, each));
  const weight = packedLines.reduce(
    (sum, { productCode, quantity }) => sum + quantity * (catalog.byCode(productCode)?.weightPerProduct ?? 0),
    0,
  );
  return {
    packageReference: `${order.primaryReference}-${String(index + 1).padStart(3, '0')}`,
    weight,
    ...box,
    ...given(rest),
    packedLines,
  };
}

function allOf(lines: readonly ShipmentLine[]): PackedLine[] {
  return lines.flatMap(({ lineNumber, productCode, sublines }) =>
    sublines.map(({ quantity }, index) => ({
      quantity,
      orderLineReference: lineNumber,
      orderSubLineReference: String(index),
      productCode,
    })),
  );
}

function packedLine(
  lines: readonly ShipmentLine[],
  { line, quantity }: { line: string; quantity: number },
): PackedLine {
  const { lineNumber, productCode } = lineOf(lines, line);
  return { quantity, orderLineReference: lineNumber, orderSubLineReference: '0', productCode };
}
