import type { Order } from '../../../src/client/order.js';
import { type InfoplusOrderResult, type InfoplusUpdates, infoplusOrder } from '../../../src/contracts.js';
import {
  type InfoplusLedger,
  type InfoplusLedgerOrder,
  type InfoplusOptions,
  type InfoplusSandbox,
  infoplusSeed,
  startSandbox,
} from '../../../src/sandbox/index.js';
import type { Hold } from '../../../src/workflows/contract.js';
import { type Opened, openAccounts } from '../accounts.js';
import { type ServingOptions, type ServingWorker, until } from '../serving.js';
import type { Account } from '../tested.js';

export type SiteOrder = Order<InfoplusOrderResult, InfoplusUpdates>;

/** One site at an imitation of its own, with one connection to it. */
export type SiteAccount = Account<InfoplusSandbox, InfoplusOrderResult, InfoplusUpdates, 'v3.0'>;

export interface Site extends SiteAccount {
  /** What the site has under a reference: the order, its back orders, doubles; the deleted ones among them. */
  ledgerOrders(reference: string): InfoplusLedgerOrder[];
}

export interface SiteRig extends ServingWorker {
  readonly sites: readonly Site[];
}

/** What a site has under a reference, whatever its case; the deleted ones among them. */
export const ordersUnder = ({ orders }: InfoplusLedger, reference: string): InfoplusLedgerOrder[] =>
  orders.filter(({ customerOrderNo }) => customerOrderNo?.toUpperCase() === reference.toUpperCase());

/** How a site of Infoplus is opened. */
export const site: Opened<SiteAccount> = {
  platform: 'infoplus',
  contract: infoplusOrder,
  key: infoplusSeed.apiKey,
  async imitate({ key, clockSpeed, behaviour }) {
    const infoplus: InfoplusOptions = { throttle: 'off', clockSpeed, apiKeys: [key], ...behaviour };
    return (await startSandbox({ only: ['infoplus'], infoplus })).infoplus;
  },
  settings: ({ url }, key) => ({ ...settingsFor(url, key), limits: [], siteLimits: [] }),
  plainOrder: () => plainOrder(),
};

/** Starts sites and one worker that serves them. `settings` are of the connection. */
export async function openSites(
  wanted: readonly { readonly options?: InfoplusOptions; readonly settings?: object }[] = [{}],
  options: ServingOptions = {},
): Promise<SiteRig> {
  const accounts = wanted.map(({ options: behaviour, settings }) => ({
    variant: 'v3.0' as const,
    behaviour,
    settings,
  }));
  const rig = await openAccounts(site, accounts, options);
  const sites = rig.accounts.map((account) => ({
    ...account,
    ledgerOrders: (reference: string) => ordersUnder(account.sandbox.ledger(), reference),
  }));
  return { ...rig, sites };
}

/** A connection to an imitated site, by names where a person would use them. */
export const settingsFor = (url: string, apiKey: string) => ({
  url,
  apiKey,
  lineOfBusiness: 'GOODS',
  warehouse: 'Memphis 1',
  carrier: 'UPS GROUND',
});

export const plainOrder = () => ({
  orderDate: '2026-01-15',
  customerNo: 'C-100',
  customerPONo: 'WEB-55110',
  billToCompany: 'Ada Stone',
  billToStreet: '1 Mill Lane',
  billToCity: 'Tempe',
  billToState: 'AZ',
  billToZip: '85281',
  billToCountry: 'USA',
  billToPhone: '480-555-0142',
  billToEmail: 'ada@example.com',
  lineItems: [
    { sku: 'MUG-B', orderedQty: 2 },
    { sku: 'KETTLE-E', orderedQty: 1 },
  ],
  orderMessage: 'Leave at the door.',
  customFields: { sourceRunId: 'run-1' },
  tags: ['source: web'],
});

/** Waits for the order's next hold. */
export async function held(order: SiteOrder): Promise<Hold> {
  const { hold } = await until(order, (status) => status.hold !== undefined);
  if (hold === undefined) throw new Error('no hold');
  return hold;
}
