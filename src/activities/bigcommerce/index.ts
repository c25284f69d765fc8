import { accountOf } from '../account.js';
import type { Connection } from '../connection.js';
import type { Window } from '../limiter.js';
import type { Platform, Served } from '../platform.js';
import { adoptSteps } from './adopt.js';
import { cancelSteps } from './cancel.js';
import { changesOf } from './changes.js';
import { moneySteps } from './money.js';
import { openBigcommerce } from './open.js';
import { orderSteps } from './order.js';
import { paymentSteps } from './payment.js';
import { refundSteps } from './refund.js';
import { resultSteps } from './result.js';
import { bigcommerceSettings, settingsOf } from './settings.js';
import { shipmentSteps } from './shipment.js';
import { standingSteps } from './standing.js';
import { stockSteps } from './stock.js';
import { storeSteps } from './store.js';
import { bigcommerceWebhook } from './webhook.js';

/** Of the smallest plans, for all apps of a store together; the headers of each answer say what others leave of it. */
const LIMITS: readonly Window[] = [{ limit: 150, perMs: 30_000 }];

/** No number is documented for orders any more; three at once was, and the vendor asks for moderation. */
const AT_ONCE = 3;

function createActivities(served: Served) {
  const bigcommerce = openBigcommerce(served);
  return {
    ...storeSteps(bigcommerce),
    ...orderSteps(bigcommerce),
    ...adoptSteps(bigcommerce),
    ...standingSteps(bigcommerce),
    ...moneySteps(bigcommerce),
    ...paymentSteps(bigcommerce),
    ...refundSteps(bigcommerce),
    ...shipmentSteps(bigcommerce),
    ...stockSteps(bigcommerce),
    ...cancelSteps(bigcommerce),
    ...resultSteps(bigcommerce),
  };
}

/** The steps of a BigCommerce order, as a story calls them. */
export type BigcommerceActivities = ReturnType<typeof createActivities>;

/** BigCommerce, a platform of shops. */
export const bigcommerce = {
  name: 'bigcommerce',
  settings: bigcommerceSettings,
  // Every connection can carry every order: what a token may not do, BigCommerce says.
  check: () => [],
  limits: () => LIMITS,
  concurrency: AT_ONCE,
  // The quota is the store's: all tokens share it. The same hash elsewhere is another store.
  account: (connection: Connection) => {
    const { url, storeHash } = settingsOf(connection);
    return accountOf('bigcommerce', `${new URL(url).host}/${storeHash}`);
  },
  createActivities,
  changes: changesOf,
  webhook: bigcommerceWebhook,
} satisfies Platform;
