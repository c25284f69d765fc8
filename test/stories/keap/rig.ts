import { type KeapOrderResult, keapOrder } from '../../../src/contracts.js';
import { type KeapOptions, type KeapSandbox, keapSeed, startSandbox } from '../../../src/sandbox/index.js';
import type { Updates } from '../../../src/workflows/contract.js';
import { type Opened, openAccounts } from '../accounts.js';
import type { ServingOptions, ServingWorker } from '../serving.js';
import type { Account, Input } from '../tested.js';

export { until } from '../serving.js';

export type Transport = 'rest' | 'xml-rpc';

/** The input of an order, with what the tests look at. */
export type KeapInput = Input & ReturnType<typeof plainOrder>;

/** One account at a sandbox of its own. */
export interface Shop extends Account<KeapSandbox, KeapOrderResult, Updates, Transport> {
  order(change?: Record<string, unknown>): KeapInput;
}

export interface Rig extends ServingWorker {
  readonly shops: readonly Shop[];
}

export const plainOrder = () => ({
  title: 'web shop',
  orderedAt: '2026-01-15T15:30:00Z',
  notes: 'Leave at the door',
  currency: 'USD',
  total: '54.90',
  contact: { email: 'ada@example.com', givenName: 'Ada', familyName: 'Stone' },
  shippingAddress: {
    givenName: 'Ada',
    familyName: 'Stone',
    line1: '1 Mill Lane',
    city: 'Tempe',
    region: 'AZ',
    postalCode: '85281',
    country: 'US',
  },
  lines: [
    { sku: 'MUG-B', quantity: 2, unitPrice: '24.95', name: 'Blue mug' },
    { kind: 'shipping', quantity: 1, unitPrice: '5.00', name: 'Standard shipping' },
  ],
  payment: { kind: 'taken', method: 'Credit Card (Manual)', reference: 'pay_9f2' },
  customFields: { 'Gift Message': 'Happy birthday' },
});

/** How an account at Keap is opened. */
export const shop: Opened<Shop> = {
  platform: 'keap',
  contract: keapOrder,
  key: keapSeed.serviceAccountKey,
  async imitate({ key, clockSpeed, behaviour }) {
    const keap: KeapOptions = { throttle: 'off', clockSpeed, serviceAccountKeys: [key], ...behaviour };
    return (await startSandbox({ only: ['keap'], keap })).keap;
  },
  settings: ({ url }, key, transport) => ({ url, transport, auth: { serviceAccountKey: key }, limits: [] }),
  plainOrder,
};

/** Starts shops and one worker that serves them. */
export async function openRig(
  wanted: readonly { transport: Transport; keap?: KeapOptions }[],
  options: ServingOptions = {},
): Promise<Rig> {
  const accounts = wanted.map(({ transport, keap }) => ({ variant: transport, behaviour: keap }));
  const rig = await openAccounts(shop, accounts, options);
  return { ...rig, shops: rig.accounts };
}
