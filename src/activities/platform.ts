import type { z } from 'zod';
import type { Connection } from './connection.js';
import type { Consent } from './consent.js';
import type { Send } from './http.js';
import type { Window } from './limiter.js';
import type { Registration } from './registration.js';

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

/** What was read of one order, for the story that waits for it. */
export interface News {
  /** e.g. `logisticsPlusOrder` */
  readonly story: string;
  readonly reference: string;
  /** In the shape that the story waits with. Small: what differs from the last one is told to the order whole. */
  readonly state: object;
}

/** How a platform is asked what became of orders that wait. */
export interface Changes {
  /** Reads what a hint is about. Empty: nothing that Waybill knows of. Throws as a step does. */
  look(hint: string): Promise<readonly News[]>;
  /** The hint by which a round reads one waiting order, from its reference. */
  hintOf(reference: string): string;
  /** For a platform that answers about many orders in one question: rounds read so, up to `size` hints at once. */
  readonly batch?: { readonly size: number; look(hints: readonly string[]): Promise<readonly News[]> };
  /**
   * For a platform that can be asked what has changed: rounds then read only what it names. Without a cursor it says
   * only where to begin from. Throws `Rejected` where an account refuses the question: rounds then read all open orders.
   */
  feed?(cursor: string | undefined): Promise<Changed>;
}

/** What a platform names as changed. */
export interface Changed {
  /** By hint, whatever the case; others' orders may be among them, and one may come twice. */
  readonly hints: readonly string[];
  /** Where the next question goes on, in the platform's clock, the overlap taken off already. Opaque to the kit. */
  readonly cursor: string;
  /** There is more to ask for at once. */
  readonly more: boolean;
}

/** A webhook as it came in. */
export interface WebhookRequest {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** As it was sent, to the byte: signatures cover it. */
  readonly body: Buffer;
}

/** Whether a webhook is what it says it is. A handshake is answered with a header, and is no hint. */
export type WebhookVerdict = 'genuine' | 'forged' | { readonly handshake: Readonly<Record<string, string>> };

/** How a platform's webhooks are told from forged ones, and what they are about. They are hints: nothing acts on them. */
export interface Webhook<Settings = unknown> {
  /** The platform's part of `webhook` in a connection: secrets, each with its successor while they are changed. */
  readonly settings: z.ZodType<Settings>;
  verify(settings: Settings, request: WebhookRequest): WebhookVerdict;
  /** What the body is about, for {@link Changes.look}. Empty when it says nothing that can be used. */
  hints(body: unknown): readonly string[];
  /**
   * How they are registered over the platform's API; absent where a person there sets them up. Used outside of any
   * activity: see `callerByHand`.
   *
   * @param address where they are to go, with all that is secret in it
   */
  registration?(served: Served, settings: Settings, address: string): Registration;
}

/** One of several keys to one account, each with a limit of its own. */
export interface Key {
  /** A digest, never the secret itself. */
  readonly name: string;
  readonly windows: readonly Window[];
}

/** One platform's hands, as the kit sees them. */
export interface Platform {
  /** The platform's part of a connection's name, e.g. `keap` in `keap/acme`. */
  readonly name: string;
  /** The limits that the platform sets for the account, unless the connection is configured otherwise (see {@link key}). */
  limits(connection: Connection): readonly Window[];
  /** How many requests of an account may be out at once; by default what the limits let through. */
  readonly concurrency?: number;
  /**
   * The account whose limit this connection uses up. Connections of one account are served by one process.
   * A digest, never the secret itself.
   */
  account(connection: Connection): string;
  /**
   * Where one account has several keys with a limit each, beside the account's own: the key that this connection uses.
   * What a connection is configured with then takes the place of its key's limits.
   */
  key?(connection: Connection): Key;
  /** One line a person should know about this connection before it is used, e.g. an announced end. */
  warning?(connection: Connection): string | undefined;
  /** Everything of the order that this connection cannot carry, one sentence each, naming the field. Asks nobody. */
  check(connection: Connection, story: string, order: unknown): readonly string[];
  /** The platform's part of a connection in the configuration: base URL, credentials, choices. */
  readonly settings: z.ZodType;
  /** The consent that this connection lives on; undefined where its credentials are enough. Asks nobody. */
  consent?(connection: Connection, stateFolder: string): Consent | undefined;
  createActivities(served: Served): Activities;
  /** Absent where orders only look by themselves. */
  changes?(served: Served): Changes;
  /** There are hints, and no rounds: what waits here looks by itself when something is due. */
  readonly rounds?: false;
  /** Absent where the platform sends none. */
  readonly webhook?: Webhook;
}
