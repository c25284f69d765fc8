import { activityInfo } from '@temporalio/activity';
import { fromNoAnswer } from './answers.js';
import type { Asked, Effect } from './asked.js';
import { type HttpAnswer, type HttpRequest, NoAnswer } from './http.js';
import { laneNow } from './lane.js';
import type { Lane } from './limiter.js';
import type { Served } from './platform.js';
import { retryAfterMs } from './retry-after.js';

/** Who we are to a platform. */
export interface Auth {
  /** Headers for the next request. */
  headers(): Promise<Readonly<Record<string, string>>>;
  /**
   * Told that a request with these headers was answered 401. Resolves to true when other ones are at hand now, so that
   * the request may be sent once more.
   */
  refused(headers: Readonly<Record<string, string>>): Promise<boolean>;
}

/** Credentials that stay as they are: a 401 is for a person to heal. */
export function fixedAuth(headers: Readonly<Record<string, string>>): Auth {
  return { headers: async () => headers, refused: async () => false };
}

/** One request in the platform's words, before it is signed. */
export interface Call {
  readonly operation: string;
  readonly method: HttpRequest['method'];
  readonly url: string;
  readonly effect: Effect;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** What was sent, for hiding it in the platform's own messages. */
  readonly values: readonly string[];
}

/** Sends a call once; after a 401 that could be healed, once more. Any answer is an answer; none is a failure. */
export type Caller = (call: Call) => Promise<{ answer: HttpAnswer; asked: Asked }>;

/** On whose behalf requests are sent, and how their answers are to be understood. */
export interface Errand extends Pick<Asked, 'dialect' | 'reference' | 'quotable'> {
  readonly auth: Auth;
  /**
   * What is known about the people concerned: a platform may quote what it has stored, also when it answers a read.
   * Undefined when it is not known; see {@link Asked.values}.
   */
  readonly personal: readonly string[] | undefined;
}

/** The vendors' own clients wait as long for an answer. */
const ANSWER_TIMEOUT_MS = 60_000;

/** The rest of the attempt is for what comes before and after the request. */
const SHARE_OF_ATTEMPT = 0.8;

/** What a request is told by whatever sends it. */
interface Turn {
  readonly lane: Lane;
  readonly timeoutMs: number;
  /** What must not be sent twice leaves inside `write()` only. */
  readonly inWrite: boolean;
}

/** Makes the caller for an errand. It is to be used in an activity. */
export function callerFor(served: Served, errand: Errand): Caller {
  return callerIn(served, errand, () => {
    const timeoutMs = Math.min(ANSWER_TIMEOUT_MS, SHARE_OF_ATTEMPT * activityInfo().startToCloseTimeoutMs);
    return { lane: laneNow(), timeoutMs, inWrite: true };
  });
}

/** The same for what a person has sent, from a command: no step repeats it, and its outcome is looked at by the command. */
export function callerByHand(served: Served, errand: Errand): Caller {
  return callerIn(served, errand, () => ({
    lane: 'write',
    timeoutMs: ANSWER_TIMEOUT_MS,
    inWrite: false,
  }));
}

function callerIn(served: Served, { auth, personal, ...errand }: Errand, turn: () => Turn): Caller {
  return async (call) => {
    const { lane, timeoutMs, inWrite } = turn();
    const send = async (headers: Readonly<Record<string, string>>) => {
      const asked: Asked = {
        ...errand,
        operation: call.operation,
        effect: call.effect,
        connection: served.connection.name,
        values: personal && [...call.values, ...personal, ...secretsIn(headers)],
        at: performance.now(),
      };
      try {
        const answer = await served.send({
          operation: call.operation,
          method: call.method,
          url: call.url,
          headers: { ...call.headers, ...headers },
          ...(call.body === undefined ? {} : { body: call.body }),
          effect: call.effect === 'once' && inWrite ? 'write' : 'read',
          lane,
          timeoutMs,
        });
        return { answer, asked };
      } catch (error) {
        throw error instanceof NoAnswer ? fromNoAnswer(asked, error) : error;
      }
    };
    const headers = await auth.headers();
    const first = await send(headers);
    // A 401 is given before anything is done, so even a write may be sent again.
    return first.answer.status === 401 && (await auth.refused(headers)) ? send(await auth.headers()) : first;
  };
}

/** A platform that refuses a key may quote it, `Bearer` or no `Bearer`. */
function secretsIn(headers: Readonly<Record<string, string>>): string[] {
  return Object.values(headers).flatMap((value) => [value, value.slice(value.indexOf(' ') + 1)]);
}

/** All texts in a value, however deep. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/**
 * After a 429 the whole account stays away, not only the step that met it.
 *
 * @returns for how many milliseconds
 */
export function stayAway({ send }: Served, { at, dialect }: Pick<Asked, 'at' | 'dialect'>, headers = {}): number {
  const ms = retryAfterMs(headers, send.throttles.again(at), Date.now(), Math.random(), dialect.counterMs);
  send.pause(ms);
  return ms;
}
