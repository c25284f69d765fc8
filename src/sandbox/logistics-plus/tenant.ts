import type { SandboxClock } from '../clock.js';
import { Chance } from '../random.js';
import { Webhooks } from '../webhooks.js';
import { Catalog } from './catalog.js';
import { Keys, Throttle } from './gateway.js';
import { Ids } from './ids.js';
import { bodyOf, noticeOf } from './notices.js';
import type { Behaviour, LogisticsPlusOptions, LogisticsPlusSettings, LogisticsPlusWebhook } from './options.js';
import { OrderBook } from './order-book.js';

/** Everything one Logistics Plus account holds. A reset makes a new one. */
export class Tenant {
  readonly settings: LogisticsPlusSettings;
  readonly webhook: LogisticsPlusWebhook;
  readonly keys: Keys;
  readonly throttle = new Throttle();
  readonly ids = new Ids();
  readonly catalog: Catalog;
  readonly webhooks: Webhooks;
  readonly orders: OrderBook;
  /** Decides which answers hold what nobody documented. */
  readonly surprises: Chance;

  constructor(
    readonly clock: SandboxClock,
    { settings, webhook }: Behaviour,
    { apiKeys = [], seed = 1 }: LogisticsPlusOptions,
  ) {
    this.settings = settings;
    this.webhook = webhook;
    this.keys = new Keys(apiKeys);
    this.catalog = new Catalog(this.ids, clock.now());
    this.surprises = new Chance(seed);
    this.webhooks = new Webhooks(clock, webhook, seed);
    this.orders = new OrderBook(clock, settings, this.ids, (order) =>
      this.webhooks.emit(order.primaryReference, bodyOf(noticeOf(order), webhook.form)),
    );
  }
}
