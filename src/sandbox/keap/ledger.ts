import type { FaultRecord } from '../faults.js';
import type { RequestRecord } from '../ledger.js';
import type { WebhookDelivery } from '../webhooks.js';
import type { TokenRequest } from './accounts.js';
import { toMajor } from './money.js';
import { typeCodeOf } from './order-book.js';
import { owedOf, paidOf, payStatusOf, refundedOf, statusOf, totalOf } from './order-totals.js';
import type { Order } from './orders.js';
import { type LedgerSubscription, ledgerSubscription } from './subscription-ledger.js';
import type { Doer } from './subscriptions.js';
import type { Tenant } from './tenant.js';
import type { ThrottleBreach } from './throttle.js';

/** An order as it really is, or was when it was deleted. Money in major units, times in milliseconds since 1970. */
export interface LedgerOrder {
  jobId: number;
  invoiceId: number;
  via: Doer;
  title: string;
  contactId: number;
  orderType: 'ONLINE' | 'OFFLINE';
  status: string;
  notes: string | null;
  /** By API name, e.g. `_ExternalOrderId`. */
  customFields: Record<string, string>;
  /** By part: FirstName, Street1, Zip, … */
  shipping: Record<string, string>;
  lines: {
    id: number;
    productId: number;
    type: string;
    typeCode: number;
    name: string;
    description: string | null;
    notes: string | null;
    quantity: number;
    price: number;
  }[];
  payments: {
    id: number;
    paymentId: number | null;
    amount: number;
    type: string;
    status: string;
    note: string;
    refundOf: number | null;
    transactionId: number;
    time: number;
  }[];
  transactions: {
    id: number;
    amount: number;
    status: string;
    method: string;
    reference: string;
    error: string | null;
    time: number;
  }[];
  total: number;
  paid: number;
  owed: number;
  refunded: number;
  payStatus: 0 | 1;
  createdAt: number;
  modifiedAt: number;
  deleted: boolean;
  deletedAt: number | null;
}

export interface LedgerContact {
  id: number;
  /** Columns of the Contact table that have a value. */
  fields: Record<string, string>;
  createdAt: number;
  updatedAt: number;
}

/** What really happened at the imitated Keap, since the start or the last reset. */
export interface KeapLedger {
  now: number;
  /** Live and deleted ones, oldest first. */
  orders: LedgerOrder[];
  contacts: LedgerContact[];
  products: { id: number; sku: string; name: string; price: number; active: boolean }[];
  /** The stopped and the deleted ones too, oldest first. */
  subscriptions: LedgerSubscription[];
  /** Without their addresses, which may be secret. The deleted ones too. */
  hooks: { key: number; eventKey: string; status: string; handshakes: number; deleted: boolean }[];
  /** Calls of hooks; the reference is the event and the ids in it. */
  webhooks: WebhookDelivery[];
  /** How many messages wait to be released. */
  webhooksCollected: number;
  /** Grants asked of the token endpoint. */
  tokenRequests: TokenRequest[];
  /** How many refreshes were granted. */
  tokenRefreshes: number;
  requests: RequestRecord[];
  throttleBreaches: ThrottleBreach[];
  faults: FaultRecord[];
}

export function ledgerOf(tenant: Tenant, requests: RequestRecord[], faults: FaultRecord[]): KeapLedger {
  const { accounts, catalog, contacts, hooks, subscriptions, throttle, webhooks } = tenant;
  return {
    now: tenant.clock.now(),
    orders: tenant.orders.ever().map((order) => ledgerOrder(tenant, order)),
    contacts: [...contacts.all()].map(({ id, fields, createdAt, updatedAt }) => ({
      id,
      fields: Object.fromEntries(fields),
      createdAt,
      updatedAt,
    })),
    products: [...catalog.all()].map(({ id, sku, name, price, active }) => ({
      id,
      sku,
      name,
      price: toMajor(price),
      active,
    })),
    subscriptions: subscriptions.ever().map((one) => ledgerSubscription(tenant, one)),
    hooks: hooks.ever().map(({ key, eventKey, status, handshakes, deleted }) => ({
      key,
      eventKey,
      status,
      handshakes,
      deleted,
    })),
    webhooks: webhooks.all(),
    webhooksCollected: webhooks.collected,
    tokenRequests: accounts.requests.map((request) => ({ ...request })),
    tokenRefreshes: accounts.requests.filter(({ grant, granted }) => grant === 'refresh_token' && granted).length,
    requests,
    throttleBreaches: throttle.breaches.map((breach) => ({ ...breach })),
    faults,
  };
}

function ledgerOrder(tenant: Tenant, order: Order): LedgerOrder {
  return {
    jobId: order.jobId,
    invoiceId: order.invoiceId,
    via: order.via,
    title: order.title,
    contactId: order.contactId,
    orderType: order.orderType,
    status: statusOf(order),
    notes: order.notes,
    customFields: tenant.fields.named('ORDER', order.customFields),
    shipping: { ...order.shipping.parts },
    lines: order.lines.map((line) => ({
      id: line.id,
      productId: line.productId,
      type: line.type,
      typeCode: typeCodeOf(line),
      name: line.name,
      description: line.description,
      notes: line.notes,
      quantity: line.quantity,
      price: toMajor(line.price),
    })),
    payments: order.payments.map(({ id, paymentId, amount, type, status, note, refundOf, transactionId, time }) => ({
      id,
      paymentId,
      amount: toMajor(amount),
      type,
      status,
      note,
      refundOf,
      transactionId,
      time,
    })),
    transactions: order.transactions.map(({ id, amount, status, method, reference, error, time }) => ({
      id,
      amount: toMajor(amount),
      status,
      method,
      reference,
      error,
      time,
    })),
    total: toMajor(totalOf(order)),
    paid: toMajor(paidOf(order)),
    owed: toMajor(owedOf(order)),
    refunded: toMajor(refundedOf(order)),
    payStatus: payStatusOf(order),
    createdAt: order.createdAt,
    modifiedAt: order.modifiedAt,
    deleted: order.deletedAt !== null,
    deletedAt: order.deletedAt,
  };
}
