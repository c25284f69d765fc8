import { toMajor } from '../money.js';
import type { Order, OrderPayment, Transaction } from '../orders.js';
import { keapSeed } from '../seed.js';
import type { Tenant } from '../tenant.js';
import { isoTime } from '../times.js';
import {
  booleanField,
  type Condition,
  type FilterFields,
  filterBy,
  idsField,
  numberField,
  parseFilter,
  sinceField,
  textField,
  untilField,
} from './filter.js';
import { contactView } from './order-view.js';
import { page } from './page.js';
import { ok, present, type RestRoute } from './route.js';

interface Row<Entry> {
  order: Order;
  entry: Entry;
}

const { merchantAccount } = keapSeed;

const commonFields = {
  order_id: numberField(({ order }: Row<unknown>) => order.jobId),
  order_ids: idsField(({ order }: Row<unknown>) => [order.jobId]),
  contact_id: numberField(({ order }: Row<unknown>) => order.contactId),
  merchant_account_id: numberField(() => merchantAccount.id),
  merchant_account_type: textField(() => merchantAccount.type),
};

const paymentFields: FilterFields<Row<OrderPayment>> = {
  ...commonFields,
  id: numberField(({ entry }) => entry.paymentId, 'ordered'),
  ids: idsField(({ entry }) => (entry.paymentId === null ? [] : [entry.paymentId])),
  amount: numberField(({ entry }) => toMajor(entry.amount), 'all'),
  since_time: sinceField(({ entry }) => entry.time),
  until_time: untilField(({ entry }) => entry.time),
};

const { order_ids: _noSuchField, ...transactionCommon } = commonFields;
const transactionFields: FilterFields<Row<Transaction>> = {
  ...transactionCommon,
  amount: numberField(({ entry }) => toMajor(entry.amount), 'all'),
  since_time: sinceField(({ entry }) => entry.time),
  until_time: untilField(({ entry }) => entry.time),
  status: textField(({ entry }) => entry.status),
  transaction_method: textField(({ entry }) => entry.method),
  is_successful: booleanField(({ entry }) => entry.status === 'APPROVED'),
};

/** Payments and transactions over all orders. */
export const salesRoutes: readonly RestRoute[] = [
  {
    operation: 'payments.list',
    method: 'GET',
    path: '/sales/payments',
    handle: ({ tenant, query }) => {
      const conditions = parseFilter(query.get('filter'));
      const meets = filterBy(conditions, (name) => paymentFields[name]);
      const rows = ordersFor(tenant, conditions)
        .flatMap((order) => order.payments.map((entry) => ({ order, entry })))
        .filter(({ entry }) => entry.paymentId !== null && tenant.visibleInLists(entry.updatedAt))
        .filter(meets);
      const found = page(rows, query, {
        id: ({ entry }) => entry.id,
        amount: ({ entry }) => entry.amount,
        payment_time: ({ entry }) => entry.time,
        contact_id: ({ order }) => order.contactId,
      });
      return ok({ payments: found.items.map(paymentView), next_page_token: found.next_page_token });
    },
  },
  {
    operation: 'transactions.list',
    method: 'GET',
    path: '/sales/transactions',
    handle: ({ tenant, query }) => {
      const conditions = parseFilter(query.get('filter'));
      const meets = filterBy(conditions, (name) => transactionFields[name]);
      const rows = ordersFor(tenant, conditions)
        .flatMap((order) => order.transactions.map((entry) => ({ order, entry })))
        .filter(({ entry }) => tenant.visibleInLists(entry.time))
        .filter(meets);
      const found = page(rows, query, {
        amount: ({ entry }) => entry.amount,
        transaction_time: ({ entry }) => entry.time,
        contact_id: ({ order }) => order.contactId,
      });
      return ok({
        transactions: found.items.map((row) => transactionView(tenant, row)),
        next_page_token: found.next_page_token,
      });
    },
  },
];

function ordersFor(tenant: Tenant, conditions: readonly Condition[]): Order[] {
  const jobId = conditions.find(({ field }) => field === 'order_id')?.value;
  if (jobId === undefined) return [...tenant.orders.live()];
  const order = tenant.orders.byJob(Number(jobId));
  return order === undefined ? [] : [order];
}

function paymentView({ order, entry }: Row<OrderPayment>): object {
  const refund = order.payments.find((other) => other.refundOf === entry.id);
  return present({
    id: String(entry.paymentId),
    type: entry.type,
    amount: toMajor(entry.amount),
    note: entry.note,
    status: entry.status === 'PENDING' ? 'PENDING' : entry.status === 'APPROVED' ? 'APPROVED' : 'COMPLETED',
    payment_time: isoTime(entry.time),
    update_time: isoTime(entry.updatedAt),
    contact_id: String(order.contactId),
    order_ids: [String(order.jobId)],
    refund_payment_id: refund === undefined ? null : String(refund.paymentId),
    external_transaction_id: order.transactions.find(({ id }) => id === entry.transactionId)?.reference || null,
    merchant_account_id: String(merchantAccount.id),
    merchant_account_type: merchantAccount.type,
  });
}

function transactionView(tenant: Tenant, { order, entry }: Row<Transaction>): object {
  return present({
    amount: toMajor(entry.amount),
    status: entry.status,
    contact: contactView(tenant, order.contactId),
    contact_id: String(order.contactId),
    order_ids: [String(order.jobId)],
    transaction_method: entry.method,
    transaction_time: isoTime(entry.time),
    external_reference_id: entry.reference || null,
    error_details: entry.error,
    payment_id: entry.paymentId === null ? null : String(entry.paymentId),
    is_successful: entry.status === 'APPROVED',
    merchant_account_id: String(merchantAccount.id),
    merchant_account_type: merchantAccount.type,
  });
}
