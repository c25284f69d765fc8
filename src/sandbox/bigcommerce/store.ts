import type { SandboxClock } from '../clock.js';
import type { WebhookSettings } from '../webhook-settings.js';
import { Webhooks } from '../webhooks.js';
import { Agenda } from './agenda.js';
import { Events } from './hooks/events.js';
import { Hooks } from './hooks/hooks.js';
import { Ids } from './ids.js';
import type { Mail } from './mails.js';
import { Metafields } from './metafields/metafields.js';
import { exact } from './money.js';
import {
  type Behaviour,
  type BigcommerceOptions,
  type BigcommerceSettings,
  type InventorySettings,
  inventorySettingsFrom,
} from './options.js';
import { OrderBook } from './orders/order-book.js';
import { stockRules } from './orders/stock-rules.js';
import { PaymentAccessTokens } from './payments/access-tokens.js';
import { GatewayOutcomes } from './payments/gateway-outcomes.js';
import { Refunds } from './payments/refund.js';
import { Payments } from './payments/transactions.js';
import { Channels } from './people/channels.js';
import { Customers } from './people/customers.js';
import { bigcommerceSeed } from './seed.js';
import { seedOrders } from './seeding.js';
import { Shipments } from './shipments/shipment.js';
import { Catalog } from './stock/catalog.js';
import { Stock } from './stock/stock.js';
import { Throttle } from './throttle.js';
import { Tokens } from './tokens.js';

/** Everything one BigCommerce store holds. A reset makes a new one. */
export class Store {
  readonly storeHash = bigcommerceSeed.storeHash;
  readonly currency = bigcommerceSeed.currency;
  readonly settings: BigcommerceSettings;
  readonly webhook: WebhookSettings;
  readonly inventory: InventorySettings;
  readonly tokens: Tokens;
  readonly throttle = new Throttle();
  readonly ids = new Ids();
  readonly agenda: Agenda;
  readonly catalog = new Catalog();
  readonly customers = new Customers();
  readonly channels = new Channels();
  readonly mails: Mail[] = [];
  readonly webhooks: Webhooks;
  readonly hooks: Hooks;
  /** Addresses that are written to when a hook is deactivated, by app. */
  readonly hookMails = new Map<string, string[]>();
  readonly events: Events;
  readonly stock: Stock;
  readonly payments: Payments;
  readonly gateways: GatewayOutcomes;
  readonly accessTokens = new PaymentAccessTokens();
  readonly paymentsThrottle = new Throttle();
  /** What is left on each, by code. */
  readonly giftCertificates: Map<string, number>;
  readonly metafields = new Metafields(this.ids);
  readonly refunds = new Refunds(this.ids);
  readonly orders: OrderBook;
  readonly shipments = new Shipments(this.ids);

  constructor(
    readonly clock: SandboxClock,
    { settings, webhook }: Behaviour,
    options: BigcommerceOptions,
  ) {
    const now = () => clock.now();
    this.settings = settings;
    this.webhook = webhook;
    this.inventory = inventorySettingsFrom(options);
    this.tokens = new Tokens(options.accessTokens ?? []);
    this.agenda = new Agenda(clock);
    this.webhooks = new Webhooks(clock, webhook, options.seed ?? 1);
    this.hooks = new Hooks({
      ...{ clock, settings, ids: this.ids, tokens: this.tokens, webhooks: this.webhooks },
      ...{ storeHash: this.storeHash, storeId: bigcommerceSeed.storeId },
      deactivated: (hook) => this.mail('hook-deactivated', null, { hookId: hook.id }),
    });
    this.events = new Events((scope, data) => this.hooks.tell(scope, data));
    this.stock = new Stock(this.catalog, now, (item, reason) =>
      this.events.stock(item, this.stock.level(item), reason === 'order'),
    );
    this.payments = new Payments(this.ids, now, this.events);
    const { code, balance } = bigcommerceSeed.giftCertificate;
    this.giftCertificates = new Map([[code, balance]]);
    this.gateways = new GatewayOutcomes(this.agenda, () => settings.gatewayDelayMs);
    const settle = stockRules(this.catalog, this.stock, settings, () => this.inventory);
    this.orders = new OrderBook(clock, this.ids, this.events, settle);
    seedOrders(this);
  }

  mail(kind: Mail['kind'], orderId: number | null, about: Partial<Mail>): void {
    this.mails.push({ time: this.clock.now(), kind, orderId, ...about });
  }

  /** Puts money back on a gift certificate. */
  refillGift(code: string, amount: number): void {
    this.giftCertificates.set(code, exact((this.giftCertificates.get(code) ?? 0) + amount));
  }

  /** Ends everything that goes on by itself. */
  close(): void {
    this.agenda.close();
    this.webhooks.close();
  }
}
