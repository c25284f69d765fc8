import type { Caller } from '../call.js';
import type { FailureDetails } from '../failure.js';
import type { Served } from '../platform.js';
import { JsonRest } from '../rest.js';
import { PAGE_SIZE, toLastPage } from './pages.js';
import { settingsOf } from './settings.js';
import { type ConfigurationThere, configuration } from './shapes.js';

/** As Flxpoint's documentation spells it on all pages; as it would be right, in case that they are wrong. */
const PATHS = ['/webhhok/configurations', '/webhook/configurations'] as const;
type Path = (typeof PATHS)[number];

export interface ConfigurationBody {
  readonly webhookUrl: string;
  readonly subscribedEvents: readonly string[];
}

/** Flxpoint's webhook configurations, which belong to the account: a method per call, in its words, without policy. */
export class WebhookConfigurations {
  readonly #rest: JsonRest;
  #path: Path = PATHS[0];

  constructor(served: Served, call: Caller) {
    this.#rest = new JsonRest(served, call, new URL(settingsOf(served.connection).url).href.replace(/\/$/, ''));
  }

  /** All of the account, others' among them. Finds out under which path they are; until then it is the documented one. */
  async list(): Promise<ConfigurationThere[]> {
    try {
      return await this.#list(PATHS[0]);
    } catch (error) {
      if (!isNotFound(error)) throw error;
      return this.#list(PATHS[1]);
    }
  }

  /** Twice is two of them, and each webhook comes twice. */
  create(body: ConfigurationBody & { readonly configurationName: string; readonly channelId?: number }) {
    return this.#rest.ask('webhooks.create', 'POST', this.#path, 'once', configuration, { body, values: [] });
  }

  /** Address and events have to be sent each time. */
  update(id: string, body: ConfigurationBody & { readonly status: 'active' | 'deleted' }) {
    const path = `${this.#path}/${id}`;
    return this.#rest.ask('webhooks.update', 'PATCH', path, 'repeatable', configuration, { body, values: [] });
  }

  /** Whether it comes in pages is not documented: parameters that Flxpoint does not know, it passes over. */
  async #list(path: Path): Promise<ConfigurationThere[]> {
    const query = (page: number) => ({ query: { page, pageSize: PAGE_SIZE } });
    const all = await toLastPage((page) =>
      this.#rest.ask('webhooks.list', 'GET', path, 'read', configuration.array(), query(page)),
    );
    this.#path = path;
    return all;
  }
}

/** Whoever says so: a path that is not there may be answered by a gateway. */
const isNotFound = (error: unknown): boolean =>
  (error as { details?: readonly FailureDetails[] }).details?.[0]?.status === 404;
