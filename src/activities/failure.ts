import { ApplicationFailure } from '@temporalio/common';
import type { FailureDetails, FailureType } from '../workflows/failures.js';

export type { FailureDetails, FailureType } from '../workflows/failures.js';

/** Whether Temporal itself may repeat the attempt: only what certainly did not happen, or may happen twice. */
const repeatable: Record<FailureType, boolean> = {
  Rejected: false,
  Conflict: false,
  NotFound: false,
  NotAuthorized: true,
  RateLimited: true,
  Unavailable: true,
  OutcomeUnknown: false,
  Unreadable: false,
  NotUndone: false,
};

/** A failure is read by a person and kept in the history, which takes 2 MiB of it; a long list is no help to either. */
const LONGEST_MESSAGE = 10_000;
const PROBLEMS_KEPT = 100;

/** Makes the one kind of error that leaves an activity. `retryAfterMs` overrides the step's own back-off. */
export function failure(
  type: FailureType,
  message: string,
  details: FailureDetails = {},
  options: { retryAfterMs?: number; cause?: unknown } = {},
): ApplicationFailure {
  const { retryAfterMs } = options;
  const { problems } = details;
  return ApplicationFailure.create({
    type,
    message: message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE - 1)}…` : message,
    nonRetryable: !repeatable[type],
    details: [problems === undefined ? details : { ...details, problems: problems.slice(0, PROBLEMS_KEPT) }],
    ...(retryAfterMs === undefined ? {} : { nextRetryDelay: Math.max(1, Math.ceil(retryAfterMs)) }),
  });
}

/** The same failure, to be tried again after `ms` unless it says itself when. */
export function retriedAfter(error: ApplicationFailure, ms: number): ApplicationFailure {
  const { type, message, details, nextRetryDelay } = error;
  return ApplicationFailure.create({
    ...(type ? { type } : {}),
    message,
    nonRetryable: false,
    ...(details ? { details } : {}),
    nextRetryDelay: nextRetryDelay ?? ms,
  });
}

/** The type of a failure made by {@link failure}, or `undefined` for any other error. */
export function failureType(error: unknown): FailureType | undefined {
  if (!(error instanceof ApplicationFailure)) return undefined;
  return error.type !== undefined && error.type !== null && error.type in repeatable
    ? (error.type as FailureType)
    : undefined;
}
