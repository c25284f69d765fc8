import type { KeapLedger } from '../../sandbox/index.js';
import type { LedgerFacts } from './example.js';

/** What the ledger says about one order, for the judge and for the table. */
export interface LedgerView {
  readonly facts: LedgerFacts;
  /** Requests of all kinds that reached the platform meanwhile. */
  readonly requests: number;
}

/** Calls that make an order. */
const createOperations: ReadonlySet<string> = new Set([
  'orders.create',
  'InvoiceService.createBlankOrder',
  'OrderService.placeOrder',
]);

const broughtMoney: ReadonlySet<string> = new Set(['MANUAL_PAID', 'APPROVED']);

/**
 * What happened at the platform between two looks at its ledger. Told by time and not by reference, because an order
 * that was made twice need not carry the reference twice.
 */
export function factsBetween(before: KeapLedger, after: KeapLedger): LedgerView {
  const known = new Set(before.orders.map(({ jobId }) => jobId));
  const orders = after.orders.filter(({ jobId }) => !known.has(jobId));
  const live = orders.filter(({ deleted }) => !deleted);
  const requests = after.requests.slice(before.requests.length);
  const payments = orders
    .flatMap((order) => order.payments)
    .filter(({ amount, status }) => amount > 0 && broughtMoney.has(status));
  return {
    facts: {
      created: orders.length,
      deleted: orders.length - live.length,
      lines: live.reduce((sum, { lines }) => sum + lines.length, 0),
      payments: payments.length,
      paid: orders.reduce((sum, { paid }) => sum + paid, 0).toFixed(2),
      createRequests: requests.filter(({ operation, admitted }) => admitted && createOperations.has(operation)).length,
    },
    requests: requests.length,
  };
}
