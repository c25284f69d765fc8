import type { z } from 'zod';
import type { Connection } from '../connections.js';
import type { Consent } from './consent.js';
import type { Send } from './http.js';
import type { Window } from './limiter.js';

/** What the hands of a platform get to work with: one connection, served by this process at this moment. */
export interface Served {
  readonly connection: Connection;
  /** Sends one request through the account's limiter. Never retries. */
  readonly send: Send;
  /** A folder of this machine for what must outlive the process, e.g. a pair of OAuth tokens (mode 0600). */
  readonly stateFolder: string;
  readonly log: Log;
  /** Runs what must be finished before another process may serve the account, e.g. the refresh of a token. */
  critical<T>(work: () => Promise<T>): Promise<T>;
}

export interface Log {
  info(message: string, facts?: Record<string, unknown>): void;
  warn(message: string, facts?: Record<string, unknown>): void;
}

// biome-ignore lint/suspicious/noExplicitAny: each activity has parameters of its own; Temporal calls them by name.
export type Activities = Record<string, (...args: any[]) => Promise<unknown>>;

/** One platform's hands, as the kit sees them. */
export interface Platform {
  /** The platform's part of a connection's name, e.g. `keap` in `keap/acme`. */
  readonly name: string;
  /** The limits that the platform sets for the account, unless the connection is configured otherwise. */
  limits(connection: Connection): readonly Window[];
  /**
   * The account whose limit this connection uses up. Connections of one account are served by one process.
   * A digest, never the secret itself.
   */
  account(connection: Connection): string;
  /** One line a person should know about this connection before it is used, e.g. an announced end. */
  warning?(connection: Connection): string | undefined;
  /** Everything of the order that this connection cannot carry, one sentence each, naming the field. Asks nobody. */
  check(connection: Connection, story: string, order: unknown): readonly string[];
  /** The platform's part of a connection in the configuration: base URL, credentials, choices. */
  readonly settings: z.ZodType;
  /** The consent that this connection lives on; undefined where its credentials are enough. Asks nobody. */
  consent?(connection: Connection, stateFolder: string): Consent | undefined;
  createActivities(served: Served): Activities;
}
