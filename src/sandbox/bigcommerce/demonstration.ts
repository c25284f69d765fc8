import type { Demonstration } from '../demonstration.js';
import type { BigcommerceLedger } from './ledger.js';
import { statusIds } from './orders/statuses.js';
import { bigcommerceSeed } from './seed.js';

/** BigCommerce in a demonstration. */
export const bigcommerceDemonstration: Demonstration<BigcommerceLedger> = {
  connections: (url) => ({
    'bigcommerce/sandbox': {
      url,
      paymentsUrl: url,
      storeHash: bigcommerceSeed.storeHash,
      accessToken: bigcommerceSeed.tokens.full.token,
    },
  }),
  happenedBetween(before, after) {
    const known = new Set(before.orders.map(({ id }) => id));
    // Those of the shop itself are there to be carried on, and nobody made them here.
    const orders = after.orders.filter(({ id, orderSource }) => !known.has(id) && orderSource === 'external');
    const sum = (of: BigcommerceLedger, amount: 'taken' | 'refunded') =>
      of.orders.reduce((total, order) => total + order[amount], 0);
    const moved = (amount: 'taken' | 'refunded') => (sum(after, amount) - sum(before, amount)).toFixed(2);
    const requests = after.requests.slice(before.requests.length);
    const dead: readonly number[] = [statusIds.cancelled, statusIds.declined, statusIds.refunded];
    const parcels = parcelsIn(after).slice(parcelsIn(before).length);
    return {
      facts: {
        /** Orders that came to be. */
        created: orders.length,
        /** Of these, how many were canceled, declined or given back whole. */
        ended: orders.filter(({ statusId }) => dead.includes(statusId)).length,
        /** And how many were put away. */
        archived: orders.filter(({ archivedAt }) => archivedAt !== null).length,
        /** Units that have left, and the parcels they went in, of any order. */
        shipped: parcels.flatMap(({ items }) => items).reduce((total, { quantity }) => total + quantity, 0),
        parcels: parcels.length,
        /** Money that gateways took, of any order, and that went back; two decimals. */
        taken: moved('taken'),
        refunded: moved('refunded'),
        /** How often the creation of an order was asked for, and a capture. */
        createRequests: requests.filter(({ operation, admitted }) => admitted && operation === 'orders.create').length,
        captureRequests: requests.filter(({ operation, admitted }) => admitted && operation === 'payments.capture')
          .length,
      },
      requests: requests.length,
    };
  },
};

/** In the order in which they left. */
const parcelsIn = ({ orders }: BigcommerceLedger) =>
  orders
    .flatMap(({ shipments }) => shipments)
    .filter(({ deletedAt }) => deletedAt === null)
    .sort((one, other) => one.id - other.id);
