import type { Changes, Served } from '../platform.js';
import { openLogisticsPlus } from './open.js';
import { seen } from './standing.js';

/**
 * A reference as the platform may have it. Hints come from outside, and this one becomes part of an address; the length
 * is the longest that is known to work.
 */
const REFERENCE = /^[\x20-\x7e]{1,35}$/;

/**
 * A hint is an order's primaryReference, and one order is read at a time: the platform advises against asking what has
 * changed in a span of time, because a change may become readable later than it happened.
 */
export function changesOf(served: Served): Changes {
  const { openBlind } = openLogisticsPlus(served);
  return {
    async look(hint) {
      const reference = hint.trim();
      if (!REFERENCE.test(reference)) return [];
      const state = seen(await openBlind(reference).searchOrders(reference));
      return state.orders.length === 0 ? [] : [{ story: 'logisticsPlusOrder', reference, state }];
    },
    hintOf: (reference) => reference,
  };
}
