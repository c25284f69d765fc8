import type { Demonstration } from '../demonstration.js';
import type { BigcommerceLedger } from './ledger.js';
import { statusIds } from './orders/statuses.js';

/** BigCommerce in a demonstration. */
export const bigcommerceDemonstration: Demonstration<BigcommerceLedger> = {
  /** None: no client of ours speaks to it yet, and a configuration must not name what nobody can use. */
  connections: () => ({}),
  happenedBetween(before, after) {
    const known = new Set(before.orders.map(({ id }) => id));
    const orders = after.orders.filter(({ id }) => !known.has(id));
    const requests = after.requests.slice(before.requests.length);
    const dead: readonly number[] = [statusIds.cancelled, statusIds.declined, statusIds.refunded];
    const live = orders.filter(({ statusId, archivedAt }) => archivedAt === null && !dead.includes(statusId));
    return {
      facts: {
        /** Orders that came to be. */
        created: orders.length,
        /** Of these, how many were canceled, declined or given back whole. */
        ended: orders.filter(({ statusId }) => dead.includes(statusId)).length,
        /** And how many were put away. */
        archived: orders.filter(({ archivedAt }) => archivedAt !== null).length,
        /** Units that have left, and the parcels they went in. */
        shipped: live.flatMap(({ lines }) => lines).reduce((sum, { quantityShipped }) => sum + quantityShipped, 0),
        parcels: live.flatMap(({ shipments }) => shipments).filter(({ deletedAt }) => deletedAt === null).length,
        /** How often the creation of an order was asked for. */
        createRequests: requests.filter(({ operation, admitted }) => admitted && operation === 'orders.create').length,
      },
      requests: requests.length,
    };
  },
};
