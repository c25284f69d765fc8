import type { Received, Reply } from '../scripted-server.js';
import { answering, errors } from './rig.js';

interface OrderRecord {
  readonly orderNo: number;
  readonly [field: string]: unknown;
}

const NOT_FOUND: Reply = { status: 404, body: errors('No such order') };
const PROCESSED: Reply = { status: 400, body: errors('The order has been processed') };

/** Orders that can be read, written, tagged and deleted, as long as they are not processed. */
export class Warehouse {
  readonly orders = new Map<string, OrderRecord>();
  readonly tags = new Map<string, string[]>();
  readonly audits: string[] = [];
  /** What a search shows in place of the orders. */
  searchShows: (() => readonly object[]) | undefined;

  constructor(...orders: readonly OrderRecord[]) {
    for (const order of orders) this.orders.set(String(order.orderNo), order);
  }

  /** @param routes what is answered otherwise */
  answers(routes: Parameters<typeof answering>[0] = {}): (request: Received) => Reply {
    return answering({
      ...routes,
      'GET order/search': () => ({ body: this.searchShows?.() ?? [...this.orders.values()] }),
      'GET order/*': (request) => this.#of(request, (order) => ({ body: order })),
      'PUT order': ({ body }) => this.#put(JSON.parse(body)),
      'DELETE order/*': (request) => this.#of(request, (order) => this.#delete(order)),
      'GET order/*/tag': (request) => this.#of(request, (_, number) => ({ body: this.tags.get(number) ?? [] })),
      'PUT order/*/tag/*': (request) => this.#of(request, (_, number, tag) => this.#tag(number, tag, true)),
      'DELETE order/*/tag/*': (request) => this.#of(request, (_, number, tag) => this.#tag(number, tag, false)),
      'PUT order/*/audit/*': (request) =>
        this.#of(request, (_, number, text) => {
          this.audits.push(`${number}: ${text}`);
          return { body: '' };
        }),
    });
  }

  #of({ path }: Received, answer: (order: OrderRecord, number: string, last: string) => Reply): Reply {
    const parts = (path.split('?')[0] ?? '').split('/');
    const number = parts[parts.indexOf('order') + 1] ?? '';
    const order = this.orders.get(number);
    return order === undefined ? NOT_FOUND : answer(order, number, decodeURIComponent(parts[parts.length - 1] ?? ''));
  }

  #put(order: OrderRecord): Reply {
    const was = this.orders.get(String(order.orderNo));
    if (was === undefined) return NOT_FOUND;
    if (isClosed(was)) return PROCESSED;
    this.orders.set(String(order.orderNo), order);
    return { body: '' };
  }

  #delete(order: OrderRecord): Reply {
    if (isClosed(order)) return PROCESSED;
    this.orders.delete(String(order.orderNo));
    return { body: '' };
  }

  #tag(number: string, tag: string, on: boolean): Reply {
    const others = (this.tags.get(number) ?? []).filter((name) => name !== tag);
    this.tags.set(number, on ? [...others, tag] : others);
    return { body: '' };
  }
}

const isClosed = ({ status }: OrderRecord): boolean => ['Processed', 'Shipped', 'Cancelled'].includes(String(status));
