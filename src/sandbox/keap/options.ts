import type { PlatformOptions } from '../platform.js';

/** Requests that one credential may make. The day ends at 00:00 UTC; the other two windows slide. */
export interface KeapLimits {
  perSecond: number;
  perMinute: number;
  perDay: number;
}

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
}

/** Published for personal access tokens and service account keys, each. */
const keyLimits: KeapLimits = { perSecond: 10, perMinute: 240, perDay: 30_000 };
/** Published for an OAuth client over all its tenants; 25 is the default of its spike arrest. */
const oauthLimits: KeapLimits = { perSecond: 25, perMinute: 1_500, perDay: 150_000 };
/** Keap documents no delay; up to a minute is reported. Enough here that a look right after a create misses it. */
const defaultSearchLagMs = 250;

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
  };
}
