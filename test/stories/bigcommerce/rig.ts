import type { Order } from '../../../src/client/order.js';
import { type BigcommerceOrderResult, type BigcommerceUpdates, bigcommerceOrder } from '../../../src/contracts.js';
import {
  type BigcommerceLedger,
  type BigcommerceLedgerOrder,
  type BigcommerceOptions,
  type BigcommerceSandbox,
  bigcommerceSeed,
  startSandbox,
} from '../../../src/sandbox/index.js';
import { type Opened, openAccounts } from '../accounts.js';
import type { ServingOptions, ServingWorker } from '../serving.js';
import type { Account, Input } from '../tested.js';

export type ShopOrder = Order<BigcommerceOrderResult, BigcommerceUpdates>;

/** The input of an order, with what the tests look at. */
export type ShopInput = Input & {
  readonly orderId?: string;
  readonly total?: string;
  readonly order?: { readonly products: readonly { readonly quantity: number }[] };
};

/** One store at a sandbox of its own, with a token that may do everything. */
export interface BigcommerceAccount
  extends Account<BigcommerceSandbox, BigcommerceOrderResult, BigcommerceUpdates, 'store'> {
  order(change?: Record<string, unknown>): ShopInput;
}

export interface BigcommerceRig extends ServingWorker {
  readonly accounts: readonly BigcommerceAccount[];
}

/** How an account at BigCommerce is opened. */
export const account: Opened<BigcommerceAccount> = {
  platform: 'bigcommerce',
  contract: bigcommerceOrder,
  key: bigcommerceSeed.tokens.full.token,
  async imitate({ key, clockSpeed, behaviour }) {
    const token = { token: key, clientId: 'bcclienttest', clientSecret: 'bc-secret-test-0123456789' };
    const prompt = { gatewayDelayMs: 0, statusDelayMs: 0 };
    const options = { throttle: 'off', clockSpeed, accessTokens: [token] } as const;
    const bigcommerce: BigcommerceOptions = { ...options, ...prompt, ...behaviour };
    return (await startSandbox({ only: ['bigcommerce'], bigcommerce })).bigcommerce;
  },
  settings: ({ url }, accessToken) => ({
    url,
    paymentsUrl: url,
    storeHash: bigcommerceSeed.storeHash,
    accessToken,
    limits: [],
  }),
  plainOrder: () => ({ total: TOTAL, order: content() }),
};

/** What the plain order comes to. */
export const TOTAL = '67.30';

/** Two of one product, one of another, and shipping: 2 × 27.50 + 3.30 + 9.00. */
export function content(change: object = {}) {
  return {
    products: [
      { product_id: 113, quantity: 2, price_ex_tax: '25.00', price_inc_tax: '27.50' },
      { name: 'Engraving', sku: 'ENGRAVE', quantity: 1, price_ex_tax: '3.00', price_inc_tax: '3.30' },
    ],
    billing_address: {
      first_name: 'Mara',
      last_name: 'Lindqvist',
      street_1: '12 Harbor Road',
      city: 'Portland',
      state: 'Oregon',
      zip: '97205',
      country_iso2: 'US',
      email: 'mara@example.com',
    },
    shipping_cost_ex_tax: '9.00',
    shipping_cost_inc_tax: '9.00',
    ...change,
  };
}

/** Starts accounts and one worker that serves them. `settings` are of the connection. */
export function openBigcommerces(
  wanted: readonly { readonly options?: BigcommerceOptions; readonly settings?: object }[] = [{}],
  options: ServingOptions = {},
): Promise<BigcommerceRig> {
  const accounts = wanted.map(({ options: behaviour, settings }) => ({
    variant: 'store' as const,
    behaviour,
    settings,
  }));
  return openAccounts(account, accounts, options);
}

/** Orders of the run: under its reference, and the one that was taken over. */
export function ordersIn({ orders }: BigcommerceLedger, { reference, orderId }: ShopInput): BigcommerceLedgerOrder[] {
  return orders.filter(({ id, externalOrderId }) => externalOrderId === reference || String(id) === orderId);
}

/** The one order of the run. */
export function orderIn(ledger: BigcommerceLedger, input: ShopInput): BigcommerceLedgerOrder {
  const [order, ...more] = ordersIn(ledger, input);
  if (order === undefined) throw new Error(`no order ${input.reference}`);
  if (more.length > 0) throw new Error(`${more.length + 1} orders ${input.reference}`);
  return order;
}

/** How many of a product can be sold. */
export const stockOf = ({ stock }: BigcommerceLedger, sku: string): number =>
  Object.values(stock.find((each) => each.sku === sku)?.onHand ?? {}).reduce((sum, each) => sum + each, 0);
