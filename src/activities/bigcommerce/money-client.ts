import type { Caller } from '../call.js';
import type { Served } from '../platform.js';
import { JsonRest } from '../rest.js';
import { baseOf, PAGE } from './client.js';
import { settingsOf } from './settings.js';
import * as shape from './shapes.js';

/** What moves money at BigCommerce: a method per call, in its words, without policy. All of it is asynchronous there. */
export class MoneyClient {
  readonly #rest: JsonRest;

  constructor(
    private readonly served: Served,
    call: Caller,
  ) {
    this.#rest = new JsonRest(served, call, baseOf(served));
  }

  /** More than a page of them cannot be read. */
  transactionsOf(id: string): Promise<shape.TransactionThere[]> {
    const sent = { query: { limit: PAGE }, nothingIs204: true } as const;
    const result = shape.dataList(shape.transaction);
    return this.#rest.ask('orders.transactions', 'GET', `/v3/orders/${id}/transactions`, 'read', result, sent);
  }

  /** The whole amount. Refused once the payment is no longer authorized. */
  capture(id: string): Promise<void> {
    return this.#act('payments.capture', id, 'capture');
  }

  void(id: string): Promise<void> {
    return this.#act('payments.void', id, 'void');
  }

  /** Stores nothing. */
  quoteRefund(id: string, body: object): Promise<shape.RefundQuoteThere> {
    const path = `/v3/orders/${id}/payment_actions/refund_quotes`;
    const result = shape.inData(shape.refundQuote);
    return this.#rest.ask('refunds.quote', 'POST', path, 'repeatable', result, { body, values: [] });
  }

  /** Twice is two refunds, as long as money is left. Its success says that it was accepted. */
  refund(id: string, body: object): Promise<shape.RefundThere> {
    const path = `/v3/orders/${id}/payment_actions/refunds`;
    const result = shape.inData(shape.refund);
    return this.#rest.ask('refunds.create', 'POST', path, 'once', result, { body, values: [] });
  }

  refundsOf(id: string): Promise<shape.RefundThere[]> {
    const path = `/v3/orders/${id}/payment_actions/refunds`;
    return this.#rest.ask('refunds.of', 'GET', path, 'read', shape.dataList(shape.refund), { nothingIs204: true });
  }

  feesOf(id: string) {
    const path = `/v2/orders/${id}/fees`;
    return this.#rest.ask('orders.fees', 'GET', path, 'read', shape.fees, { nothingIs204: true });
  }

  /** Lets one payment of one order be made; valid for about an hour. Another one does no harm. */
  async accessToken(id: string): Promise<string> {
    const body = { order: { id: Number(id), is_recurring: false } };
    const path = '/v3/payments/access_tokens';
    const result = shape.inData(shape.accessToken);
    return (await this.#rest.ask('payments.token', 'POST', path, 'repeatable', result, { body, values: [] })).id;
  }

  /**
   * Takes the money of an order that is Incomplete. Moves the order out of that, and is refused then.
   *
   * @param call signs with the access token of the order
   */
  async pay(call: Caller, body: object): Promise<void> {
    const { paymentsUrl, storeHash } = settingsOf(this.served.connection);
    const base = `${new URL(paymentsUrl).href.replace(/\/$/, '')}/stores/${storeHash}`;
    const rest = new JsonRest(this.served, call, base);
    await rest.ask('payments.pay', 'POST', '/payments', 'once', shape.inData(shape.payment), { body, values: [] });
  }

  #act(operation: string, id: string, action: 'capture' | 'void'): Promise<void> {
    const path = `/v3/orders/${id}/payment_actions/${action}`;
    return this.#rest.ask(operation, 'POST', path, 'once', undefined);
  }
}
