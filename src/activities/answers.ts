import type { ApplicationFailure } from '@temporalio/common';
import type { Asked } from './asked.js';
import { type FailureDetails, type FailureType, failure } from './failure.js';
import type { HttpAnswer, NoAnswer } from './http.js';
import { redact } from './redact.js';

/*
 * One request's answer, or its absence, becomes one failure here. What differs between platforms is in their dialects.
 */

/** No answer came. Certain only if the request never left. */
export function fromNoAnswer(asked: Asked, error: NoAnswer): ApplicationFailure {
  const { dialect, operation } = asked;
  return error.sent
    ? failed(asked, lost(asked), `${dialect.name} did not answer ${operation}: ${error.message}`)
    : failed(asked, 'Unavailable', `${operation} did not reach ${dialect.name}: ${error.message}`);
}

/**
 * An HTTP answer that is not a success, by its status or by what it says.
 *
 * @param stayAway asked when the platform wants to be asked less often: for how many milliseconds nobody comes
 */
export function fromStatus(asked: Asked, answer: HttpAnswer, stayAway: () => number): ApplicationFailure {
  const { dialect, operation, connection } = asked;
  const { status } = answer;
  const refusal = dialect.refusal(answer.text);
  const { message, ...facts } = refusal ?? {};
  const words = message === undefined ? undefined : quoted(asked, message);
  const text = `${dialect.name} answered ${operation} with ${status}${words === undefined ? '' : `: ${words}`}`;
  const details = { status, ...facts };
  const type = dialect.typeOf?.(asked, status, refusal) ?? byTable(asked, answer, refusal !== undefined);
  switch (type) {
    case 'NotAuthorized':
      return failed(asked, type, `${text}; check ${dialect.credentials} of ${connection}`, details);
    case 'RateLimited':
      return failed(asked, type, text, details, stayAway());
    default:
      return failed(asked, type, text, details);
  }
}

function byTable(asked: Asked, { status, text }: HttpAnswer, byPlatform: boolean): FailureType {
  // Two words against each other: what must not be done twice may have been done.
  if (status < 300 && byPlatform) return asked.effect === 'once' ? 'OutcomeUnknown' : 'Rejected';
  if (status === 401 || status === 403) return 'NotAuthorized';
  if (status === 429) return 'RateLimited';
  // A page of some gateway is not the platform saying that the thing does not exist; an undo would believe it.
  if (status === 404) return byPlatform || text.trim() === '' ? 'NotFound' : lost(asked);
  // 501: the platform knows that it cannot do this. 408: it may have read the request.
  if (status === 501 || (status >= 400 && status < 500 && status !== 408)) return 'Rejected';
  return lost(asked);
}

/**
 * A success that cannot be understood: `cut` is a page or a damaged body, an accident of transport that may be read the
 * next time; `shape` is not what our schema relies on, and will come again.
 */
export function fromUnreadable(asked: Asked, status: number, why: 'cut' | 'shape', detail: string): ApplicationFailure {
  const text = `${asked.dialect.name}'s answer to ${asked.operation} cannot be read: ${detail}`;
  const type = asked.effect === 'once' ? 'OutcomeUnknown' : why === 'cut' ? 'Unavailable' : 'Unreadable';
  return failed(asked, type, text, { status });
}

/** What a request without a usable answer leaves behind. */
export function lost({ effect }: Asked): FailureType {
  return effect === 'once' ? 'OutcomeUnknown' : 'Unavailable';
}

/** The platform's own words as they may be shown; undefined when none of them may. */
export function quoted({ values, reference, quotable = [] }: Asked, message: string): string | undefined {
  if (values === undefined) return undefined;
  return redact(message, values, reference === undefined ? quotable : [reference, ...quotable]);
}

/** A failure with the facts of the request. */
export function failed(
  asked: Asked,
  type: FailureType,
  text: string,
  details: FailureDetails = {},
  retryAfterMs?: number,
): ApplicationFailure {
  const facts = {
    platform: asked.dialect.platform,
    connection: asked.connection,
    operation: asked.operation,
    ...(asked.reference === undefined ? {} : { reference: asked.reference }),
    ...details,
  };
  return failure(type, text, facts, retryAfterMs === undefined ? {} : { retryAfterMs });
}
