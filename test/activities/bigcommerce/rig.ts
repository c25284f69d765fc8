import { bigcommerce } from '../../../src/activities/bigcommerce/index.js';
import type { Served } from '../../../src/activities/platform.js';
import {
  type BigcommerceLedgerOrder,
  type BigcommerceOptions,
  type BigcommerceSandbox,
  bigcommerceSeed,
  startSandbox,
} from '../../../src/sandbox/index.js';
import { type BigcommerceOrder, bigcommerceOrderInput } from '../../../src/workflows/bigcommerce/input.js';
import { inActivities, serve } from '../hands.js';

/** The hands of one connection, and the imitated store that they work on. */
export interface Shop {
  readonly sandbox: BigcommerceSandbox;
  readonly hands: ReturnType<typeof bigcommerce.createActivities>;
  readonly changes: ReturnType<typeof bigcommerce.changes>;
  readonly served: Served;
  /** An order as it really is. */
  there(orderId: string | number): BigcommerceLedgerOrder;
  /** What was asked of the store since the last reset, reads and writes. */
  asked(): string[];
  stop(): Promise<void>;
}

export async function openShop(options: BigcommerceOptions = {}): Promise<Shop> {
  const running = await startSandbox({ only: ['bigcommerce'], bigcommerce: { throttle: 'off', ...options } });
  const sandbox = running.bigcommerce;
  const { storeHash, tokens } = bigcommerceSeed;
  const served = serve(bigcommerce, {
    url: sandbox.url,
    paymentsUrl: sandbox.url,
    storeHash,
    accessToken: tokens.full.token,
  });
  return {
    sandbox,
    hands: inActivities(bigcommerce.createActivities(served)),
    changes: inActivities(bigcommerce.changes(served)),
    served,
    there(orderId) {
      const order = sandbox.ledger().orders.find(({ id }) => id === Number(orderId));
      if (order === undefined) throw new Error(`no order ${orderId}`);
      return order;
    },
    asked: () => sandbox.ledger().requests.map(({ operation }) => operation),
    stop: () => running.stop(),
  };
}

export const REFERENCE = 'SO-1001';
export const at = (orderId: string) => ({ connection: 'bigcommerce/acme', reference: REFERENCE, orderId });

export const address = {
  first_name: 'Mara',
  last_name: 'Lindqvist',
  street_1: '12 Harbor Road',
  city: 'Portland',
  state: 'Oregon',
  zip: '97205',
  country_iso2: 'US',
  email: 'mara@example.com',
};

/** Two of one product, one made to order, and shipping: 67.30 with tax. */
export const orderOf = (content: object = {}, change: object = {}): BigcommerceOrder =>
  bigcommerceOrderInput.parse({
    connection: 'bigcommerce/acme',
    reference: REFERENCE,
    order: {
      products: [
        { product_id: 113, quantity: 2, price_ex_tax: '25.00', price_inc_tax: '27.50' },
        { name: 'Engraving', quantity: 1, price_ex_tax: '3.00', price_inc_tax: '3.30' },
      ],
      billing_address: address,
      shipping_cost_ex_tax: '9.00',
      shipping_cost_inc_tax: '9.00',
      ...content,
    },
    ...change,
  });
