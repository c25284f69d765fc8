import type { Demonstration } from '../demonstration.js';
import type { FlxpointLedger, LedgerOrderItem } from './ledger.js';
import { flxpointSeed } from './seed.js';

/** Flxpoint in a demonstration. */
export const flxpointDemonstration: Demonstration<FlxpointLedger> = {
  connections: (url) => ({
    'flxpoint/sandbox': {
      url,
      token: flxpointSeed.tokens.account,
      tokenKind: 'account',
      channel: flxpointSeed.channelId,
    },
  }),
  /** The order is Flxpoint's, and keeps its id. Other lines may be added to it whatever was added before. */
  anew(order, suffix) {
    const { lines = [] } = order as { lines?: readonly { reference: string }[] };
    return { ...order, lines: lines.map((line) => ({ ...line, reference: `${line.reference}${suffix}` })) };
  },
  happenedBetween(before, after) {
    const known = new Set(before.orders.flatMap(({ items }) => items.map(({ id }) => id)));
    const lines = after.orders
      .flatMap(({ items }) => items)
      .filter(({ id, addedBy }) => addedBy === 'api' && !known.has(id));
    const requests = after.requests.slice(before.requests.length);
    const sum = (measure: (line: LedgerOrderItem) => number) => lines.reduce((total, line) => total + measure(line), 0);
    return {
      facts: {
        /** Lines that were added over the API. */
        lines: lines.length,
        /** Units in them. */
        units: sum(({ quantity }) => quantity),
        /** Of these, units that have left. */
        shipped: sum(({ shippedQuantity }) => shippedQuantity),
        /** And units that were canceled for good. */
        canceled: sum(({ canceledQuantity }) => canceledQuantity),
        /** How often a line was asked for. */
        addRequests: requests.filter(({ operation, admitted }) => admitted && operation === 'orders.addItem').length,
      },
      requests: requests.length,
    };
  },
};
