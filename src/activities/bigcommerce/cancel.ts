import type { BigcommerceAt, BigcommerceOrder } from '../../workflows/bigcommerce/contract.js';
import { failureType } from '../failure.js';
import { differences } from './compare.js';
import type { Open } from './open.js';
import { isUntouched } from './order.js';
import { isDead, status } from './status.js';

/** What became of a cancel. */
export interface Cancelled {
  /** Cancelled now, or before. */
  readonly done: boolean;
  /** It was live until now: what it holds of stock is to be given back. */
  readonly now: boolean;
  /** Why not, in a sentence. */
  readonly why?: string;
}

/** How an order is cancelled, and a double put away. No money moves, and what has shipped is never cancelled. */
export function cancelSteps({ open }: Open) {
  return {
    async cancelOrder(at: BigcommerceAt): Promise<Cancelled> {
      const { store } = open(at, []);
      try {
        const there = await store.getOrder(at.orderId);
        if (there.is_deleted || isDead(there.status_id)) return { done: true, now: false };
        if (there.items_shipped > 0 || (await store.shipmentsOf(at.orderId)).length > 0) {
          return { done: false, now: false, why: `parcels of order ${at.orderId} have left; have them returned` };
        }
        await store.updateOrder(at.orderId, { status_id: status.cancelled });
        return { done: true, now: true };
      } catch (error) {
        if (failureType(error) === 'NotFound') return { done: true, now: false };
        throw error;
      }
    },

    /** Whether an order is the very same as ours, with nothing that anybody has done to it. */
    async isDouble(order: BigcommerceOrder, double: BigcommerceAt): Promise<{ double: boolean }> {
      const { store } = open(double);
      if (order.order === undefined) return { double: false };
      const there = await store.getOrder(double.orderId);
      if (!isUntouched(there)) return { double: false };
      const differs = differences(order.order, there, await store.productsOf(double.orderId));
      return { double: differs.length === 0 };
    },

    /** For doubles alone, and only once they are cancelled: archived, an order keeps its stock. */
    async archiveDouble(double: BigcommerceAt): Promise<{ archived: boolean }> {
      const { store } = open(double, []);
      try {
        const there = await store.getOrder(double.orderId);
        if (there.is_deleted) return { archived: true };
        if (there.status_id !== status.cancelled) return { archived: false };
        await store.archiveOrder(double.orderId);
      } catch (error) {
        if (failureType(error) !== 'NotFound') throw error;
      }
      return { archived: true };
    },
  };
}
