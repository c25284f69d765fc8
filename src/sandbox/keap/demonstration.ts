import type { Demonstration } from '../demonstration.js';
import type { KeapLedger } from './ledger.js';
import { keapSeed } from './seed.js';

/** Calls that make an order. */
const createOperations: ReadonlySet<string> = new Set([
  'orders.create',
  'InvoiceService.createBlankOrder',
  'OrderService.placeOrder',
]);

const broughtMoney: ReadonlySet<string> = new Set(['MANUAL_PAID', 'APPROVED']);

/** Keap in a demonstration. */
export const keapDemonstration: Demonstration<KeapLedger> = {
  // A key each, so that each connection has a limit of its own.
  connections: (url) => ({
    'keap/sandbox': { url, auth: { serviceAccountKey: keapSeed.serviceAccountKey } },
    'keap/sandbox-xml-rpc': {
      url,
      transport: 'xml-rpc',
      auth: { personalAccessToken: keapSeed.personalAccessToken },
    },
  }),
  happenedBetween(before, after) {
    const known = new Set(before.orders.map(({ jobId }) => jobId));
    const orders = after.orders.filter(({ jobId }) => !known.has(jobId));
    const live = orders.filter(({ deleted }) => !deleted);
    const requests = after.requests.slice(before.requests.length);
    const payments = orders
      .flatMap((order) => order.payments)
      .filter(({ amount, status }) => amount > 0 && broughtMoney.has(status));
    return {
      facts: {
        /** Orders that came to be, those included that were deleted again. */
        created: orders.length,
        deleted: orders.length - live.length,
        /** Lines of the orders that are left. */
        lines: live.reduce((sum, { lines }) => sum + lines.length, 0),
        /** Payments that brought money. */
        payments: payments.length,
        /** Their sum less what was given back, with two decimals. */
        paid: orders.reduce((sum, { paid }) => sum + paid, 0).toFixed(2),
        /** How often the creation of an order was asked for. */
        createRequests: requests.filter(({ operation, admitted }) => admitted && createOperations.has(operation))
          .length,
      },
      requests: requests.length,
    };
  },
};
