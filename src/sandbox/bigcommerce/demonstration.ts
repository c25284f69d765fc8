import type { Demonstration } from '../demonstration.js';
import type { BigcommerceLedger } from './ledger.js';
import { statusIds } from './orders/statuses.js';

/** BigCommerce in a demonstration. */
export const bigcommerceDemonstration: Demonstration<BigcommerceLedger> = {
  /** None: no client of ours speaks to it yet, and a configuration must not name what nobody can use. */
  connections: () => ({}),
  happenedBetween(before, after) {
    const known = new Set(before.orders.map(({ id }) => id));
    // Those of the shop itself are there to be carried on, and nobody made them here.
    const orders = after.orders.filter(({ id, orderSource }) => !known.has(id) && orderSource === 'external');
    const sum = (of: BigcommerceLedger, amount: 'taken' | 'refunded') =>
      of.orders.reduce((total, order) => total + order[amount], 0);
    const moved = (amount: 'taken' | 'refunded') => (sum(after, amount) - sum(before, amount)).toFixed(2);
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
        /** Money that gateways took, of any order, and that went back; two decimals. */
        taken: moved('taken'),
        refunded: moved('refunded'),
        /** How often the creation of an order was asked for. */
        createRequests: requests.filter(({ operation, admitted }) => admitted && operation === 'orders.create').length,
      },
      requests: requests.length,
    };
  },
};
