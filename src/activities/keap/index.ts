import { accountOf } from '../account.js';
import type { Connection } from '../connection.js';
import type { Window } from '../limiter.js';
import type { Platform, Served } from '../platform.js';
import { check } from './carries.js';
import { changesOf } from './changes.js';
import { consentTo } from './consent.js';
import { contactSteps } from './contact.js';
import { fieldSteps } from './fields.js';
import { lineSteps } from './lines.js';
import { type Open, openKeap } from './open.js';
import { orderSteps } from './order.js';
import { paymentSteps } from './payment.js';
import { preflightSteps } from './preflight.js';
import { productSteps } from './products.js';
import { reversalSteps } from './reversal.js';
import { keapSettings, settingsOf } from './settings.js';
import { standingSteps } from './standing.js';
import { billSteps } from './subscription/bills.js';
import { cannotSubscribe } from './subscription/carries.js';
import { subscriptionPreflightSteps } from './subscription/preflight.js';
import { subscriptionStandingSteps } from './subscription/standing.js';
import { subscriptionSteps } from './subscription/subscription.js';
import { totalSteps } from './total.js';
import { keapWebhook } from './webhook.js';

export { storeTokens, tokensFile } from './tokens.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** A service account key or personal access token, each: 10 a second, 240 a minute. */
const KEY_LIMITS: readonly Window[] = [
  { limit: 10, perMs: SECOND },
  { limit: 240, perMs: MINUTE },
];

/** An OAuth client, over all accounts that gave their consent: 25 a second (the spike arrest), 1,500 a minute. */
const CLIENT_LIMITS: readonly Window[] = [
  { limit: 25, perMs: SECOND },
  { limit: 1_500, perMs: MINUTE },
];

function commonActivities(keap: Open) {
  return { ...contactSteps(keap), ...paymentSteps(keap), ...standingSteps(keap) };
}

function orderActivities(keap: Open) {
  return {
    ...preflightSteps(keap),
    ...productSteps(keap),
    ...orderSteps(keap),
    ...lineSteps(keap),
    ...totalSteps(keap),
    ...reversalSteps(keap),
    ...fieldSteps(keap),
  };
}

function subscriptionActivities(keap: Open) {
  return {
    ...subscriptionPreflightSteps(keap),
    ...subscriptionSteps(keap),
    ...subscriptionStandingSteps(keap),
    ...billSteps(keap),
  };
}

/** The steps of a Keap order, as a story calls them. */
export type KeapActivities = ReturnType<typeof commonActivities> & ReturnType<typeof orderActivities>;

/** The steps of a subscription and of its cycles. */
export type KeapSubscriptionActivities = ReturnType<typeof commonActivities> &
  ReturnType<typeof subscriptionActivities>;

function createActivities(served: Served) {
  const keap = openKeap(served);
  return { ...commonActivities(keap), ...orderActivities(keap), ...subscriptionActivities(keap) };
}

/** By the name of the story. */
const checks: Readonly<Record<string, (connection: Connection, order: never) => readonly string[]>> = {
  keapOrder: check,
  keapSubscription: cannotSubscribe,
  keapSubscriptionCycle: cannotSubscribe,
};

/**
 * Keap, formerly Infusionsoft. The daily quota (30,000 for a key, 150,000 for a client) is not a window here: Keap counts
 * it by the calendar day in UTC, says in its headers when it is used up, and then everybody waits until midnight.
 */
export const keap = {
  name: 'keap',
  settings: keapSettings,
  check: (connection: Connection, story: string, order: unknown) => checks[story]?.(connection, order as never) ?? [],
  limits: (connection: Connection) => (settingsOf(connection).auth.oauth === undefined ? KEY_LIMITS : CLIENT_LIMITS),
  account(connection: Connection): string {
    const { serviceAccountKey, personalAccessToken, oauth } = settingsOf(connection).auth;
    return accountOf('keap', serviceAccountKey ?? personalAccessToken ?? oauth?.clientId ?? '');
  },
  warning: (connection: Connection) =>
    settingsOf(connection).transport === 'xml-rpc'
      ? `${connection.name} uses XML-RPC, which Keap has announced to switch off on 31 December 2026; use transport "rest"`
      : undefined,
  consent: consentTo,
  createActivities,
  changes: changesOf,
  rounds: false,
  webhook: keapWebhook,
} satisfies Platform;
