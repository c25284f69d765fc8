import { AsyncLocalStorage } from 'node:async_hooks';
import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { type FailureDetails, failure, failureType } from './failure.js';

/** What a write knows about itself while it runs. */
interface Attempt {
  /** On the monotonic clock, in milliseconds: after this moment the server has given the attempt up. */
  readonly deadline: number;
  left: boolean;
}

const current = new AsyncLocalStorage<Attempt>();

/** The server keeps results of up to 2 MiB; a step's result is a handful of ids, so more than this is a bug. */
const RESULT_LIMIT_BYTES = 64 * 1024;

/**
 * Runs an activity's one write. Before its request leaves, an error that nobody classified is `Unavailable` and may be
 * repeated; from then on everything that is not positively known not to have happened is `OutcomeUnknown`: time-outs,
 * resets, 5xx, unreadable answers, our own bugs, a result that cannot be encoded. A list of failures that must not be
 * repeated would fail open; this fails closed.
 *
 * It does not listen to cancellation: a write that was begun is finished and told.
 */
export async function write<T>(operation: string, call: () => Promise<T>): Promise<T> {
  const attempt: Attempt = { deadline: performance.now() + activityInfo().startToCloseTimeoutMs, left: false };
  try {
    const result = await current.run(attempt, call);
    return bounded(operation, result);
  } catch (error) {
    const type = failureType(error);
    if (type !== undefined && !(attempt.left && (type === 'Unavailable' || type === 'Unreadable'))) throw error;
    const reason = type === undefined ? describe(error) : (error as Error).message;
    const details = { ...detailsOf(error), operation };
    throw attempt.left
      ? failure('OutcomeUnknown', `${operation} was sent and its outcome is not known: ${reason}`, details)
      : failure('Unavailable', `${operation} was not sent: ${reason}`, details);
  }
}

/**
 * For the HTTP client: asked with the request, it gives what to call at the moment the request is about to leave, which
 * is in a place that no longer knows whose request it is. That call throws when the attempt has run out meanwhile (a
 * frozen process that thawed): the workflow has moved on and may have sent it again.
 *
 * Throws outside {@link write}: nobody would know that the outcome is open.
 */
export function leaving(): () => void {
  const attempt = current.getStore();
  if (attempt === undefined) throw new Error('a request with the effect "write" belongs inside write()');
  return () => {
    if (performance.now() >= attempt.deadline) {
      throw failure('Unavailable', 'the attempt ran out before the request left');
    }
    attempt.left = true;
  };
}

function bounded<T>(operation: string, result: T): T {
  const size = Buffer.byteLength(JSON.stringify(result) ?? '');
  if (size > RESULT_LIMIT_BYTES) throw new RangeError(`the result of ${operation} has ${size} bytes`);
  return result;
}

/** Status, request id and the like of a failure that was classified. */
function detailsOf(error: unknown): FailureDetails {
  return error instanceof ApplicationFailure ? ((error.details?.[0] as FailureDetails | undefined) ?? {}) : {};
}

/** The name and the place of an error without its text: the text of a foreign error may quote what was sent. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { name, message, stack = '' } = error;
  const place = /^\s+(at .+)$/m.exec(stack.slice(stack.indexOf(message) + message.length))?.[1];
  return place === undefined ? name : `${name} ${place}`;
}
