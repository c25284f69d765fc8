import type { SandboxClock } from '../clock.js';
import { Webhooks } from '../webhooks.js';
import { Accounts } from './accounts.js';
import { Billing } from './billing.js';
import { Catalog } from './catalog.js';
import { Contacts } from './contacts.js';
import { CustomFields, fieldTypeFromXmlRpc } from './custom-fields.js';
import type { Tell } from './events.js';
import { Hooks } from './hooks.js';
import type { Behaviour, KeapHookSettings, KeapOptions, KeapSettings } from './options.js';
import { OrderBook } from './order-book.js';
import type { Order } from './orders.js';
import { Till } from './payments.js';
import { keapSeed } from './seed.js';
import { Subscriptions } from './subscriptions.js';
import { Throttle } from './throttle.js';
import { Wallet } from './wallet.js';

/** Everything one Keap account holds. A reset makes a new one. */
export class Tenant {
  readonly clock: SandboxClock;
  readonly settings: KeapSettings;
  readonly accounts: Accounts;
  readonly throttle = new Throttle();
  readonly contacts: Contacts;
  readonly catalog: Catalog;
  readonly wallet = new Wallet();
  readonly fields = new CustomFields();
  readonly orders: OrderBook;
  readonly till: Till;
  readonly subscriptions: Subscriptions;
  readonly webhook: KeapHookSettings;
  readonly webhooks: Webhooks;
  readonly hooks: Hooks;
  readonly billing: Billing;
  /** Until when XML-RPC is switched off. */
  brownoutUntil = 0;

  constructor(clock: SandboxClock, { settings, webhook }: Behaviour, options: KeapOptions) {
    this.clock = clock;
    this.settings = settings;
    this.webhook = webhook;
    this.webhooks = new Webhooks(clock, webhook, options.seed ?? 1);
    this.hooks = new Hooks(clock, webhook, this.webhooks);
    const tell: Tell = (event, id, time) => this.hooks.tell(event, id, time);
    this.contacts = new Contacts(tell);
    this.orders = new OrderBook(tell);
    this.till = new Till(this.orders, this.wallet);
    this.subscriptions = new Subscriptions(tell);
    this.billing = new Billing(this);
    const now = clock.now();
    // Long before now, so that no search lag hides what was there from the start.
    const seededAt = now - 86_400_000;
    this.accounts = new Accounts({
      now,
      serviceAccountKeys: options.serviceAccountKeys ?? [],
      personalAccessTokens: options.personalAccessTokens ?? [],
    });
    this.catalog = new Catalog(seededAt);
    for (const [form, fields] of [
      ['ORDER', keapSeed.orderFields],
      ['SUBSCRIPTION', keapSeed.subscriptionFields],
    ] as const) {
      for (const { dataType, ...field } of fields) {
        this.fields.add({ ...field, type: fieldTypeFromXmlRpc(dataType) ?? 'TEXT', form });
      }
    }
    const { contact } = keapSeed;
    const ada = this.contacts.add(
      new Map([
        ['Email', contact.email],
        ['FirstName', contact.givenName],
        ['LastName', contact.familyName],
        ['StreetAddress1', contact.address.line1],
        ['City', contact.address.locality],
        ['State', contact.address.region],
        ['PostalCode', contact.address.postalCode],
        ['Country', 'United States'],
      ]),
      seededAt,
      contact.id,
    );
    ada.codes.set('BILLING', { countryCode: contact.address.countryCode, regionCode: null });
    for (const card of contact.cards) this.wallet.add({ ...card, contactId: ada.id }, seededAt);
    void this.billing.start();
  }

  /** Ends what goes on by itself. */
  close(): void {
    this.billing.close();
    this.hooks.close();
    this.webhooks.close();
  }

  /** Keap says no more than "transactions"; whether a failed attempt is one is a setting. */
  mayDelete(order: Order): boolean {
    const failed = (status: string) => status === 'FAILED' || status === 'ERROR';
    return order.transactions.every(({ status }) => failed(status) && !this.settings.failedChargesBlockDelete);
  }

  /** Whether a record made then is found by REST lists by now. */
  visibleInLists(createdAt: number): boolean {
    return createdAt + this.settings.searchLagMs <= this.clock.now();
  }
}
