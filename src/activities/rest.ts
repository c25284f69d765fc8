import type { z } from 'zod';
import { fromStatus, fromUnreadable } from './answers.js';
import type { Asked, Effect } from './asked.js';
import { type Caller, stayAway, textsIn } from './call.js';
import type { HttpAnswer, HttpRequest } from './http.js';
import type { Served } from './platform.js';

/** Parameters of a query; those that are undefined are left out. */
export type Query = Readonly<Record<string, string | number | undefined>>;

/** What goes with a request. */
export interface Sent {
  readonly query?: Query;
  readonly body?: object;
  /** The values of the body that may not be shown in a message. Default: all of its texts. */
  readonly values?: readonly string[];
  /** The platform says with 204 and no body that there is nothing; `result` is then given `undefined` to read. */
  readonly nothingIs204?: true;
}

/** A JSON interface of a platform: sends one request and reads its answer. */
export class JsonRest {
  constructor(
    private readonly served: Served,
    private readonly call: Caller,
    /** Where all paths begin, without a slash at the end. */
    readonly base: string,
  ) {}

  /**
   * Asks once. Whatever is not a success (2xx) that `result` can read is a failure.
   *
   * @param result undefined: the body of a success says nothing that we need
   */
  async ask<T>(
    operation: string,
    method: HttpRequest['method'],
    path: string,
    effect: Effect,
    result: z.ZodType<T> | undefined,
    { query = {}, body, values, nothingIs204 }: Sent = {},
  ): Promise<T> {
    const { answer, asked } = await this.call({
      operation,
      method,
      url: `${this.base}${path}${queryString(query)}`,
      effect,
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      values: values ?? textsIn(body),
    });
    const { refusesWithSuccess, refusal } = asked.dialect;
    const refused = refusesWithSuccess === true && refusal(answer.text) !== undefined;
    if (answer.status < 200 || answer.status > 299 || refused) {
      throw fromStatus(asked, answer, () => stayAway(this.served, asked, answer.headers));
    }
    this.served.send.throttles.over(asked.at);
    // A write may be answered with nothing, or with a word; a page, or half of an answer, does not say that it was done.
    if (result === undefined && WORD.test(answer.text)) return undefined as T;
    const isNothing = nothingIs204 === true && answer.status === 204 && answer.text.trim() === '';
    const json = isNothing ? undefined : parsed(asked, answer);
    return result === undefined ? (undefined as T) : readAs(asked, answer.status, json, result);
  }
}

/** Nothing, or a word such as `OK`. */
const WORD = /^[\w\s]*$/;

function parsed(asked: Asked, { status, text }: HttpAnswer): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw fromUnreadable(asked, status, 'cut', 'it is not JSON, or not all of it');
  }
}

/** A parsed answer in the shape that we rely on. A failure names fields, never values. */
export function readAs<T>(asked: Asked, status: number, body: unknown, shape: z.ZodType<T>): T {
  const read = shape.safeParse(body);
  if (read.success) return read.data;
  const fields = read.error.issues.map(({ path }) => path.join('.') || 'the whole');
  throw fromUnreadable(
    asked,
    status,
    'shape',
    `not as expected: ${[...new Set(fields)].slice(0, FIELDS_NAMED).join(', ')}`,
  );
}

/** Enough to see what has changed. */
const FIELDS_NAMED = 5;

function queryString(query: Query): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}
