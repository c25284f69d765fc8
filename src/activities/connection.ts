import type { Window } from './limiter.js';

/** One account at one platform. Its settings hold secrets: they never leave the process that calls the platform. */
export interface Connection {
  /** e.g. `keap/acme` */
  readonly name: string;
  /** e.g. `keap` */
  readonly platform: string;
  /** Overrides the platform's own limits for this account. */
  readonly limits?: readonly Window[] | undefined;
  /** How many days an order waits for this platform before a person is asked; 90 by default. */
  readonly waitDays?: number | undefined;
  /** Whether webhooks come in for it; more about them is in its webhook's settings only. */
  readonly hasWebhook?: true;
  /** Where its webhooks are to be registered, and their settings: where this process knows all of it. Secrets. */
  readonly webhook?: { readonly address: string; readonly settings: unknown } | undefined;
  /** The platform's own settings, as its schema parsed them: base URL, credentials, choices. */
  readonly settings: unknown;
}
