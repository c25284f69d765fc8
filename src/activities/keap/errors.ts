import type { ApplicationFailure } from '@temporalio/common';
import { type FailureDetails, type FailureType, failure } from '../failure.js';
import type { HttpAnswer, NoAnswer } from '../http.js';
import { redact } from './redact.js';

/**
 * What a request does when it is sent twice: `read` nothing, `repeatable` the same once more (set, delete, upsert),
 * `once` something else.
 */
export type Effect = 'read' | 'repeatable' | 'once';

/** What is known of a request when its outcome is judged. */
export interface Asked {
  readonly operation: string;
  readonly effect: Effect;
  readonly connection: string;
  /** The order's reference, and ids that stand in the path: they may be quoted. */
  readonly reference: string | undefined;
  /** All values that were sent. They may hold personal data, so Keap's message is shown without them. */
  readonly values: readonly string[];
  /** How often this step was tried, counted from 1. */
  readonly attempt: number;
}

/** No answer came. Certain only if the request never left. */
export function fromNoAnswer(asked: Asked, error: NoAnswer): ApplicationFailure {
  if (!error.sent) return make(asked, 'Unavailable', `${asked.operation} did not reach Keap: ${error.message}`);
  return make(asked, lost(asked), `Keap did not answer ${asked.operation}: ${error.message}`);
}

/** An HTTP answer of REST v2 that is not a success. */
export function fromRest(asked: Asked, answer: HttpAnswer, now: number, random: number): ApplicationFailure {
  const { code, message } = errorBody(answer.text) ?? {};
  const says = message === undefined ? '' : `: ${redact(message, asked.values, keep(asked))}`;
  const text = `Keap answered ${asked.operation} with ${answer.status}${says}`;
  const details = { status: answer.status, ...(code === undefined ? {} : { code }) };
  if (answer.status === 404) {
    // A page of some gateway is not Keap saying that the order does not exist; an undo would believe it.
    const byKeap = answer.text.trim() === '' || message !== undefined || code !== undefined;
    return make(asked, byKeap ? 'NotFound' : lost(asked), text, details);
  }
  return byStatus(asked, answer, text, details, now, random, 'Rejected');
}

/** An HTTP answer of XML-RPC other than 200: the gateway speaks, the application was not asked. */
export function fromXmlRpcGateway(asked: Asked, answer: HttpAnswer, now: number, random: number): ApplicationFailure {
  const text = `Keap's gateway answered ${asked.operation} with ${answer.status}`;
  // Brownouts and the final switch-off answer anything; none of it says that the order is wrong.
  return byStatus(asked, answer, text, { status: answer.status }, now, random, lost(asked));
}

function byStatus(
  asked: Asked,
  answer: HttpAnswer,
  text: string,
  details: FailureDetails,
  now: number,
  random: number,
  otherwise4xx: FailureType,
): ApplicationFailure {
  const { status } = answer;
  if (status === 401 || status === 403) {
    return make(asked, 'NotAuthorized', `${text}; check the credentials of ${asked.connection}`, details);
  }
  if (status === 429) {
    return make(asked, 'RateLimited', text, details, retryAfterMs(answer.headers, asked.attempt, now, random));
  }
  // 501: Keap knows that it cannot do this. 408: it may have read the request.
  if (status === 501 || (status >= 400 && status < 500 && status !== 408))
    return make(asked, otherwise4xx, text, details);
  return make(asked, lost(asked), text, details);
}

/** A fault of XML-RPC. Its numbers are known; what fault 0 means stands in its text only. */
export function fromFault(asked: Asked, faultCode: number, faultString: string, random: number): ApplicationFailure {
  const says = redact(faultString, asked.values, keep(asked));
  const text = `Keap answered ${asked.operation} with fault ${faultCode}: ${says}`;
  const type = faultType(asked, faultCode, faultString);
  const retryMs = type === 'RateLimited' ? backOffMs(asked.attempt, random) : undefined;
  return make(asked, type, text, { status: 200, code: String(faultCode) }, retryMs);
}

