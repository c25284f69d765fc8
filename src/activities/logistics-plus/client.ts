import type { z } from 'zod';
import type { Caller } from '../call.js';
import type { Served } from '../platform.js';
import { JsonRest } from '../rest.js';
import type { OrderBody } from './body.js';
import { settingsOf } from './settings.js';
import * as shape from './shapes.js';

/**
 * The Warehouse API, version 1, as far as it is documented: a method per call, in its words, without policy. There is no
 * call that reads one order by its id, and none that cancels.
 */
export class WarehouseClient {
  readonly #rest: JsonRest;

  constructor(served: Served, call: Caller) {
    this.#rest = new JsonRest(served, call, new URL('/warehouse/v1', settingsOf(served.connection).url).href);
  }

  /** All orders that carry exactly this reference, in whatever warehouse. The list shows writes a little later. */
  async searchOrders(reference: string): Promise<shape.OrderThere[]> {
    const query = { PrimaryReference: reference };
    const { data } = await this.#rest.ask('orders.search', 'GET', '/orders', 'read', shape.ordersUnder(reference), {
      query,
    });
    return data.orders;
  }

  createOrder(body: OrderBody): Promise<z.output<typeof shape.created>> {
    return this.#rest.ask('orders.create', 'POST', '/orders', 'once', shape.created, { body, values: [] });
  }

  /** The plural; the platform's text spells the path in the singular once, its examples never. */
  updateOrder(orderId: string, body: OrderBody): Promise<z.output<typeof shape.updated>> {
    const path = `/orders/${encodeURIComponent(orderId)}`;
    return this.#rest.ask('orders.update', 'PATCH', path, 'repeatable', shape.updated, { body, values: [] });
  }
}
