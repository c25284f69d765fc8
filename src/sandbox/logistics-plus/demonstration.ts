import type { Demonstration } from '../demonstration.js';
import type { LogisticsPlusLedger } from './ledger.js';
import { logisticsPlusSeed } from './seed.js';

/** Logistics Plus in a demonstration. */
export const logisticsPlusDemonstration: Demonstration<LogisticsPlusLedger> = {
  connections: (url) => ({
    'logistics-plus/sandbox': { url, apiKey: logisticsPlusSeed.apiKey, organization: logisticsPlusSeed.slug },
  }),
  happenedBetween(before, after) {
    const known = new Set(before.orders.map(({ id }) => id));
    const orders = after.orders.filter(({ id }) => !known.has(id));
    const requests = after.requests.slice(before.requests.length);
    const gone = orders
      .flatMap(({ shipments }) => shipments)
      .filter(({ status }) => status === 'FIN')
      .flatMap(({ lines }) => lines);
    return {
      facts: {
        /** Orders that came to be. */
        created: orders.length,
        /** Of these, how many the warehouse canceled. */
        canceled: orders.filter(({ status }) => status === 'CAN').length,
        /** Units in the shipments that have left. */
        shipped: gone.reduce((sum, { quantity }) => sum + quantity, 0),
        /** Lines of the orders that were not canceled. */
        lines: orders.filter(({ status }) => status !== 'CAN').reduce((sum, { lines }) => sum + lines.length, 0),
        /** How often the creation of an order was asked for. */
        createRequests: requests.filter(({ operation, admitted }) => admitted && operation === 'orders.create').length,
        /** Changes of an order that were accepted. */
        amended: orders.reduce((sum, { patches }) => sum + patches.length, 0),
      },
      requests: requests.length,
    };
  },
};
