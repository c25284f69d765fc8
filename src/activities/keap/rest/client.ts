import type { z } from 'zod';
import type { Served } from '../../platform.js';
import { type Caller, paused } from '../call.js';
import { type Asked, type Effect, fromRest, fromUnreadable } from '../errors.js';
import { settingsOf } from '../settings.js';
import * as shape from './shapes.js';

type Query = Readonly<Record<string, string | number | undefined>>;

/** The largest page that Keap gives out. */
const PAGE_SIZE = 1_000;

/** REST v2 as far as it is used: a method per endpoint, in Keap's words, without policy. */
export class RestClient {
  readonly #base: string;

  constructor(
    private readonly served: Served,
    private readonly call: Caller,
  ) {
    this.#base = new URL('/crm/rest/v2', settingsOf(served.connection).url).href;
  }

  orderUrl(orderId: string | undefined, invoiceId: string): string {
    return `${this.#base}/orders${orderId === undefined ? `?filter=invoice_id==${invoiceId}` : `/${orderId}`}`;
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

  async #pages<P extends { next_page_token?: string | null | undefined }, T>(
    operation: string,
    path: string,
    query: Query,
    page: z.ZodType<P>,
    itemsOf: (page: P) => readonly T[],
  ): Promise<T[]> {
    const items: T[] = [];
    for (let token: string | undefined; ; ) {
      const now = { ...query, page_size: PAGE_SIZE, page_token: token };
      const got: P = await this.#ask(operation, 'GET', path, 'read', page, { query: now });
      items.push(...itemsOf(got));
      // Keap leaves the token out or empty on the last page.
      if (!got.next_page_token || got.next_page_token === token) return items;
      token = got.next_page_token;
    }
  }

  async #ask<T>(
    operation: string,
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    effect: Effect,
    result: z.ZodType<T> | undefined,
    { query = {}, body }: { query?: Query; body?: object } = {},
  ): Promise<T> {
    const { answer, asked } = await this.call({
      operation,
      method,
      url: `${this.#base}${path}${queryString(query)}`,
      effect,
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      values: valuesOf(body),
    });
    if (answer.status < 200 || answer.status > 299) {
      throw paused(this.served, fromRest(asked, answer, Date.now(), Math.random()));
    }
    return result === undefined ? (undefined as T) : read(asked, answer.status, answer.text, result);
  }
}

/** The lists among them are not always in an answer unless they are asked for. */
const CONTACT_FIELDS = 'id,given_name,family_name,company,email_addresses,phone_numbers,addresses';

function read<T>(asked: Asked, status: number, text: string, shape: z.ZodType<T>): T {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw fromUnreadable(asked, status, 'cut', 'it is not JSON, or not all of it');
  }
  const parsed = shape.safeParse(body);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path }) => path.join('.') || 'the whole');
  throw fromUnreadable(asked, status, 'shape', `not as expected: ${[...new Set(fields)].slice(0, 5).join(', ')}`);
}

function queryString(query: Query): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

/** The texts of a body, without ids and Keap's own words: those may be shown in a message. */
function valuesOf(body: unknown, key = ''): string[] {
  if (typeof body === 'string') return /(^|_)(id|type|code)$/.test(key) ? [] : [body];
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([name, value]) => valuesOf(value, Array.isArray(body) ? key : name));
}
