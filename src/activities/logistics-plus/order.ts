import type { Found } from '../../workflows/found.js';
import type { LogisticsPlusMade } from '../../workflows/logistics-plus/contract.js';
import type { LogisticsPlusOrder } from '../../workflows/logistics-plus/input.js';
import { shortened } from '../shortened.js';
import { write } from '../write.js';
import { orderBody } from './body.js';
import { differences } from './compare.js';
import { courseOf } from './course.js';
import type { Open } from './open.js';
import type { OrderThere } from './shapes.js';

/** The order itself: found by its reference, and created. No call takes it back; see `canceled.ts`. */
export function orderSteps({ open, stopNote }: Open) {
  return {
    /**
     * Looks over all warehouses: one reference is one order of the account. A canceled order beside another is passed
     * over; alone, it has used up the reference.
     *
     * @param at an order id that a person gave: only that one counts
     */
    async findOrder(order: LogisticsPlusOrder, at?: string): Promise<Found<LogisticsPlusMade>> {
      const found = await open(order).searchOrders(order.reference);
      return judge(order, at === undefined ? found : found.filter(({ id }) => id === at.trim()), stopNote);
    },

    async createOrder(order: LogisticsPlusOrder): Promise<LogisticsPlusMade> {
      return write('createOrder', async () => {
        const { id: requestId, data } = await open(order).createOrder(orderBody(order));
        return { orderId: data.id, ...(requestId ? { requestId } : {}) };
      });
    },
  };
}

function judge(
  wanted: LogisticsPlusOrder,
  orders: readonly OrderThere[],
  stopNote: string | undefined,
): Found<LogisticsPlusMade> {
  if (orders.length === 0) return { state: 'none' };
  const [order, ...more] = orders.filter((each) => courseOf(each) !== 'canceled');
  if (order === undefined) {
    const ids = orders.map(({ id }) => id);
    return { state: 'dead', why: `order ${ids.join(', ')} was canceled at Logistics Plus; use a new reference`, ids };
  }
  if (more.length > 0) {
    const ids = [order, ...more].map(({ id }) => id);
    return { state: 'several', why: `orders ${ids.join(' and ')} carry the reference`, ids };
  }
  const differs = differences(wanted, order, stopNote);
  if (differs.length > 0) {
    return { state: 'other', why: `order ${order.id} differs in ${shortened(differs)}`, ids: [order.id] };
  }
  return { state: courseOf(order) === 'shipped' ? 'finished' : 'same', it: { orderId: order.id } };
}
