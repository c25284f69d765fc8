import type { z } from 'zod';
import type { Effect } from '../../asked.js';
import type { Caller } from '../../call.js';
import type { HttpRequest } from '../../http.js';
import { allPages } from '../../pages.js';
import type { Served } from '../../platform.js';
import { JsonRest, type Query, type Sent } from '../../rest.js';
import { settingsOf } from '../settings.js';
import * as shape from './shapes.js';

/** The largest page that Keap gives out. */
const PAGE_SIZE = 1_000;

/** REST v2 as far as it is used: a method per endpoint, in Keap's words, without policy. */
export class RestClient {
  readonly #rest: JsonRest;

  constructor(served: Served, call: Caller) {
    this.#rest = new JsonRest(served, call, new URL('/crm/rest/v2', settingsOf(served.connection).url).href);
  }

  orderUrl(orderId: string | undefined, invoiceId: string): string {
    return `${this.#rest.base}/orders${orderId === undefined ? `?filter=invoice_id==${invoiceId}` : `/${orderId}`}`;
  }

  orderModel() {
    return this.#ask('orders.model', 'GET', '/orders/model', 'read', shape.orderModel);
  }

  async listOrders(filter: string) {
    return this.#pages('orders.list', '/orders', { filter }, shape.orders, ({ orders }) => orders);
  }

  getOrder(id: string) {
    return this.#ask('orders.get', 'GET', `/orders/${id}`, 'read', shape.order);
  }

  createOrder(body: object) {
    return this.#ask('orders.create', 'POST', '/orders', 'once', shape.order, { body });
  }

  patchOrder(id: string, mask: string, body: object) {
    const query = { update_mask: mask };
    return this.#ask('orders.update', 'PATCH', `/orders/${id}`, 'repeatable', shape.order, { query, body });
  }

  deleteOrder(id: string) {
    return this.#ask('orders.delete', 'DELETE', `/orders/${id}`, 'repeatable', undefined);
  }

  createItem(orderId: string, body: object) {
    return this.#ask('orders.items.create', 'POST', `/orders/${orderId}/items`, 'once', shape.item, { body });
  }

  async listPayments(orderId: string) {
    const path = `/orders/${orderId}/payments`;
    return this.#pages('orders.payments.list', path, {}, shape.payments, (page) => page.invoice_order_payments);
  }

  createPayment(orderId: string, body: object) {
    const path = `/orders/${orderId}/payments`;
    return this.#ask('orders.payments.create', 'POST', path, 'once', shape.paymentResult, { body });
  }

  subscriptionUrl(id: string): string {
    return `${this.#rest.base}/subscriptions/${id}`;
  }

  subscriptionModel() {
    return this.#ask('subscriptions.model', 'GET', '/subscriptions/model', 'read', shape.orderModel);
  }

  /** Of all products. */
  async listPlans() {
    const path = '/products/-/subscriptions';
    return this.#pages('products.subscriptions.list', path, {}, shape.plans, ({ subscriptions }) => subscriptions);
  }

  async listSubscriptions(filter: string) {
    const items = ({ subscriptions }: z.output<typeof shape.subscriptions>) => subscriptions;
    return this.#pages('subscriptions.list', '/subscriptions', { filter }, shape.subscriptions, items);
  }

  getSubscription(id: string) {
    return this.#ask('subscriptions.get', 'GET', `/subscriptions/${id}`, 'read', shape.subscription);
  }

  createSubscription(body: object) {
    return this.#ask('subscriptions.create', 'POST', '/subscriptions', 'once', shape.subscription, { body });
  }

  patchSubscription(id: string, mask: readonly string[], body: object) {
    const sent = { query: { update_mask: mask.join(',') }, body };
    return this.#ask('subscriptions.update', 'PATCH', `/subscriptions/${id}`, 'repeatable', undefined, sent);
  }

  deactivateSubscription(id: string, reason: string) {
    const sent = { body: { reason } };
    return this.#ask(
      'subscriptions.deactivate',
      'POST',
      `/subscriptions/${id}:deactivate`,
      'repeatable',
      undefined,
      sent,
    );
  }

  /** Invoices all cycles that are due, and answers the newest order. */
  invoiceSubscription(id: string) {
    return this.#ask('subscriptions.invoice', 'POST', `/subscriptions/${id}:invoice`, 'once', shape.invoiced);
  }

  async listContacts(filter: string) {
    const query = { filter, fields: 'id,email_addresses', order_by: 'id asc' };
    return this.#pages('contacts.list', '/contacts', query, shape.contacts, ({ contacts }) => contacts);
  }

  getContact(id: string) {
    const query = { fields: CONTACT_FIELDS };
    return this.#ask('contacts.get', 'GET', `/contacts/${id}`, 'read', shape.contact, { query });
  }

  /** Updates the contact with the same e-mail address, or creates one. */
  upsertContact(body: object) {
    const query = { duplicate_option: 'Email' };
    return this.#ask('contacts.create', 'POST', '/contacts', 'repeatable', shape.contactId, { query, body });
  }

  patchContact(id: string, mask: readonly string[], body: object) {
    const query = { update_mask: mask.join(',') };
    return this.#ask('contacts.update', 'PATCH', `/contacts/${id}`, 'repeatable', shape.contactId, { query, body });
  }

  async listPaymentMethods(contactId: string) {
    const path = `/contacts/${contactId}/paymentMethods`;
    return this.#pages('contacts.paymentMethods.list', path, {}, shape.paymentMethods, ({ records }) => records);
  }

  async listProducts(filter: string) {
    return this.#pages('products.list', '/products', { filter }, shape.products, ({ products }) => products);
  }

  #pages<P extends { next_page_token?: string | null | undefined }, T>(
    operation: string,
    path: string,
    query: Query,
    page: z.ZodType<P>,
    itemsOf: (page: P) => readonly T[],
  ): Promise<T[]> {
    return allPages<T, string>(async (token) => {
      const now = { ...query, page_size: PAGE_SIZE, page_token: token };
      const got = await this.#ask(operation, 'GET', path, 'read', page, { query: now });
      // Keap leaves the token out or empty on the last page.
      return { items: itemsOf(got), next: got.next_page_token || undefined };
    });
  }

  #ask<T>(
    operation: string,
    method: HttpRequest['method'],
    path: string,
    effect: Effect,
    result: z.ZodType<T> | undefined,
    sent: Sent = {},
  ): Promise<T> {
    return this.#rest.ask(operation, method, path, effect, result, { ...sent, values: valuesOf(sent.body) });
  }
}

/** The lists among them are not always in an answer unless they are asked for. */
const CONTACT_FIELDS = 'id,given_name,family_name,company,email_addresses,phone_numbers,addresses';

/** The texts of a body, without ids and Keap's own words: those may be shown in a message. */
function valuesOf(body: unknown, key = ''): string[] {
  if (typeof body === 'string') return /(^|_)(id|type|code)$/.test(key) ? [] : [body];
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([name, value]) => valuesOf(value, Array.isArray(body) ? key : name));
}
