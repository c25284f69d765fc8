import type { FailureDetails, FailureType } from '../workflows/failures.js';

/**
 * What a request does when it is sent twice: `read` nothing, `repeatable` the same once more (set, delete, upsert),
 * `once` something else.
 */
export type Effect = 'read' | 'repeatable' | 'once';

/** What is known of a request when its outcome is judged. */
export interface Asked {
  readonly dialect: Dialect;
  readonly operation: string;
  readonly effect: Effect;
  readonly connection: string;
  /** The order's reference: it may be quoted. */
  readonly reference: string | undefined;
  /**
   * All values that were sent, and what the order says about people: the platform's own words are shown without them.
   * Undefined when nobody knows of whom the platform may speak; then its words are not shown at all.
   */
  readonly values: readonly string[] | undefined;
  /** What may be quoted beside the reference although it was sent, e.g. product codes. */
  readonly quotable?: readonly string[];
  /** When it was asked for, on the clock of `performance.now()`. */
  readonly at: number;
}

/** What a platform says in the body of a refusal. */
export interface Refusal extends Pick<FailureDetails, 'code' | 'requestId'> {
  /** In the platform's words; shown redacted only. */
  readonly message?: string;
}

/** How a platform refuses, as far as it differs from others. */
export interface Dialect {
  /** The platform's part of a connection's name, e.g. `keap`. */
  readonly platform: string;
  /** As a person calls who answers, e.g. `Keap` or `Keap's gateway`. */
  readonly name: string;
  /** What a person has to check after a 401 or 403, e.g. `the credentials`. */
  readonly credentials: string;
  /** Reads the body of a refusal. Undefined when it is not the platform's own, e.g. the page of a gateway. */
  refusal(text: string): Refusal | undefined;
  /** Whether an answer with a status of success may be a refusal all the same, by its body. */
  readonly refusesWithSuccess?: true;
  /** What a status means where the default table is wrong; undefined where it is right. */
  typeOf?(asked: Asked, status: number, refusal: Refusal | undefined): FailureType | undefined;
  /** After a 429 without `Retry-After`: in how many milliseconds the counter that ran out starts anew. */
  counterMs?(headers: Readonly<Record<string, string>>, now: number): number | undefined;
}
