import type { SandboxClock } from '../clock.js';
import type { WebhookSettings } from '../webhook-settings.js';
import { Webhooks } from '../webhooks.js';
import { Counter } from './counter.js';
import { CustomerBook } from './customers.js';
import { Keys, Throttle } from './gateway.js';
import { Items } from './items.js';
import { messageOf, subjectOf } from './messages.js';
import type { Behaviour, InfoplusOptions, InfoplusSettings } from './options.js';
import { OrderBook } from './order-book.js';
import { ShipmentBook } from './shipments.js';

/** Everything one Infoplus site holds. A reset makes a new one. */
export class Site {
  readonly settings: InfoplusSettings;
  readonly webhook: WebhookSettings;
  readonly keys: Keys;
  readonly throttle = new Throttle();
  readonly items = new Items();
  readonly customers: CustomerBook;
  readonly orders: OrderBook;
  readonly shipments: ShipmentBook;
  readonly webhooks: Webhooks;
  readonly lineIds = new Counter(990_001);
  readonly fileIds = new Counter(61_001);

  constructor(
    readonly clock: SandboxClock,
    { settings, webhook }: Behaviour,
    { apiKeys = [], seed = 1 }: InfoplusOptions,
  ) {
    this.settings = settings;
    this.webhook = webhook;
    this.keys = new Keys(apiKeys);
    this.customers = new CustomerBook(clock);
    this.shipments = new ShipmentBook(clock);
    this.webhooks = new Webhooks(clock, webhook, seed);
    this.orders = new OrderBook(clock, settings, (order) => this.webhooks.emit(subjectOf(order), messageOf(order)));
  }

  /** How old what a search shows is. */
  get searchedAt(): number {
    return this.clock.now() - this.settings.searchLagMs;
  }
}
