import type { Tell } from './events.js';
import type { Micros } from './money.js';
import { payStatusOf } from './order-totals.js';
import { itemTypeCode, type Order, type OrderLine, type OrderPayment, type Transaction } from './orders.js';
import { keapSeed } from './seed.js';

export type NewOrder = Pick<Order, 'via' | 'title' | 'invoiceTitle' | 'contactId' | 'orderTime' | 'orderType'> &
  Partial<Order>;

export type NewLine = Omit<OrderLine, 'id' | 'invoiceItemId' | 'createdAt'>;

/**
 * All orders of the tenant, with the look-ups that queries need. Nothing here notices duplicates: neither does Keap.
 * Jobs and invoices count separately.
 */
export class OrderBook {
  readonly #byJob = new Map<number, Order>();
  readonly #byInvoice = new Map<number, Order>();
  readonly #byContact = new Map<number, Set<Order>>();
  readonly #byField = new Map<string, Set<Order>>();
  readonly #byLine = new Map<number, Order>();
  readonly #deleted: Order[] = [];
  /** Hears of every change. */
  readonly #tell: Tell;
  readonly #next: { -readonly [K in keyof typeof keapSeed.counters]: number } = { ...keapSeed.counters };

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  create(order: NewOrder, now: number): Order {
    const created: Order = {
      jobId: this.#next.job++,
      invoiceId: this.#next.invoice++,
      dueTime: null,
      sentTime: null,
      createdAt: now,
      modifiedAt: now,
      deletedAt: null,
      notes: null,
      terms: null,
      jobStatus: null,
      orderStatus: null,
      recurringOrderId: null,
      leadAffiliateId: 0,
      salesAffiliateId: 0,
      promoCodes: [],
      invoiceNumber: null,
      externalCreateUser: null,
      externalCreateTime: null,
      externalUpdateTime: null,
      shipping: { parts: {}, countryCode: null, regionCode: null, zipFour: null, toCompany: false },
      lines: [],
      payments: [],
      transactions: [],
      plan: null,
      everPaid: false,
      ...order,
      customFields: new Map(),
    };
    this.#byJob.set(created.jobId, created);
    this.#byInvoice.set(created.invoiceId, created);
    indexed(this.#byContact, created.contactId).add(created);
    for (const [fieldId, content] of order.customFields ?? []) this.#setField(created, fieldId, content);
    this.#tell('order.add', created.jobId, now);
    this.#tell('invoice.add', created.invoiceId, now);
    return created;
  }

  byJob(jobId: number): Order | undefined {
    return this.#byJob.get(jobId);
  }

  byInvoice(invoiceId: number): Order | undefined {
    return this.#byInvoice.get(invoiceId);
  }

  byContact(contactId: number): Iterable<Order> {
    return this.#byContact.get(contactId) ?? [];
  }

  byLine(lineId: number): Order | undefined {
    return this.#byLine.get(lineId);
  }

  /** Orders whose field has this value, whatever the case. */
  byCustomField(fieldId: number, content: string): Iterable<Order> {
    return this.#byField.get(fieldKey(fieldId, content)) ?? [];
  }

  live(): Iterable<Order> {
    return this.#byJob.values();
  }

  /** Live and deleted ones, by job id. */
  ever(): Order[] {
    return [...this.#byJob.values(), ...this.#deleted].sort((a, b) => a.jobId - b.jobId);
  }

  setCustomField(order: Order, fieldId: number, content: string | null, now: number): void {
    this.#setField(order, fieldId, content);
    this.touch(order, now);
  }

  setContact(order: Order, contactId: number, now: number): void {
    this.#byContact.get(order.contactId)?.delete(order);
    order.contactId = contactId;
    indexed(this.#byContact, contactId).add(order);
    this.touch(order, now);
  }

  addLine(order: Order, line: NewLine, now: number): OrderLine {
    const id = this.#next.orderItem++;
    const added = { id, invoiceItemId: id, createdAt: now, ...line };
    order.lines.push(added);
    this.#byLine.set(id, order);
    this.touch(order, now);
    return added;
  }

  removeLine(order: Order, line: OrderLine, now: number): void {
    order.lines.splice(order.lines.indexOf(line), 1);
    this.#byLine.delete(line.id);
    this.touch(order, now);
  }

  /** Records what was tried or done with money; `paid: false` for an attempt that brought none. */
  addPayment(
    order: Order,
    payment: Omit<OrderPayment, 'id' | 'paymentId' | 'updatedAt' | 'transactionId'>,
    transaction: Omit<Transaction, 'id' | 'paymentId' | 'time' | 'amount' | 'byKeap'> & { byKeap?: boolean },
    now: number,
  ): OrderPayment {
    const failed = payment.status === 'FAILED' || payment.status === 'ERROR';
    const paymentId = failed ? null : this.#next.payment++;
    const transactionId = this.#next.transaction++;
    const added = { id: this.#next.invoicePayment++, paymentId, updatedAt: now, transactionId, ...payment };
    order.payments.push(added);
    order.transactions.push({
      id: transactionId,
      paymentId,
      time: now,
      amount: payment.amount,
      byKeap: false,
      ...transaction,
    });
    this.#tell('invoice.payment.add', transactionId, now);
    this.touch(order, now);
    return added;
  }

  delete(order: Order, now: number): void {
    order.deletedAt = now;
    this.#byJob.delete(order.jobId);
    this.#byInvoice.delete(order.invoiceId);
    this.#byContact.get(order.contactId)?.delete(order);
    for (const [fieldId, content] of order.customFields) this.#byField.get(fieldKey(fieldId, content))?.delete(order);
    for (const line of order.lines) this.#byLine.delete(line.id);
    this.#deleted.push(order);
    this.#tell('order.delete', order.jobId, now);
    this.#tell('invoice.delete', order.invoiceId, now);
  }

  /** After any change: it may have changed what is owed. */
  touch(order: Order, now: number): void {
    order.modifiedAt = now;
    if (payStatusOf(order) === 1) order.everPaid = true;
    this.#tell('order.edit', order.jobId, now);
    this.#tell('invoice.edit', order.invoiceId, now);
  }

  /** After a change of one of its payments. */
  touchPayment(order: Order, payment: OrderPayment, now: number): void {
    payment.updatedAt = now;
    this.#tell('invoice.payment.edit', payment.transactionId, now);
    this.touch(order, now);
  }

  #setField(order: Order, fieldId: number, content: string | null): void {
    const before = order.customFields.get(fieldId);
    if (before !== undefined) this.#byField.get(fieldKey(fieldId, before))?.delete(order);
    if (content === null) order.customFields.delete(fieldId);
    else {
      order.customFields.set(fieldId, content);
      indexed(this.#byField, fieldKey(fieldId, content)).add(order);
    }
  }
}

/** A line as the two transports share it. */
export function newLine(line: {
  type: string;
  productId: number;
  name: string;
  price: Micros;
  quantity: number;
  description?: string | null;
  notes?: string | null;
  cost?: Micros | null;
  subscriptionPlanId?: number;
  subscriptionId?: number;
}): NewLine {
  return {
    subscriptionPlanId: 0,
    subscriptionId: 0,
    description: null,
    notes: null,
    cost: null,
    ...line,
  };
}

export const typeCodeOf = (line: OrderLine): number => itemTypeCode(line.type);

function indexed<Key, Value>(index: Map<Key, Set<Value>>, key: Key): Set<Value> {
  let values = index.get(key);
  if (values === undefined) {
    values = new Set();
    index.set(key, values);
  }
  return values;
}

function fieldKey(fieldId: number, content: string): string {
  return `${fieldId} ${content.toLowerCase()}`;
}
