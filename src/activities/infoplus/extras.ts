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
  const refused = await refusalOf(change);
  return refused === undefined ? { done: true } : { done: false, why: refused.why };
}

/** Why a change was not made; undefined when it was. */
export async function refusalOf(
  change: () => Promise<void>,
): Promise<{ readonly type: 'Rejected' | 'NotFound'; readonly why: string } | undefined> {
  try {
    await change();
    return undefined;
  } catch (error) {
    const type = failureType(error);
    if (type === 'Rejected' || type === 'NotFound') return { type, why: (error as Error).message };
    throw error;
  }
}
