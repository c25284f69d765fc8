import { activityInfo } from '@temporalio/activity';
import type { ApplicationFailure } from '@temporalio/common';
import type { KeapOrder } from '../../workflows/keap/contract.js';
import { failureType } from '../failure.js';
import { type HttpAnswer, type HttpRequest, NoAnswer } from '../http.js';
import type { Served } from '../platform.js';
import type { Auth } from './auth.js';
import { type Asked, type Effect, fromNoAnswer } from './errors.js';

/** On whose behalf requests are sent, and how urgently. */
export interface Errand {
  readonly order: KeapOrder;
  /** Undo goes before everything else. */
  readonly urgent: boolean;
}

/** One request in Keap's words, before it is addressed and signed. */
interface Call {
  readonly operation: string;
  readonly method: HttpRequest['method'];
  readonly url: string;
  readonly effect: Effect;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** What was sent, for hiding it in Keap's own messages. */
  readonly values: readonly string[];
}

/** Sends a call once; after a 401 that could be healed, once more. Any answer is an answer; none is a failure. */
export type Caller = (call: Call) => Promise<{ answer: HttpAnswer; asked: Asked }>;

/** Keap's own SDK waits as long for an answer. */
const ANSWER_TIMEOUT_MS = 60_000;

/** The rest of the attempt is for what comes before and after the request. */
const SHARE_OF_ATTEMPT = 0.8;

export function callerFor(served: Served, auth: Auth, { order, urgent }: Errand): Caller {
  const { reference } = order;
  return async (call) => {
    const { attempt, startToCloseTimeoutMs } = activityInfo();
    const asked: Asked = {
      operation: call.operation,
      effect: call.effect,
      connection: served.connection.name,
      reference,
      // Keap may quote what it has stored of the order, also when it answers a read.
      values: [...call.values, ...personal(order)],
      attempt,
    };
    const send = async (headers: Readonly<Record<string, string>>): Promise<HttpAnswer> => {
      try {
        return await served.send({
          operation: call.operation,
          method: call.method,
          url: call.url,
          headers: { ...call.headers, ...headers },
          ...(call.body === undefined ? {} : { body: call.body }),
          effect: call.effect === 'once' ? 'write' : 'read',
          lane: laneOf(call.effect, urgent),
          timeoutMs: Math.min(ANSWER_TIMEOUT_MS, SHARE_OF_ATTEMPT * startToCloseTimeoutMs),
        });
      } catch (error) {
        throw error instanceof NoAnswer ? fromNoAnswer(asked, error) : error;
      }
    };
    const headers = await auth.headers();
    let answer = await send(headers);
    // A 401 is given before anything is done, so even a write may be sent again.
    if (answer.status === 401 && (await auth.refused(headers))) answer = await send(await auth.headers());
    return { answer, asked };
  };
}

function laneOf(effect: Effect, urgent: boolean): HttpRequest['lane'] {
  if (urgent) return 'undo';
  return effect === 'read' ? 'read' : 'write';
}

/** What an order says about people, to be hidden in Keap's messages. */
function personal({ contact, shippingAddress, notes, customFields, payment }: KeapOrder): string[] {
  const note = payment.kind === 'taken' ? payment.note : undefined;
  return [...texts(contact), ...texts(shippingAddress), ...texts(customFields), ...texts([notes, note])];
}

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}

/** After a 429 the whole account stays away, not only the step that met it. */
export function paused(served: Served, failed: ApplicationFailure): ApplicationFailure {
  const wait = failed.nextRetryDelay;
  if (failureType(failed) === 'RateLimited' && typeof wait === 'number') served.send.pause(wait);
  return failed;
}
