import type { SandboxClock } from '../clock.js';
import type { WebhookSettings } from '../webhook-settings.js';
import { Webhooks } from '../webhooks.js';
import { AddressBook } from './addresses.js';
import { Catalog } from './catalog.js';
import { Throttle, Tokens } from './gateway.js';
import { Ids } from './ids.js';
import type { Behaviour, FlxpointOptions, FlxpointSettings } from './options.js';
import { OrderBook } from './order-book.js';
import { seedOrders } from './seeding.js';
import { WebhookConfigurations } from './webhook-configurations.js';

/** Everything one Flxpoint account holds. A reset makes a new one. */
export class Tenant {
  readonly settings: FlxpointSettings;
  readonly webhook: WebhookSettings;
  readonly tokens: Tokens;
  readonly throttle = new Throttle();
  readonly ids = new Ids();
  readonly catalog = new Catalog();
  readonly addresses = new AddressBook(this.ids);
  readonly webhooks: Webhooks;
  readonly configurations: WebhookConfigurations;
  readonly orders: OrderBook;

  constructor(
    readonly clock: SandboxClock,
    { settings, webhook }: Behaviour,
    { accountTokens = [], seed = 1 }: FlxpointOptions,
  ) {
    this.settings = settings;
    this.tokens = new Tokens(accountTokens);
    this.webhook = webhook;
    this.webhooks = new Webhooks(clock, webhook, seed);
    this.configurations = new WebhookConfigurations(this.ids, this.webhooks);
    this.orders = new OrderBook(clock, settings, this.ids, (order, request) =>
      this.configurations.tell('FulfillmentRequestProcessingEvent', order, request),
    );
    seedOrders(this);
  }
}
