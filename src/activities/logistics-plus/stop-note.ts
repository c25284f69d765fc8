import type { LogisticsPlusMade } from '../../workflows/logistics-plus/contract.js';
import type { LogisticsPlusOrder } from '../../workflows/logistics-plus/input.js';
import { failureType } from '../failure.js';
import { orderBody } from './body.js';
import type { Open } from './open.js';
import { hasStop, withStop } from './stop-text.js';

/** A shipment in one of these can still be changed. */
const EDITABLE = ['ENT', 'HEL'];

/** No call stops an order. An agreed note at least asks the people who are about to pick it. */
export function stopNoteSteps({ open, stopNote }: Open) {
  return {
    /** Nothing is asked of the platform without an agreed text. A refusal is no failure: then it is too late for a note. */
    async putStopNote(order: LogisticsPlusOrder, made: LogisticsPlusMade): Promise<{ put: boolean }> {
      if (stopNote === undefined) return { put: false };
      const warehouse = open(order);
      const there = (await warehouse.searchOrders(order.reference)).find(({ id }) => id === made.orderId);
      if (there !== undefined && hasStop(stopNote, there.note)) return { put: true };
      if (there?.shipments.some(({ status }) => !EDITABLE.includes(status))) return { put: false };
      // What people at the warehouse have written meanwhile stays.
      const note = withStop(stopNote, there?.note ?? order.note);
      try {
        await warehouse.updateOrder(made.orderId, orderBody({ ...order, note }));
        return { put: true };
      } catch (error) {
        if (failureType(error) === 'Rejected') return { put: false };
        throw error;
      }
    },
  };
}
