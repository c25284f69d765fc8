import type { Caller } from '../../call.js';
import type { Served } from '../../platform.js';
import { JsonRest } from '../../rest.js';
import { unlessNotFound } from '../not-found.js';
import { settingsOf } from '../settings.js';
import { transaction } from './shapes.js';

/** Transactions by REST v1: what its payment hooks point to. REST v2 cannot be asked for one by its id. */
export class Transactions {
  readonly #rest: JsonRest;

  constructor(served: Served, call: Caller) {
    this.#rest = new JsonRest(served, call, new URL('/crm/rest/v1', settingsOf(served.connection).url).href);
  }

  /** Ids of the orders that one is about. */
  async ordersOf(id: string): Promise<string[]> {
    const asked = this.#rest.ask('transactions.get', 'GET', `/transactions/${id}`, 'read', transaction);
    return (await unlessNotFound(asked))?.order_ids ?? [];
  }
}
