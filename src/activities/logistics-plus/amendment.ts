import type { LogisticsPlusMade, LogisticsPlusShown } from '../../workflows/logistics-plus/contract.js';
import type { LogisticsPlusOrder } from '../../workflows/logistics-plus/input.js';
import { sameText } from '../texts.js';
import { orderBody } from './body.js';
import { differences } from './compare.js';
import { courseOf } from './course.js';
import { exact, holdingOf } from './lines.js';
import type { Open } from './open.js';
import type { OrderThere } from './shapes.js';

/** A change of the whole order, possible while every shipment of it is `ENT` or `HEL`. */
export function amendmentSteps({ open, stopNote }: Open) {
  return {
    /**
     * Sends the complete order; twice is as good as once. A refusal is `Rejected`: that it is too late has no status of
     * its own, so only a read tells why. The answer proves nothing: its shipments are still the old ones.
     *
     * @returns the request's id for the platform's support; empty if it gave none
     */
    async amendOrder(order: LogisticsPlusOrder, made: LogisticsPlusMade): Promise<{ requestId: string }> {
      const { id } = await open(order).updateOrder(made.orderId, orderBody(order));
      return { requestId: id ?? '' };
    },

    /** Whether the order, and every shipment that is not canceled, stands as amended. */
    async readAmendment(order: LogisticsPlusOrder, made: LogisticsPlusMade): Promise<LogisticsPlusShown> {
      const orders = await open(order).searchOrders(order.reference);
      const there = orders.find(({ id }) => id === made.orderId);
      const problems =
        there === undefined
          ? [`order ${made.orderId} is not shown`]
          : [
              ...differences(order, there, stopNote).map((field) => `${field}: the order does not show it yet`),
              ...shipmentsDiffer(order, there),
            ];
      const ended = problems.length > 0 && there !== undefined && courseOf(there) !== 'live';
      return { shown: problems.length === 0, ...(ended && { ended }), differences: problems };
    },
  };
}

/**
 * Shipments carry the lines and the secondary reference. Their requiredShipDate is another one than the order's, and
 * their address loses fields at the end, so neither is compared.
 */
function shipmentsDiffer(wanted: LogisticsPlusOrder, there: OrderThere): string[] {
  const shipments = there.shipments.filter(({ status }) => status !== 'CAN');
  if (shipments.length === 0) return ['shipments: there is none to show it'];
  const { secondaryReference } = wanted;
  const named =
    secondaryReference === undefined ||
    shipments.every((shipment) => sameText(shipment.secondaryReference, secondaryReference));
  const { quantities, others } = holdingOf(
    wanted.orderLines,
    there.orderLines,
    shipments.flatMap(({ shipmentLines }) => shipmentLines),
  );
  const short = wanted.orderLines.flatMap(({ quantity }, index) =>
    quantities[index] === exact(quantity) ? [] : [`orderLines[${index}].quantity`],
  );
  const fields = [...(named ? [] : ['secondaryReference']), ...short, ...(others.length === 0 ? [] : ['orderLines'])];
  return fields.map((field) => `${field}: the shipments do not show it yet`);
}