function faultType(asked: Asked, code: number, text: string): FailureType {
  if (text.includes('ThrottlingException')) return 'RateLimited';
  // Keap refuses a payment above the balance with this sentence, wrapped into "Failed to invoke" or not.
  if (text.includes('exceeds the amount due')) return 'Rejected';
  if (code === 0 || code === -1) {
    // "Failed to invoke method" once came for every charge while the cards were in fact charged.
    return /No method matching|Failed to parse/.test(text) ? 'Rejected' : lost(asked);
  }
  // Configuration, key, login: no fault of the order, and put right by a person.
  if (code === 1 || code === 2 || (code >= 13 && code <= 15)) return 'NotAuthorized';
  if (code === 5) return 'NotFound';
  if (code >= 7 && code <= 12) return 'Rejected';
  return lost(asked);
}

/** A success that cannot be understood: not JSON or XML (a page, a cut body), or not what our schema relies on. */
export function fromUnreadable(asked: Asked, status: number, why: 'cut' | 'shape', detail: string): ApplicationFailure {
  const text = `Keap's answer to ${asked.operation} cannot be read: ${detail}`;
  // A page or a cut body is an accident of transport and may be read the next time; another shape will come again.
  const type = asked.effect === 'once' ? 'OutcomeUnknown' : why === 'cut' ? 'Unavailable' : 'Unreadable';
  return make(asked, type, text, { status });
}

/** What a request without a usable answer leaves behind. */
function lost({ effect }: Asked): FailureType {
  return effect === 'once' ? 'OutcomeUnknown' : 'Unavailable';
}

function make(asked: Asked, type: FailureType, text: string, details: FailureDetails = {}, retryMs?: number) {
  const facts = {
    platform: 'keap',
    connection: asked.connection,
    operation: asked.operation,
    ...(asked.reference === undefined ? {} : { reference: asked.reference }),
    ...details,
  };
  return failure(type, text, facts, retryMs === undefined ? {} : { retryAfterMs: retryMs });
}

function keep({ reference }: Asked): string[] {
  return reference === undefined ? [] : [reference];
}

/** REST's `code` is a number, at the throttle a string; v1 bodies have a message only. */
function errorBody(text: string): { code?: string; message?: string } | undefined {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body !== 'object' || body === null) return undefined;
    const { code, message } = body as Record<string, unknown>;
    return {
      ...(typeof code === 'number' || typeof code === 'string' ? { code: String(code).slice(0, 40) } : {}),
      ...(typeof message === 'string' ? { message } : {}),
    };
  } catch {
    return undefined;
  }
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/**
 * How long to stay away after a 429, in milliseconds: what `Retry-After` says; else until the counter that has run out
 * starts anew (the throttle each minute, the quota at 00:00 UTC); else, for the limit per second, 1, 2, 4 … s.
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, attempt: number, ours: number, random: number) {
  // A time that Keap names is a time of its clock, which its answer shows.
  const theirs = Date.parse(headers.date ?? '');
  const now = Number.isFinite(theirs) ? theirs : ours;
  const said = headers['retry-after'];
  if (said !== undefined) {
    const seconds = Number(said);
    const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(said) - now;
    if (Number.isFinite(ms) && ms >= 0) return Math.min(ms, DAY);
  }
  const spread = random * 1_000;
  if (headers['x-keap-product-quota-available'] === '0') return DAY - (now % DAY) + spread;
  if (headers['x-keap-product-throttle-available'] === '0' || headers['x-keap-tenant-throttle-available'] === '0') {
    return MINUTE - (now % MINUTE) + spread;
  }
  return backOffMs(attempt, random);
}

/** 1, 2, 4 … 64 s and up to as much again, so that several who were refused together do not come back together. */
function backOffMs(attempt: number, random: number): number {
  return 1_000 * 2 ** Math.min(attempt - 1, 6) * (1 + random);
}
