import { Deserializer, XmlRpcFault } from '@foxglove/xmlrpc';
import type { z } from 'zod';
import { fromStatus, fromUnreadable } from '../../answers.js';
import type { Asked, Effect } from '../../asked.js';
import { type Caller, stayAway } from '../../call.js';
import { allPages } from '../../pages.js';
import type { Served } from '../../platform.js';
import { readAs } from '../../rest.js';
import { fromFault, keapGateway } from '../errors.js';
import { settingsOf } from '../settings.js';
import * as shape from './shapes.js';
import { double, int, methodCall, type Value } from './xml.js';

/** The first parameter of every method was a key once. It is ignored beside header authentication, but must be there. */
const KEY = 'header-auth';

/** The parser forgives what is not XML, and a damaged answer is no answer. */
const WHOLE_ANSWER = /^\s*(<\?xml[^>]*\?>)?\s*<methodResponse>[\s\S]*<\/methodResponse>\s*$/;

/** The largest page that Keap gives out; a shorter page is the last. */
const PAGE_SIZE = 1_000;

/** XML-RPC as far as it is used: a method per method, in Keap's words, without policy. */
export class XmlRpcClient {
  readonly #url: string;

  constructor(
    private readonly served: Served,
    private readonly call: Caller,
  ) {
    this.#url = new URL('/crm/xmlrpc/v1', settingsOf(served.connection).url).href;
  }

