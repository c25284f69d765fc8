import { z } from 'zod';
import type { PlatformOptions } from '../platform.js';
import { webhookDefaults, webhookSettingsSchema } from '../webhook-settings.js';

/** Requests that one credential may make. The day ends at 00:00 UTC; the other two windows slide. */
export interface KeapLimits {
  perSecond: number;
  perMinute: number;
  perDay: number;
}

/** The addresses are the hooks' own. */
export const hookSettingsSchema = webhookSettingsSchema.omit({ url: true }).extend({
  /** From a hook's first event to the one call that has all that came meanwhile; `delayMs` follows. */
  batchMs: z.number().min(0),
});
export type KeapHookSettings = z.output<typeof hookSettingsSchema> & { url: null };

/** How the imitation of Keap behaves. Durations are milliseconds of the sandbox's clock. */
export interface KeapOptions extends PlatformOptions {
  /** `off`, or limits in place of Keap's published ones. */
  throttle?: 'off' | { key?: KeapLimits; oauth?: KeapLimits };
  /** How long a new record stays invisible to REST lists and filters; a read by id sees it at once. */
  searchLagMs?: number;
  /** The same for XML-RPC queries, which read the live database: 0 unless told. */
  xmlrpcSearchLagMs?: number;
  /** From the work to its answer. */
  latencyMs?: number;
  /** More keys of service accounts, beside the seeded one. */
  serviceAccountKeys?: readonly string[];
  personalAccessTokens?: readonly string[];
  /** How long a replaced refresh token still works. Keap documents none. */
  refreshGraceMs?: number;
  /** Whether a failed card attempt keeps an order from being deleted; the documentation says only "transactions". */
  failedChargesBlockDelete?: boolean;
  /** What a caller hears who asks for a subscription that the contact has, without allowing duplicates: its id, or no. */
  duplicateSubscription?: 'existing' | 'refused';
  /** Whether REST puts each due cycle on an invoice of its own. XML-RPC puts all on one. */
  invoicePerCycle?: boolean;
  /** Whether Keap bills subscriptions by itself; a control runs it at once in any case. */
  billing?: 'on' | 'off';
  billingEveryMs?: number;
  /** From the moment at which Keap's billing settles an amount to the one at which it takes it. */
  billingChargeMs?: number;
  /**
   * Whether Keap's billing goes on charging an unpaid invoice whose subscription has been stopped, while that is set to
   * be charged. Not documented.
   */
  chargeAfterStop?: boolean;
  /** How REST hooks go out. */
  webhook?: Partial<z.output<typeof hookSettingsSchema>>;
  /** Where chance begins: losses, duplicates. */
  seed?: number;
}

export interface KeapSettings {
  throttle: 'off' | { key: KeapLimits; oauth: KeapLimits };
  searchLagMs: number;
  xmlrpcSearchLagMs: number;
  latencyMs: number;
  refreshGraceMs: number;
  failedChargesBlockDelete: boolean;
  duplicateSubscription: 'existing' | 'refused';
  invoicePerCycle: boolean;
  billing: 'on' | 'off';
  billingEveryMs: number;
  billingChargeMs: number;
  chargeAfterStop: boolean;
}

/** Published for personal access tokens and service account keys, each. */
const keyLimits: KeapLimits = { perSecond: 10, perMinute: 240, perDay: 30_000 };
/** Published for an OAuth client over all its tenants; 25 is the default of its spike arrest. */
const oauthLimits: KeapLimits = { perSecond: 25, perMinute: 1_500, perDay: 150_000 };
/** Keap documents no delay; up to a minute is reported. Enough here that a look right after a create misses it. */
const defaultSearchLagMs = 250;

/** As documented: about six hours. */
const sixHoursMs = 6 * 3_600_000;

/** A change is told 30 to 60 seconds later, together with others; then after as long, 5 and 30 minutes, as documented. */
const hookDefaults = {
  ...webhookDefaults,
  url: null,
  batchMs: 30_000,
  delayMs: 30_000,
  retryDelaysMs: [45_000, 300_000, 1_800_000],
};

/** Both outlive a reset. */
export interface Behaviour {
  settings: KeapSettings;
  webhook: KeapHookSettings;
}

export function behaviourFrom(options: KeapOptions): Behaviour {
  const { url, ...defaults } = hookDefaults;
  const webhook = { url, ...hookSettingsSchema.parse({ ...defaults, ...options.webhook }) };
  return { settings: settingsFrom(options), webhook };
}

export function settingsFrom(options: KeapOptions): KeapSettings {
  const throttle = options.throttle ?? {};
  return {
    throttle: throttle === 'off' ? 'off' : { key: throttle.key ?? keyLimits, oauth: throttle.oauth ?? oauthLimits },
    searchLagMs: options.searchLagMs ?? defaultSearchLagMs,
    xmlrpcSearchLagMs: options.xmlrpcSearchLagMs ?? 0,
    latencyMs: options.latencyMs ?? 0,
    refreshGraceMs: options.refreshGraceMs ?? 0,
    failedChargesBlockDelete: options.failedChargesBlockDelete ?? false,
    duplicateSubscription: options.duplicateSubscription ?? 'existing',
    // The documentation speaks of invoices and of the newest of them.
    invoicePerCycle: options.invoicePerCycle ?? true,
    billing: options.billing ?? 'on',
    billingEveryMs: options.billingEveryMs ?? sixHoursMs,
    billingChargeMs: options.billingChargeMs ?? 0,
    // The worse case: whoever stops a subscription has to see to its invoices as well.
    chargeAfterStop: options.chargeAfterStop ?? true,
  };
}
