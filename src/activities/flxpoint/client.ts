import type { z } from 'zod';
import type { Effect } from '../asked.js';
import type { Caller } from '../call.js';
import type { HttpRequest } from '../http.js';
import type { Served } from '../platform.js';
import { JsonRest, type Query, type Sent } from '../rest.js';
import type { ItemBody } from './body.js';
import { PAGE_SIZE, type Page, toLastPage } from './pages.js';
import type { Operation } from './rights.js';
import { settingsOf } from './settings.js';
import * as shape from './shapes.js';

/** The filters by which a list of orders tells what has changed. How they combine is not documented: one at a time. */
export const changedFilters = ['orderUpdatedAt', 'fulfillmentRequestsUpdatedAt', 'shipmentsUpdatedAt'] as const;
export type ChangedFilter = (typeof changedFilters)[number];

/** What is to be canceled of a fulfillment request. Spelled with two l here, with one in the record. */
export interface Adjustment {
  readonly items: readonly {
    readonly id: number;
    readonly acknowledgedQuantity: number;
    readonly cancelledQuantity: number;
  }[];
  /** `kill`: canceled on the order too; `fill`: another request may take it. */
  readonly killOrFillType: 'kill' | 'fill';
}

export interface ShipmentBody {
  readonly fulfillmentRequestId: number;
  readonly allowDuplicateTrackingNumbers: false;
  readonly shipment: object;
}

/**
 * Flxpoint's API as far as an order needs it: a method per call, in its words, without policy. The call
 * `GET /fulfillment-requests/processing` is left out on purpose: it moves all that it shows on to the next state.
 */
export class FlxpointClient {
  readonly #rest: JsonRest;

  constructor(served: Served, call: Caller) {
    this.#rest = new JsonRest(served, call, new URL(settingsOf(served.connection).url).href.replace(/\/$/, ''));
  }

  /** `includeTags` is known of the list only. What Flxpoint does not know, it passes over. */
  getOrder(orderId: string): Promise<shape.OrderThere> {
    return this.#get('orders.get', `/orders/${orderId}`, shape.order, { includeTags: 'true' });
  }

  /** One page of the orders that have changed after a time. */
  changedOrders(filter: ChangedFilter, after: string, page: Page): Promise<shape.ChangedThere[]> {
    const query = { [filter]: after, page, pageSize: PAGE_SIZE };
    return this.#get('orders.list', '/orders', shape.changedOrder.array(), query);
  }

  /** Twice is two lines. Answers with the whole order. */
  addItem(orderId: string, body: ItemBody): Promise<shape.OrderThere> {
    return this.#ask('orders.addItem', 'POST', `/orders/${orderId}/items`, 'once', shape.order, { body });
  }

