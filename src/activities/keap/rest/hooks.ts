import type { Caller } from '../../call.js';
import type { Served } from '../../platform.js';
import { JsonRest } from '../../rest.js';
import { settingsOf } from '../settings.js';
import { hook, type RestHook } from './shapes.js';

/** REST hooks, which only REST v1 manages. One is for one kind of event. */
export class Hooks {
  readonly #rest: JsonRest;

  constructor(served: Served, call: Caller) {
    this.#rest = new JsonRest(served, call, new URL('/crm/rest/v1', settingsOf(served.connection).url).href);
  }

  /** All of the account, others' among them. */
  list(): Promise<RestHook[]> {
    return this.#rest.ask('hooks.list', 'GET', '/hooks', 'read', hook.array());
  }

  /** Keap confirms it at once, by a call to the address; the answer says whether it could. Twice is two of them. */
  create(eventKey: string, hookUrl: string): Promise<RestHook> {
    return this.#rest.ask('hooks.create', 'POST', '/hooks', 'once', hook, { body: { eventKey, hookUrl } });
  }

  /** Has one confirmed that was not, or that Keap has given up after four failures in a row. */
  verify(key: string): Promise<RestHook> {
    return this.#rest.ask('hooks.verify', 'POST', `/hooks/${key}/verify`, 'repeatable', hook);
  }

  delete(key: string): Promise<void> {
    return this.#rest.ask<void>('hooks.delete', 'DELETE', `/hooks/${key}`, 'repeatable', undefined);
  }
}
