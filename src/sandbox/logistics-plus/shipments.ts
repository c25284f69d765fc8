import { type Ids, wmsIdOf } from './ids.js';
import {
  type Content,
  isEditable,
  type OrderLine,
  type OrderState,
  type Shipment,
  type ShipmentLine,
} from './orders.js';

/** A shipment of everything, as the warehouse was told. */
export function enteredShipment(content: Content, ids: Ids, enteredAt: number): Shipment {
  const id = ids.next(enteredAt);
  return {
    id,
    wmsId: wmsIdOf(id),
    status: 'ENT',
    createdAt: enteredAt,
    updatedAt: enteredAt,
    ...headOf(content),
    lines: content.lines.map((line) => toShip(line, line.quantity)),
    pickedAt: null,
    departure: null,
  };
}

/** Brings the shipments that can still be changed to what the warehouse was told. */
export function follow(draft: OrderState, at: number): void {
  const { told } = draft;
  const open = draft.shipments.filter(isEditable);
  const elsewhere = draft.shipments.filter((shipment) => !isEditable(shipment) && shipment.status !== 'CAN');
  for (const [index, lines] of spread(told.lines, open, elsewhere).entries()) {
    const shipment = open[index];
    if (shipment !== undefined) Object.assign(shipment, structuredClone(headOf(told)), { lines, updatedAt: at });
  }
  draft.updatedAt = at;
}

function headOf({ secondaryReference, shipTo, requiredShipDate }: Content) {
  return { secondaryReference, shipTo, requiredShipDate };
}

export function toShip(line: OrderLine, quantity: number): ShipmentLine {
  return { ...structuredClone(line), quantity, sublines: [] };
}

/** The lines of each open shipment: the others keep what they have of a line, the first takes up the difference. */
function spread(
  lines: readonly OrderLine[],
  open: readonly Shipment[],
  elsewhere: readonly Shipment[],
): ShipmentLine[][] {
  const left = new Map(
    lines.map((line) => [line, line.quantity - elsewhere.reduce((sum, each) => sum + quantityIn(each, line), 0)]),
  );
  const take = (line: OrderLine, wanted: number): ShipmentLine[] => {
    const quantity = Math.min(wanted, left.get(line) ?? 0);
    left.set(line, (left.get(line) ?? 0) - quantity);
    return quantity > 0 ? [toShip(line, quantity)] : [];
  };
  const others = open.slice(1).map((shipment) => lines.flatMap((line) => take(line, quantityIn(shipment, line))));
  return [lines.flatMap((line) => take(line, Number.POSITIVE_INFINITY)), ...others];
}

function quantityIn(shipment: Shipment, line: OrderLine): number {
  return shipment.lines.find((each) => isSameLine(each, line))?.quantity ?? 0;
}

function isSameLine(one: OrderLine, other: OrderLine): boolean {
  return (
    one.productCode === other.productCode &&
    (one.externalLineReference === undefined
      ? one.lineNumber === other.lineNumber
      : one.externalLineReference === other.externalLineReference)
  );
}
