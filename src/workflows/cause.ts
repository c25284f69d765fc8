import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  RetryState,
  TemporalFailure,
  TimeoutFailure,
} from '@temporalio/common';
import type { FailureDetails, FailureType } from './failures.js';

/** A failed step, taken apart. */
export interface Cause {
  readonly type: FailureType | undefined;
  /** For a person. */
  readonly message: string;
  readonly details: FailureDetails;
  /** The attempt was lost rather than answered: its process died, froze, or took too long. */
  readonly lost: 'heartbeat' | 'time-out' | undefined;
  /** It was repeated for as long as a step is repeated. */
  readonly exhausted: boolean;
  /** The step was cancelled before it was sent. */
  readonly cancelled: boolean;
  /** It failed, and was not repeated because a cancel had been asked for meanwhile. */
  readonly withdrawn: boolean;
  /** What the run fails with if nothing else is to be done. */
  readonly failure: ApplicationFailure;
}

/** Takes a failure of a step apart. Anything but a failure of Temporal's is a bug of ours and is thrown on. */
export function causeOf(error: unknown): Cause {
  if (!(error instanceof TemporalFailure)) throw error;
  const inner = error instanceof ActivityFailure ? error.cause : error;
  const retryState = error instanceof ActivityFailure ? error.retryState : undefined;
  const withdrawn = retryState === RetryState.CANCEL_REQUESTED;
  if (inner instanceof TimeoutFailure) return { ...timedOut(inner), withdrawn };
  if (inner instanceof CancelledFailure) {
    return { ...plain(ApplicationFailure.nonRetryable('the step was cancelled', 'Unavailable')), cancelled: true };
  }
  if (!(inner instanceof ApplicationFailure)) throw error;
  return { ...plain(inner), exhausted: retryState === RetryState.TIMEOUT, withdrawn };
}

function timedOut(timeout: TimeoutFailure): Cause {
  const lost = timeout.timeoutType === 'HEARTBEAT' ? 'heartbeat' : 'time-out';
  const exhausted = timeout.timeoutType === 'SCHEDULE_TO_CLOSE' || timeout.timeoutType === 'SCHEDULE_TO_START';
  const why = lost === 'heartbeat' ? 'the process that ran it stopped answering' : 'it took too long';
  return { ...plain(ApplicationFailure.nonRetryable(why, 'OutcomeUnknown')), lost, exhausted };
}

function plain(failure: ApplicationFailure): Cause {
  return {
    type: (failure.type ?? undefined) as FailureType | undefined,
    message: failure.message,
    details: (failure.details?.[0] ?? {}) as FailureDetails,
    lost: undefined,
    exhausted: false,
    cancelled: false,
    withdrawn: false,
    failure,
  };
}

/** A failure made by the kit itself. */
export const refuse = (type: FailureType, message: string, details: FailureDetails = {}): ApplicationFailure =>
  ApplicationFailure.create({ type, message, nonRetryable: true, details: [details] });