  /** XML-RPC has no address of an order; REST shows the same one. */
  orderUrl(orderId: string | undefined, invoiceId: string): string {
    const path = orderId === undefined ? `/orders?filter=invoice_id==${invoiceId}` : `/orders/${orderId}`;
    return new URL(`/crm/rest/v2${path}`, this.#url).href;
  }

  /** As with orders, REST shows the same one. */
  subscriptionUrl(id: string): string {
    return new URL(`/crm/rest/v2/subscriptions/${id}`, this.#url).href;
  }

  /** Answers the id of the invoice, not of the order. */
  createBlankOrder(contactId: string, description: string, orderDate: Value, leadId: string, saleId: string) {
    const params = [int(contactId), description, orderDate, int(leadId), int(saleId)];
    return this.#ask('InvoiceService.createBlankOrder', params, 'once', shape.id, [description]);
  }

  placeOrder(
    contactId: string,
    productIds: readonly string[],
    planIds: readonly string[],
    promoCodes: readonly string[],
    leadId: string,
    saleId: string,
  ) {
    // Card 0: nothing is charged. Plan 0: the default payment plan. Specials are what promotion codes apply.
    const params = [
      int(contactId),
      int(0),
      int(0),
      productIds.map(int),
      planIds.map(int),
      promoCodes.length > 0,
      promoCodes,
      int(leadId),
      int(saleId),
    ];
    return this.#ask('OrderService.placeOrder', params, 'once', shape.placed, promoCodes);
  }

  addOrderItem(item: {
    invoiceId: string;
    productId: string;
    type: number;
    price: string;
    quantity: number;
    description: string;
    notes: string;
  }) {
    const { invoiceId, productId, type, price, quantity, description, notes } = item;
    const params = [int(invoiceId), int(productId), int(type), double(price), int(quantity), description, notes];
    return this.#ask('InvoiceService.addOrderItem', params, 'once', shape.done, [description, notes]);
  }

  addManualPayment(payment: {
    invoiceId: string;
    amount: string;
    date: Value;
    type: string;
    description: string;
    bypassCommissions: boolean;
  }) {
    const { invoiceId, amount, date, type, description, bypassCommissions } = payment;
    const params = [int(invoiceId), double(amount), date, type, description, bypassCommissions];
    return this.#ask('InvoiceService.addManualPayment', params, 'once', shape.done, [description]);
  }

  chargeInvoice(invoiceId: string, notes: string, cardId: string, merchantAccountId: string) {
    const params = [int(invoiceId), notes, int(cardId), int(merchantAccountId), false];
    return this.#ask('InvoiceService.chargeInvoice', params, 'once', shape.charged, [notes]);
  }

  calculateAmountOwed(invoiceId: string) {
    return this.#ask('InvoiceService.calculateAmountOwed', [int(invoiceId)], 'read', shape.number);
  }

  getPayments(invoiceId: string) {
    return this.#ask('InvoiceService.getPayments', [int(invoiceId)], 'read', shape.payments);
  }

  getAllPaymentOptions() {
    return this.#ask('InvoiceService.getAllPaymentOptions', [], 'read', shape.paymentOptions);
  }

  deleteInvoice(invoiceId: string) {
    return this.#ask('InvoiceService.deleteInvoice', [int(invoiceId)], 'repeatable', shape.done);
  }

  findByEmail(email: string, fields: readonly string[]) {
    return this.#ask('ContactService.findByEmail', [email, fields], 'read', shape.contacts, [email]);
  }

  loadContact(id: string, fields: readonly string[]) {
    return this.#ask('ContactService.load', [int(id), fields], 'read', shape.record);
  }

  addWithDupCheck(data: Readonly<Record<string, string>>) {
    const values = Object.values(data);
    return this.#ask('ContactService.addWithDupCheck', [data, 'Email'], 'repeatable', shape.id, values);
  }

  updateContact(id: string, data: Readonly<Record<string, string>>) {
    return this.#ask('ContactService.update', [int(id), data], 'repeatable', shape.id, Object.values(data));
  }

  load<T>(table: string, id: string, fields: readonly string[], row: z.ZodType<T>) {
    return this.#ask('DataService.load', [table, int(id), fields], 'read', row);
  }

  /** Once: adds a row, and answers its id. */
  add(table: string, values: Readonly<Record<string, Value>>) {
    const texts = Object.values(values).filter((value) => typeof value === 'string');
    return this.#ask('DataService.add', [table, values], 'once', shape.id, texts);
  }

  /** Undefined when no cycle is due. */
  createInvoiceForRecurring(subscriptionId: string) {
    return this.#ask('InvoiceService.createInvoiceForRecurring', [int(subscriptionId)], 'once', shape.idOrNone);
  }

  updateNextBillDate(subscriptionId: string, day: Value) {
    const params = [int(subscriptionId), day];
    return this.#ask('InvoiceService.updateJobRecurringNextBillDate', params, 'repeatable', shape.done);
  }

  update(table: string, id: string, values: Readonly<Record<string, Value>>) {
    const texts = Object.values(values).filter((value) => typeof value === 'string');
    return this.#ask('DataService.update', [table, int(id), values], 'repeatable', shape.id, texts);
  }

  query<T>(table: string, by: Readonly<Record<string, Value>>, fields: readonly string[], row: z.ZodType<T>) {
    return this.#pages((page) =>
      this.#ask('DataService.query', [table, int(PAGE_SIZE), int(page), by, fields], 'read', row.array()),
    );
  }

  /** The rows with the highest ids. */
  queryLatest<T>(
    table: string,
    limit: number,
    by: Readonly<Record<string, Value>>,
    fields: readonly string[],
    row: z.ZodType<T>,
  ) {
    const params = [table, int(limit), int(0), by, fields, 'Id', false];
    return this.#ask('DataService.query', params, 'read', row.array());
  }

  findByField<T>(table: string, field: string, value: string, fields: readonly string[], row: z.ZodType<T>) {
    return this.#pages((page) =>
      this.#ask(
        'DataService.findByField',
        [table, int(PAGE_SIZE), int(page), field, value, fields],
        'read',
        row.array(),
      ),
    );
  }

  #pages<T>(page: (number: number) => Promise<T[]>): Promise<T[]> {
    return allPages<T, number>(async (number = 0) => {
      const items = await page(number);
      return { items, next: items.length < PAGE_SIZE ? undefined : number + 1 };
    });
  }

  async #ask<T>(
    operation: string,
    params: readonly Value[],
    effect: Effect,
    result: z.ZodType<T>,
    values: readonly string[] = [],
  ): Promise<T> {
    const { answer, asked } = await this.call({
      operation,
      method: 'POST',
      url: this.#url,
      effect,
      headers: { 'content-type': 'text/xml; charset=UTF-8', accept: 'text/xml' },
      body: methodCall(operation, [KEY, ...params]),
      values,
    });
    if (answer.status !== 200) {
      const byGateway = { ...asked, dialect: keapGateway };
      throw fromStatus(byGateway, answer, () => stayAway(this.served, byGateway, answer.headers));
    }
    const parsed = await this.#parse(asked, answer.text);
    this.served.send.throttles.over(asked.at);
    return readAs(asked, 200, parsed, result);
  }

  async #parse(asked: Asked, text: string): Promise<unknown> {
    if (!WHOLE_ANSWER.test(text)) throw fromUnreadable(asked, 200, 'cut', 'it is not XML-RPC, or not all of it');
    try {
      return await new Deserializer().deserializeMethodResponse(text);
    } catch (error) {
      if (!(error instanceof XmlRpcFault)) {
        throw fromUnreadable(asked, 200, 'cut', 'it is not XML-RPC, or not all of it');
      }
      const { faultCode = 0, faultString = '' } = error;
      throw fromFault(asked, faultCode, faultString, () => stayAway(this.served, asked));
    }
  }
}
