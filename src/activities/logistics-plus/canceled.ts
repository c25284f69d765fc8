import type { Sent, Undone } from '../../workflows/found.js';
import type { LogisticsPlusMade } from '../../workflows/logistics-plus/contract.js';
import type { LogisticsPlusOrder } from '../../workflows/logistics-plus/input.js';
import { differences } from './compare.js';
import { courseOf } from './course.js';
import type { Open } from './open.js';
import type { OrderThere } from './shapes.js';

/** What is true of an order that was taken back. */
const CANCELED = 'the order is canceled at the warehouse';

/** The way back of an order: a person at Logistics Plus cancels it, and here it is seen whether that was done. */
export function canceledSteps({ open, stopNote }: Open) {
  return {
    /**
     * Ours are the order that was made and every double of it; when the answer to its creation was lost, all that stand
     * under the reference, for there was none before.
     */
    async seeCanceled(order: LogisticsPlusOrder, made: LogisticsPlusMade | null, sent: Sent): Promise<Undone> {
      if (made === null && sent === 'no') return { done: true, found: false, note: 'it was never created' };
      const orders = await open(order).searchOrders(order.reference);
      const ours =
        made === null
          ? orders
          : orders.filter((each) => each.id === made.orderId || differences(order, each, stopNote).length === 0);
      if (made !== null && !ours.some(({ id }) => id === made.orderId)) return left([made.orderId], ours, NOT_SHOWN);
      if (ours.length === 0) return { done: true, found: false, note: 'nothing there' };
      const going = ours.filter((each) => courseOf(each) !== 'canceled');
      if (going.length === 0) return { done: true, found: true };
      return left([], going, going.some((each) => courseOf(each) === 'live') ? NO_CALL : SHIPPED);
    },
  };
}

const NO_CALL = 'no call of Logistics Plus cancels an order; a person there has to cancel it';
const SHIPPED = 'it has shipped already; have the carrier stop it, or have it returned and announce the return';
/** It was made, so that it is not shown is lag, or somebody there removed it: neither proves that nothing ships. */
const NOT_SHOWN = 'Logistics Plus does not show it at this moment; ask there whether it is canceled';

function left(unseen: readonly string[], orders: readonly OrderThere[], why: string): Undone {
  const shipments = orders.flatMap((each) => each.shipments).filter(({ status }) => status !== 'CAN');
  const ids = {
    order: [...unseen, ...orders.map(({ id }) => id)],
    shipment: shipments.map(({ id }) => id),
    wmsId: shipments.flatMap(({ wmsId }) => wmsId || []),
  };
  const named = Object.entries(ids).filter(([, each]) => each.length > 0);
  return {
    done: false,
    left: { what: CANCELED, why, ids: Object.fromEntries(named.map(([name, each]) => [name, each.join(', ')])) },
  };
}