  setTags(orderId: string, body: { readonly add?: string[]; readonly remove?: string[] }): Promise<string[]> {
    return this.#ask('orders.setTags', 'PATCH', `/orders/${orderId}/tags`, 'repeatable', shape.tags, {
      body,
      values: [],
    });
  }

  /** Everything is in the query. Its success is 201 by the documentation and 200 in the field, without a body. */
  setStatus(orderId: string, status: 'Open' | 'On Hold', updateNote: string): Promise<void> {
    const query = { status, updateNote };
    return this.#ask('orders.setStatus', 'PATCH', `/orders/${orderId}/status`, 'repeatable', undefined, { query });
  }

  /** `sync` must never be sent along: it obliges to an answer. */
  listingVariants(query: { skus?: string; ids?: string; channelId?: string }): Promise<shape.VariantThere[]> {
    return this.#variants('listingVariants.list', '/listing/variants', query);
  }

  productVariants(query: { skus: string } | { ids: string }): Promise<shape.VariantThere[]> {
    return this.#variants('productVariants.list', '/product/variants', query);
  }

  /** All of an order. A filter that is not known is passed over, so each is looked at again. */
  async requestsOf(orderId: string): Promise<shape.RequestThere[]> {
    const all = await this.#filtered('fulfillmentRequests.list', '/fulfillment-requests', shape.request, {
      findOrderId: orderId,
    });
    return all.filter((each) => each.orderId === orderId);
  }

  getRequest(id: string): Promise<shape.RequestThere> {
    return this.#get('fulfillmentRequests.get', `/fulfillment-requests/${id}`, shape.request);
  }

  acknowledge(id: string): Promise<void> {
    const path = `/fulfillment-requests/${id}/acknowledge`;
    return this.#ask('fulfillmentRequests.acknowledge', 'PATCH', path, 'repeatable', undefined);
  }

  /** Whether its quantities are absolute or added is not documented: it is to be sent for what is missing, and read back. */
  adjust(id: string, body: Adjustment): Promise<void> {
    const path = `/fulfillment-requests/${id}/adjust`;
    return this.#ask('fulfillmentRequests.adjust', 'POST', path, 'repeatable', undefined, { body });
  }

  cancel(id: string): Promise<void> {
    const path = `/fulfillment-requests/${id}/cancel`;
    return this.#ask('fulfillmentRequests.cancel', 'PATCH', path, 'repeatable', undefined);
  }

  /** Brings the committed stock into line with what was canceled. Documented as idempotent. */
  adjustStock(id: string): Promise<void> {
    const path = `/fulfillment-requests/${id}/committed-stock`;
    return this.#ask('fulfillmentRequests.adjustStock', 'PATCH', path, 'repeatable', undefined);
  }

  async shipmentsOf(orderId: string): Promise<shape.ShipmentThere[]> {
    const query = { findByOrderId: orderId };
    const all = await this.#filtered('shipments.list', '/shipments', shape.shipment, query);
    return all.filter((each) => each.orderId === orderId);
  }

  /** A tracking number is taken once for each fulfillment request. */
  createShipment(body: ShipmentBody): Promise<void> {
    return this.#ask('shipments.create', 'POST', '/shipments', 'once', undefined, { body, values: [] });
  }

  async invoicesOf(requestId: string): Promise<shape.InvoiceThere[]> {
    const query = { filterPurchaseOrderId: requestId };
    const all = await this.#filtered('sourceInvoices.list', '/source-invoices', shape.invoice, query);
    return all.filter((each) => (each.fulfillmentRequestId ?? each.purchaseOrderId) === requestId);
  }

  async returnsOf(orderId: string): Promise<shape.ReturnThere[]> {
    const read = (pageNumber: Page) => {
      const query = { orderId, pageNumber, pageSize: PAGE_SIZE };
      return this.#get('returns.list', '/returns', shape.returned.array(), query);
    };
    return (await toLastPage(read)).filter((each) => each.orderId === orderId);
  }

  #variants(operation: Operation, path: string, query: Query): Promise<shape.VariantThere[]> {
    return toLastPage((page) =>
      this.#get(operation, path, shape.variant.array(), { ...query, page, pageSize: PAGE_SIZE }),
    );
  }

  /** These lists name the parameters of their pages differently from the others. */
  #filtered<T extends { readonly id: string }>(
    operation: Operation,
    path: string,
    record: z.ZodType<T>,
    query: Query,
  ): Promise<T[]> {
    return toLastPage((filterPageNumber) =>
      this.#get(operation, path, record.array(), { ...query, filterPageNumber, filterPageSize: PAGE_SIZE }),
    );
  }

  #get<T>(operation: Operation, path: string, result: z.ZodType<T>, query: Query = {}): Promise<T> {
    return this.#ask(operation, 'GET', path, 'read', result, { query });
  }

  #ask<T>(
    operation: Operation,
    method: HttpRequest['method'],
    path: string,
    effect: Effect,
    result: z.ZodType<T> | undefined,
    sent?: Sent,
  ): Promise<T> {
    return this.#rest.ask(operation, method, path, effect, result, sent);
  }
}
