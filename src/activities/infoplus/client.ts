import type { z } from 'zod';
import type { Caller } from '../call.js';
import { allPages } from '../pages.js';
import type { Served } from '../platform.js';
import { JsonRest, type Query } from '../rest.js';
import { settingsOf } from './settings.js';
import * as shape from './shapes.js';

/** The most that a page of a search holds. Without it a page has 20, and hides the rest. */
export const PAGE = 250;

/** The Infoplus API, as far as it is documented: a method per call, in its words, without policy. */
export class InfoplusClient {
  readonly #rest: JsonRest;

  constructor(served: Served, call: Caller) {
    const { url, version } = settingsOf(served.connection);
    this.#rest = new JsonRest(served, call, new URL(`/infoplus-wms/api/${version}`, url).href);
  }

  /** @param filter as in `lobId eq 10000 and customerOrderNo eq 'SO-1001'` */
  searchOrders(filter: string): Promise<shape.OrderThere[]> {
    return this.#search('order', shape.order, { filter, sort: 'orderNo' });
  }

  /** One page of what was changed, in the order of `sort`. */
  searchChanges(filter: string, sort: string, limit = PAGE): Promise<z.output<typeof shape.changedOrder>[]> {
    const query = { filter, sort, limit, page: 1 };
    const rows = shape.listOf(shape.changedOrder);
    return this.#rest.ask('order.search', 'GET', '/order/search', 'read', rows, { query });
  }

  searchItems(filter: string): Promise<shape.ItemThere[]> {
    return this.#search('item', shape.item, { filter, sort: 'id' });
  }

  searchCustomers(filter: string): Promise<shape.CustomerThere[]> {
    return this.#search('customer', shape.customer, { filter, sort: 'id' });
  }

  searchShipments(filter: string): Promise<shape.ShipmentThere[]> {
    return this.#search('shipment', shape.shipment, { filter, sort: 'id' });
  }

  linesOfBusiness(): Promise<z.output<typeof shape.lineOfBusiness>[]> {
    return this.#search('lineOfBusiness', shape.lineOfBusiness, { sort: 'id' });
  }

  warehouses(): Promise<z.output<typeof shape.warehouse>[]> {
    return this.#search('warehouse', shape.warehouse, { sort: 'id' });
  }

  /** Carriers are found by a text, not by a filter, and are not sorted. */
  carriers(): Promise<z.output<typeof shape.carrier>[]> {
    return this.#search('carrier', shape.carrier, {});
  }

  getCarrierService(id: number): Promise<z.output<typeof shape.carrierService>> {
    return this.#rest.ask('carrierService.get', 'GET', `/carrierService/${id}`, 'read', shape.carrierService);
  }

  getOrder(orderNo: string): Promise<shape.OrderThere> {
    return this.#rest.ask('order.get', 'GET', `/order/${orderNo}`, 'read', shape.order);
  }

  /** The order as it came, to be changed and written back whole. */
  getRecord(orderNo: string): Promise<shape.OrderRecord> {
    return this.#rest.ask('order.get', 'GET', `/order/${orderNo}`, 'read', shape.record);
  }

  createOrder(body: object): Promise<z.output<typeof shape.created>> {
    return this.#rest.ask('order.create', 'POST', '/order', 'once', shape.created, { body, values: [] });
  }

  /** @param body the whole order: what happens to fields that are left out is documented nowhere */
  updateOrder(body: object): Promise<void> {
    return this.#rest.ask('order.update', 'PUT', '/order', 'repeatable', undefined, { body, values: [] });
  }

  setCustomFields(orderNo: string, customFields: object): Promise<void> {
    const body = { orderNo: Number(orderNo), customFields };
    return this.#rest.ask('order.customFields', 'PUT', '/order/customFields', 'repeatable', undefined, {
      body,
      values: [],
    });
  }

  deleteOrder(orderNo: string): Promise<void> {
    return this.#rest.ask('order.delete', 'DELETE', `/order/${orderNo}`, 'repeatable', undefined);
  }

  tagsOf(orderNo: string): Promise<string[]> {
    return this.#rest.ask('order.tags', 'GET', `/order/${orderNo}/tag`, 'read', shape.tags);
  }

  addTag(orderNo: string, tag: string): Promise<void> {
    const path = `/order/${orderNo}/tag/${encodeURIComponent(tag)}`;
    return this.#rest.ask('order.tag', 'PUT', path, 'repeatable', undefined);
  }

  removeTag(orderNo: string, tag: string): Promise<void> {
    const path = `/order/${orderNo}/tag/${encodeURIComponent(tag)}`;
    return this.#rest.ask('order.untag', 'DELETE', path, 'repeatable', undefined);
  }

  /** Writes a line into the history of the order: one more each time. The API has no other notes. */
  audit(orderNo: string, text: string): Promise<void> {
    const path = `/order/${orderNo}/audit/${encodeURIComponent(text)}`;
    return this.#rest.ask('order.audit', 'PUT', path, 'repeatable', undefined);
  }

  createCustomer(body: object): Promise<shape.CustomerThere> {
    return this.#rest.ask('customer.create', 'POST', '/customer', 'once', shape.customer, { body, values: [] });
  }

  /** All pages. The last one is told by having fewer rows than it could have. */
  #search<T extends z.ZodType>(resource: string, of: T, query: Query): Promise<z.output<T>[]> {
    return allPages<z.output<T>, number>(async (page = 1) => {
      const items = await this.#rest.ask(`${resource}.search`, 'GET', `/${resource}/search`, 'read', shape.listOf(of), {
        query: { ...query, limit: PAGE, page },
      });
      return { items, next: items.length < PAGE ? undefined : page + 1 };
    });
  }
}
