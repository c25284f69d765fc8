import { ApplicationFailure } from '@temporalio/common';
import type { FailureDetails, FailureType } from '../workflows/failures.js';

export type { FailureDetails, FailureType, Leftover } from '../workflows/failures.js';

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

/** A key that expired is renewed by a person, so asking more often than this only makes noise. */
const NOT_AUTHORIZED_RETRY_MS = 2 * 60_000;

/** Makes the one kind of error that leaves an activity. `retryAfterMs` overrides the step's own back-off. */
export function failure(
  type: FailureType,
  message: string,
  details: FailureDetails = {},
  options: { retryAfterMs?: number; cause?: unknown } = {},
): ApplicationFailure {
  const retryAfterMs = options.retryAfterMs ?? (type === 'NotAuthorized' ? NOT_AUTHORIZED_RETRY_MS : undefined);
  return ApplicationFailure.create({
    type,
    message,
    nonRetryable: !repeatable[type],
    details: [details],
    ...(retryAfterMs === undefined ? {} : { nextRetryDelay: Math.max(1, Math.ceil(retryAfterMs)) }),
  });
}

/** The type of a failure made by {@link failure}, or `undefined` for any other error. */
export function failureType(error: unknown): FailureType | undefined {
  if (!(error instanceof ApplicationFailure)) return undefined;
  return error.type !== undefined && error.type !== null && error.type in repeatable
    ? (error.type as FailureType)
    : undefined;
}
