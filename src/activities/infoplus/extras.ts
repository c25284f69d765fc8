import type { InfoplusChange, InfoplusMade, InfoplusWanted } from '../../workflows/infoplus/contract.js';
import { failureType } from '../failure.js';
import type { Open } from './open.js';

/** What an order can do without: that it is refused is told, and the order goes on. All of it goes with the order. */
export function extraSteps({ open }: Open) {
  return {
    /** Infoplus changes custom fields until the order is processed. */
    async setCustomFields({ order }: InfoplusWanted, { orderNo }: InfoplusMade): Promise<InfoplusChange> {
      return tolerated(() => open(order).setCustomFields(orderNo, order.customFields ?? {}));
    },

    async addTag({ order }: InfoplusWanted, { orderNo }: InfoplusMade, tag: string): Promise<InfoplusChange> {
      return tolerated(() => open(order).addTag(orderNo, tag));
    },

    async removeTag({ order }: InfoplusWanted, { orderNo }: InfoplusMade, tag: string): Promise<InfoplusChange> {
      return tolerated(() => open(order).removeTag(orderNo, tag));
    },
  };
}

/** A refusal, and that there is no such order (any more), is an answer. */
export async function tolerated(change: () => Promise<void>): Promise<InfoplusChange> {
  try {
    await change();
    return { done: true };
  } catch (error) {
    const type = failureType(error);
    if (type === 'Rejected' || type === 'NotFound') return { done: false, why: (error as Error).message };
    throw error;
  }
}
