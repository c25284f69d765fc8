import type {
  LogisticsPlusFulfillment,
  LogisticsPlusMade,
  LogisticsPlusShipped,
} from '../../workflows/logistics-plus/contract.js';
import type { LogisticsPlusOrder } from '../../workflows/logistics-plus/input.js';
import { failure } from '../failure.js';
import { courseOf } from './course.js';
import { exact, holdingOf, quantityOf } from './lines.js';
import type { Open } from './open.js';
import type { OrderThere } from './shapes.js';
import { shipmentOf } from './shipment.js';

/** What became of an order at its end. */
export function resultSteps({ open }: Open) {
  return {
    /** To be asked once every shipment is `FIN` or `CAN`. A read that lags behind that is tried again. */
    async readResult(order: LogisticsPlusOrder, made: LogisticsPlusMade): Promise<LogisticsPlusShipped> {
      const { reference, connection } = order;
      const there = (await open(order).searchOrders(reference)).find(({ id }) => id === made.orderId);
      if (there === undefined || courseOf(there) === 'live') {
        const why = there === undefined ? 'is not shown' : 'has a shipment that has not ended';
        const details = { platform: 'logistics-plus', connection, reference };
        throw failure('Unavailable', `order ${made.orderId} ${why} at Logistics Plus`, details);
      }
      return shippedOf(order, there);
    },
  };
}

function shippedOf(wanted: LogisticsPlusOrder, there: OrderThere): LogisticsPlusShipped {
  const lines = linesOf(wanted, there);
  return {
    orderId: there.id,
    warehouseCode: there.warehouseCode,
    primaryReference: there.primaryReference,
    ...(there.secondaryReference ? { secondaryReference: there.secondaryReference } : {}),
    fulfillment: fulfillmentOf(there, lines),
    lines,
    shipments: there.shipments.map(shipmentOf),
    ...(there.dateCreated ? { createdAt: there.dateCreated } : {}),
  };
}

type Lines = LogisticsPlusShipped['lines'];

/**
 * Each line of the order with what finalized shipments hold of it, and behind them, as ordered 0, goods that shipped
 * without having been ordered: `FIN` says that something shipped, not what and how much.
 */
function linesOf({ orderLines }: LogisticsPlusOrder, there: OrderThere): Lines {
  const shipped = there.shipments.filter(({ status }) => status === 'FIN').flatMap((each) => each.shipmentLines);
  const { quantities, others } = holdingOf(orderLines, there.orderLines, shipped);
  const ours = orderLines.map(({ externalLineReference, productCode, quantity }, index) => {
    const shipped = quantities[index] ?? 0;
    return { externalLineReference, productCode, ordered: quantity, shipped, difference: exact(shipped - quantity) };
  });
  const foreign = others.map((line) => {
    const shipped = quantityOf(line);
    const name = line.externalLineReference || line.lineNumber || '';
    return {
      externalLineReference: name,
      productCode: line.productCode ?? '',
      ordered: 0,
      shipped,
      difference: shipped,
    };
  });
  return [...ours, ...foreign];
}

function fulfillmentOf(there: OrderThere, lines: Lines): LogisticsPlusFulfillment {
  if (courseOf(there) === 'canceled') return 'CANCELED';
  if (there.shipments.some(({ status }) => status === 'CAN')) return 'PARTLY_CANCELED';
  return lines.every(({ difference }) => difference === 0) ? 'SHIPPED' : 'SHIPPED_WITH_DIFFERENCE';
}
