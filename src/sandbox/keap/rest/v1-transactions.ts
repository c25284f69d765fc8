import { toMajor } from '../money.js';
import type { Order, Transaction } from '../orders.js';
import { keapSeed } from '../seed.js';
import type { Tenant } from '../tenant.js';
import { isoTime } from '../times.js';
import { notFound } from './refusal.js';
import { ok, present, type RestRoute } from './route.js';
import { v1Page } from './v1-page.js';

interface Row {
  order: Order;
  transaction: Transaction;
}

/** What hooks about payments point to. */
export const v1TransactionRoutes: readonly RestRoute[] = [
  {
    operation: 'v1.transactions.list',
    version: 1,
    method: 'GET',
    path: '/transactions',
    handle: ({ tenant, query }) => {
      const contactId = query.get('contact_id');
      const visible = rows(tenant).filter(
        ({ order, transaction }) =>
          (contactId === null || String(order.contactId) === contactId) && tenant.visibleInLists(transaction.time),
      );
      const { part, around } = v1Page(visible, query);
      return ok({ transactions: part.map(view), ...around });
    },
  },
  {
    operation: 'v1.transactions.get',
    version: 1,
    method: 'GET',
    path: '/transactions/:transactionId',
    handle: ({ tenant, params }) => {
      const id = params.transactionId ?? '';
      const row = rows(tenant).find(({ transaction }) => String(transaction.id) === id);
      if (row === undefined) throw notFound('Transaction', id);
      return ok(view(row));
    },
  },
];

function rows(tenant: Tenant): Row[] {
  return [...tenant.orders.live()].flatMap((order) =>
    order.transactions.map((transaction) => ({ order, transaction })),
  );
}

/** The orders that belong to it are named and not shown. */
function view({ order, transaction }: Row): object {
  const { merchantAccount } = keapSeed;
  return present({
    id: transaction.id,
    test: true,
    amount: toMajor(transaction.amount),
    currency: 'USD',
    gateway: merchantAccount.type,
    gateway_account_name: merchantAccount.name,
    type: transaction.method,
    status: transaction.status,
    errors: transaction.error,
    contact_id: order.contactId,
    order_ids: String(order.jobId),
    transaction_date: isoTime(transaction.time),
  });
}
