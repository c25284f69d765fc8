import type { LogisticsPlusPieces, LogisticsPlusShipment } from '../../workflows/logistics-plus/contract.js';
import { given } from '../given.js';
import { quantityOf } from './lines.js';
import type { LineThere, Pair, ShipmentThere } from './shapes.js';

type Package = LogisticsPlusShipment['packages'][number];

/** A shipment as it is told: what the platform leaves out or empty is left out. */
export function shipmentOf(there: ShipmentThere): LogisticsPlusShipment {
  const { carrierCode, carrierName, serviceLevelCode, trackingNumber } = there.trackingDetail ?? {};
  return {
    id: there.id,
    status: there.status,
    ...given({ wmsId: there.wmsId, actualShipDate: there.actualShipDate }),
    ...given({ carrierCode, carrierName, serviceLevelCode, trackingNumber }),
    packages: there.packages.map(packageOf),
    lines: there.shipmentLines.map((line) => ({
      ...given({ externalLineReference: line.externalLineReference, lineNumber: line.lineNumber }),
      productCode: line.productCode ?? '',
      quantity: quantityOf(line),
      pieces: piecesOf(line),
      attributes: attributesOf([...line.partAttributes, ...line.lineAttributes, ...line.lineCustomAttributes]),
    })),
    milestones: there.milestones.flatMap(({ code, actualDate }) => (code && actualDate ? [{ code, actualDate }] : [])),
  };
}

/** Sizes are told as they come: the unit of length was seen to be wrong. */
function packageOf(there: ShipmentThere['packages'][number]): Package {
  const { packageType, weight, weightUnit, length, width, height, dimUnit } = there;
  return {
    packageReference: there.packageReference ?? '',
    ...given({ packageType, weight, weightUnit, length, width, height, dimUnit }),
    lines: there.packedLines.map(({ productCode, quantity, orderLineReference }) => ({
      productCode: productCode ?? '',
      quantity: quantity ?? 0,
      ...given({ lineNumber: orderLineReference }),
    })),
  };
}

function piecesOf({ sublines }: LineThere): LogisticsPlusPieces[] {
  return sublines.map(({ quantity, partAttributes }) => ({
    quantity: quantity ?? 0,
    attributes: attributesOf(partAttributes),
  }));
}

/**
 * Attributes by their keys in lower case: the platform writes one key in two letter cases. Several values of one key, as
 * a line of several serial numbers has them, stand side by side.
 */
function attributesOf(pairs: readonly Pair[]): Record<string, string> {
  const values = new Map<string, Set<string>>();
  for (const { key, value } of pairs) {
    const name = (key ?? '').trim().toLowerCase();
    const text = String(value ?? '').trim();
    if (name === '' || text === '') continue;
    values.set(name, (values.get(name) ?? new Set()).add(text));
  }
  return Object.fromEntries([...values].map(([name, texts]) => [name, [...texts].join(', ')]));
}
