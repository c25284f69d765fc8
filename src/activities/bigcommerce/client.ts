import type { z } from 'zod';
import type { Caller } from '../call.js';
import { allPages } from '../pages.js';
import type { Served } from '../platform.js';
import { JsonRest, type Query } from '../rest.js';
import { settingsOf } from './settings.js';
import * as shape from './shapes.js';

/** The most that BigCommerce gives out in one page. */
export const PAGE = 250;

/**
 * Orders, parcels and stock of a store, as far as an order needs them: a method per call, in BigCommerce's words, without
 * policy. `DELETE /v2/orders`, which archives all orders of a store, is left out on purpose. Money is in `MoneyClient`.
 */
export class BigcommerceClient {
  readonly #rest: JsonRest;

  constructor(served: Served, call: Caller) {
    this.#rest = new JsonRest(served, call, baseOf(served));
  }

  /** All orders that carry this `external_order_id`, by ascending id; archived ones are not shown. */
  ordersUnder(externalOrderId: string): Promise<shape.OrderThere[]> {
    return this.#pages('orders.list', '/v2/orders', shape.order, {
      external_order_id: externalOrderId,
      sort: 'id:asc',
    });
  }

  /** One page of a list of orders. */
  listOrders(query: Query): Promise<shape.OrderThere[]> {
    return this.#list('orders.list', '/v2/orders', shape.order, query);
  }

  getOrder(id: string): Promise<shape.OrderThere> {
    return this.#rest.ask('orders.get', 'GET', `/v2/orders/${id}`, 'read', shape.order);
  }

  /** Twice is two orders. */
  createOrder(body: object): Promise<shape.OrderThere> {
    return this.#rest.ask('orders.create', 'POST', '/v2/orders', 'once', shape.order, { body, values: [] });
  }

  /** What is not sent stays. Lines and fees must not be sent: lines without an id are added each time. */
  updateOrder(id: string, body: object): Promise<shape.OrderThere> {
    const path = `/v2/orders/${id}`;
    return this.#rest.ask('orders.update', 'PUT', path, 'repeatable', shape.order, { body, values: [] });
  }

  /** "Delete" is to archive. */
  archiveOrder(id: string): Promise<void> {
    return this.#rest.ask('orders.archive', 'DELETE', `/v2/orders/${id}`, 'repeatable', undefined);
  }

  productsOf(id: string): Promise<shape.ProductThere[]> {
    return this.#pages('orders.products', `/v2/orders/${id}/products`, shape.product);
  }

  addressesOf(id: string): Promise<shape.ShippingAddressThere[]> {
    return this.#pages('orders.addresses', `/v2/orders/${id}/shipping_addresses`, shape.shippingAddress);
  }

  /** Nothing is computed anew. */
  async updateAddress(id: string, addressId: string, body: object): Promise<void> {
    const path = `/v2/orders/${id}/shipping_addresses/${addressId}`;
    await this.#rest.ask('orders.updateAddress', 'PUT', path, 'repeatable', undefined, { body, values: [] });
  }

  shipmentsOf(id: string): Promise<shape.ShipmentThere[]> {
    return this.#pages('shipments.list', `/v2/orders/${id}/shipments`, shape.shipment);
  }

  /** Twice is two parcels, as long as quantities are left; and two mails. */
  createShipment(id: string, body: object): Promise<shape.ShipmentThere> {
    const path = `/v2/orders/${id}/shipments`;
    return this.#rest.ask('shipments.create', 'POST', path, 'once', shape.shipment, { body, values: [] });
  }

  /** Its items cannot be changed. */
  updateShipment(id: string, shipmentId: string, body: object): Promise<shape.ShipmentThere> {
    const path = `/v2/orders/${id}/shipments/${shipmentId}`;
    return this.#rest.ask('shipments.update', 'PUT', path, 'repeatable', shape.shipment, { body, values: [] });
  }

  /** What Waybill has marked an order with. */
  metafieldsOf(id: string, namespace: string): Promise<shape.MetafieldThere[]> {
    return this.#data('metafields.of', `/v3/orders/${id}/metafields`, shape.metafield, { namespace });
  }

  /** Over all orders of the store. */
  marks(namespace: string, key: string): Promise<shape.MetafieldThere[]> {
    return this.#data('metafields.list', '/v3/orders/metafields', shape.metafield, { namespace, key });
  }

  /** The same key on the same order is refused with 409, which is a `Conflict`. */
  createMetafield(id: string, body: object): Promise<shape.MetafieldThere> {
    const path = `/v3/orders/${id}/metafields`;
    const result = shape.inData(shape.metafield);
    return this.#rest.ask('metafields.create', 'POST', path, 'repeatable', result, { body, values: [] });
  }

  async updateMetafield(id: string, metafieldId: string, body: object): Promise<void> {
    const path = `/v3/orders/${id}/metafields/${metafieldId}`;
    await this.#rest.ask('metafields.update', 'PUT', path, 'repeatable', undefined, { body, values: [] });
  }

  deleteMetafield(id: string, metafieldId: string): Promise<void> {
    const path = `/v3/orders/${id}/metafields/${metafieldId}`;
    return this.#rest.ask('metafields.delete', 'DELETE', path, 'repeatable', undefined);
  }

  inventorySettings(): Promise<z.output<typeof shape.inventorySettings>> {
    const result = shape.inData(shape.inventorySettings);
    return this.#rest.ask('settings.inventory', 'GET', '/v3/settings/inventory', 'read', result);
  }

  inventoryItems(query: Query): Promise<shape.InventoryItemThere[]> {
    return this.#data('inventory.items', '/v3/inventory/items', shape.inventoryItem, query);
  }

  /** How the stock of products is tracked. */
  trackingOf(ids: readonly string[]): Promise<shape.TrackedThere[]> {
    const query = { 'id:in': ids.join(','), include_fields: 'inventory_tracking' };
    return this.#data('catalog.products', '/v3/catalog/products', shape.tracked, query);
  }

  /** Counted once more each time. */
  async adjustStock(body: object): Promise<void> {
    const path = '/v3/inventory/adjustments/relative';
    await this.#rest.ask('inventory.adjust', 'POST', path, 'once', undefined, { body, values: [] });
  }

  /** The clock of the store, in seconds since 1970. */
  async time(): Promise<number> {
    return (await this.#rest.ask('time.get', 'GET', '/v2/time', 'read', shape.time)).time;
  }

  /** Of our own API account alone. */
  hooks(): Promise<shape.HookThere[]> {
    return this.#data('hooks.list', '/v3/hooks', shape.hook, {});
  }

  /** A second one of the same scope and destination is refused. */
  async createHook(body: object): Promise<void> {
    await this.#rest.ask('hooks.create', 'POST', '/v3/hooks', 'once', undefined, { body, values: [] });
  }

  async updateHook(id: string, body: object): Promise<void> {
    await this.#rest.ask('hooks.update', 'PUT', `/v3/hooks/${id}`, 'repeatable', undefined, { body, values: [] });
  }

  async deleteHook(id: string): Promise<void> {
    await this.#rest.ask('hooks.delete', 'DELETE', `/v3/hooks/${id}`, 'repeatable', undefined);
  }

  #list<T extends z.ZodType>(operation: string, path: string, of: T, query: Query): Promise<z.output<T>[]> {
    const result = shape.listOf(of) as z.ZodType<z.output<T>[]>;
    return this.#rest.ask(operation, 'GET', path, 'read', result, { query, nothingIs204: true });
  }

  /** All pages of a list of V2, which tells no total: the last page is short, or 204. */
  #pages<T extends z.ZodType>(operation: string, path: string, of: T, query: Query = {}): Promise<z.output<T>[]> {
    return allPages<z.output<T>, number>(async (page = 1) => {
      const items = await this.#list(operation, path, of, { ...query, page, limit: PAGE });
      return { items, next: items.length < PAGE ? undefined : page + 1 };
    });
  }

  /** All pages of a list of V3. */
  #data<T extends z.ZodType>(operation: string, path: string, of: T, query: Query): Promise<z.output<T>[]> {
    const result = shape.dataList(of) as z.ZodType<z.output<T>[]>;
    return allPages<z.output<T>, number>(async (page = 1) => {
      const sent = { query: { ...query, page, limit: PAGE }, nothingIs204: true } as const;
      const items = await this.#rest.ask(operation, 'GET', path, 'read', result, sent);
      return { items, next: items.length < PAGE ? undefined : page + 1 };
    });
  }
}

/** Where both versions of the API begin. */
export function baseOf({ connection }: Served): string {
  const { url, storeHash } = settingsOf(connection);
  return `${new URL(url).href.replace(/\/$/, '')}/stores/${storeHash}`;
}
