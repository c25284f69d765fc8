/**
 * The kinds of failure that Waybill knows: few, stable, the same for every platform.
 * They are the `type` of every `ApplicationFailure` that a step, an update or a run ends with.
 */
export type FailureType =
  /** Refused for good: bad input, a business rule, a declined card. It did not happen. */
  | 'Rejected'
  /** What is there contradicts what is wanted: other content, several of it, a spent reference. Look. */
  | 'Conflict'
  /** Something that must exist does not. An undo takes it as done. */
  | 'NotFound'
  /** The credentials are not (or no longer) accepted. Tried again minutes apart: a key can be renewed. */
  | 'NotAuthorized'
  /** The account's limit is reached. It did not happen; the whole account pauses. */
  | 'RateLimited'
  /** The request did not leave, or it was a read or a repeatable write that got no usable answer. */
  | 'Unavailable'
  /** A write left and nothing says for certain what became of it. Never sent again blindly. */
  | 'OutcomeUnknown'
  /** A read was answered with something that our schema refuses. */
  | 'Unreadable'
  /** An undo failed for good; its details list what is left. */
  | 'NotUndone';

/** Facts of a failure. Never a body, never a secret, never personal data. */
export interface FailureDetails {
  readonly platform?: string;
  readonly connection?: string;
  /** The platform's own word for the call, e.g. `orders.create` or `InvoiceService.chargeInvoice`. */
  readonly operation?: string;
  /** HTTP status of the answer, if there was one. */
  readonly status?: number;
  /** The platform's own error code, if it gave one. */
  readonly code?: string;
  readonly requestId?: string;
  readonly reference?: string;
  /** What differs or is wrong, one sentence each, naming the field. */
  readonly problems?: readonly string[];
  /** What a person would have to do, one item each. */
  readonly left?: readonly Leftover[];
}

/** Something that Waybill could not settle and a person has to. */
export interface Leftover {
  /** What should be true, e.g. `the payment is reversed`. */
  readonly what: string;
  /** Why it is not, in a sentence. */
  readonly why: string;
  /** The platform's ids that are concerned, by their names there, e.g. `{ order: "2075" }`. */
  readonly ids?: Readonly<Record<string, string>>;
  /** Decimal amount in the order's currency, if it is about money. */
  readonly amount?: string;
  /** Where a person can look at it. */
  readonly link?: string;
}
