import type { Demonstration } from '../demonstration.js';
import type { InfoplusLedger } from './ledger.js';
import { infoplusSeed } from './seed.js';
import { knownStatus } from './statuses.js';

/** Infoplus in a demonstration. */
export const infoplusDemonstration: Demonstration<InfoplusLedger> = {
  connections: (url) => {
    const { apiKey, lobId, warehouseId, carrierId } = infoplusSeed;
    return {
      'infoplus/sandbox': { url, apiKey, lineOfBusiness: lobId, warehouse: warehouseId, carrier: carrierId },
    };
  },
  happenedBetween(before, after) {
    const known = new Set(before.orders.map(({ orderNo }) => orderNo));
    const orders = after.orders.filter(({ orderNo }) => !known.has(orderNo));
    const requests = after.requests.slice(before.requests.length);
    const asked = (operation: string) =>
      requests.filter((request) => request.admitted && request.operation === operation).length;
    const roots = orders.filter(({ orderNo, groupOrderNo }) => orderNo === groupOrderNo);
    const live = orders.filter(({ status, deletedAt }) => deletedAt === null && knownStatus(status) !== 'Cancelled');
    return {
      facts: {
        /** Orders that came to be. */
        created: roots.length,
        /** Orders that came of them for what was not in stock. */
        backOrders: orders.length - roots.length,
        /** Of all these, how many are gone. */
        deleted: orders.filter(({ deletedAt }) => deletedAt !== null).length,
        /** And how many people have cancelled. */
        cancelled: orders.filter(({ status }) => knownStatus(status) === 'Cancelled').length,
        /** Units that have left. */
        shipped: live.flatMap(({ lines }) => lines).reduce((sum, { shippedQty }) => sum + shippedQty, 0),
        /** Parcels that went with them. */
        parcels: after.shipments.filter(
          ({ orderNo, status }) => status !== 'Voided' && live.some((order) => order.orderNo === orderNo),
        ).length,
        /** How often the creation of an order was asked for. */
        createRequests: asked('order.create'),
        /** Calls that changed an order after its creation: fields, tags, files. */
        changes: roots.reduce((sum, { writes }) => sum + Math.max(0, writes - 1), 0),
      },
      requests: requests.length,
    };
  },
};
