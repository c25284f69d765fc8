import {
  type KeapSubscriptionResult,
  type KeapSubscriptionUpdates,
  keapSubscription,
} from '../../../../src/contracts.js';
import { type KeapOptions, type KeapSandbox, keapSeed, startSandbox } from '../../../../src/sandbox/index.js';
import { type Opened, openAccounts } from '../../accounts.js';
import type { ServingOptions, ServingWorker } from '../../serving.js';
import type { Account, Input } from '../../tested.js';
import type { Transport } from '../rig.js';

export type { Transport } from '../rig.js';

/** The input of a subscription, with what the tests look at. */
export type SubscriptionInput = Input & ReturnType<typeof plainSubscription>;

/** One account at a sandbox of its own, whose orders are subscriptions. */
export interface Club extends Account<KeapSandbox, KeapSubscriptionResult, KeapSubscriptionUpdates, Transport> {
  order(change?: Record<string, unknown>): SubscriptionInput;
}

export interface ClubRig extends ServingWorker {
  readonly accounts: readonly Club[];
}

const cardThat = (declines: boolean) => {
  const card = keapSeed.contact.cards.find((each) => each.declines === declines);
  if (card === undefined) throw new Error('the seed has no such card');
  return { card: String(card.id), merchantAccount: String(keapSeed.merchantAccount.id) };
};
export const goodCard = cardThat(false);
export const badCard = cardThat(true);

/** A month of the tea club, twice, once. */
export const plainSubscription = () => ({
  contact: { email: 'ada@example.com', givenName: 'Ada', familyName: 'Stone' },
  plan: '5',
  quantity: 2,
  price: '15.00',
  total: '30.00',
  currency: 'USD',
  cycles: 1,
  payment: goodCard as { card: string; merchantAccount?: string },
});

/** How an account at Keap is opened for subscriptions. */
export const club: Opened<Club> = {
  platform: 'keap',
  contract: keapSubscription,
  key: keapSeed.serviceAccountKey,
  async imitate({ key, clockSpeed, behaviour }) {
    // Its clock runs ahead of an order's: what Keap bills by itself at a time of day, it bills when a test says so.
    const own: KeapOptions = { throttle: 'off', billing: 'off', clockSpeed, serviceAccountKeys: [key] };
    const keap: KeapOptions = { ...own, ...behaviour };
    return (await startSandbox({ only: ['keap'], keap })).keap;
  },
  settings: ({ url }, key, transport) => ({ url, transport, auth: { serviceAccountKey: key }, limits: [] }),
  plainOrder: plainSubscription,
};

export const openClubs = (transports: readonly Transport[], options: ServingOptions = {}): Promise<ClubRig> =>
  openAccounts(
    club,
    transports.map((variant) => ({ variant })),
    options,
  );
