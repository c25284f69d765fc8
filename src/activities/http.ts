import { Agent, type Dispatcher } from 'undici';
import { failureType } from './failure.js';
import type { Gate, Lane, Slot } from './limiter.js';
import { Throttles } from './throttles.js';
import { leaving } from './write.js';

/** One request to a platform. */
export interface HttpRequest {
  /** The platform's own word for the call, for logs and failures. */
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /**
   * `write` marks the one request of an activity that must not be sent twice: from its departure on, the outcome of
   * the activity's write is open. Only inside `write()`. Everything else, repeatable writes included, is `read`.
   */
  readonly effect: 'read' | 'write';
  /** Who is served first when the account's limit is short. */
  readonly lane: Lane;
  /** How long to wait for the whole answer, counted from the moment the request leaves, in milliseconds. */
  readonly timeoutMs: number;
}

/** The answer, whole, whatever its status. */
export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case; a header that came several times is joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** Decoded as UTF-8, without a byte order mark. */
  readonly text: string;
}

/**
 * No usable answer came. `sent` tells whether a byte of the request may have left this process: `false` is certain
 * (refused, DNS, TLS), `true` means perhaps. Its message names no header and no body.
 */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  constructor(
    message: string,
    readonly sent: boolean,
  ) {
    super(message);
  }
}

/**
 * Sends one request, once: no retry, no redirect. Rejects with {@link NoAnswer}, or before anything is sent with a
 * failure that stands as it is: `RateLimited` (the limiter), `Unavailable` (this process may not send now).
 */
export interface Send {
  (request: HttpRequest): Promise<HttpAnswer>;
  /** After a 429: nobody of this account asks again for so many milliseconds. */
  pause(ms: number): void;
  /** Of the account. */
  readonly throttles: Throttles;
}

/** What requests of an account go through. */
interface Way {
  readonly limiter: Gate;
  /** Default: its own. */
  readonly throttles?: Throttles;
  /** Carries the requests; tests trust their own certificates in it. */
  readonly dispatcher?: Dispatcher;
}

/** The largest page of orders that a platform gives out has a few megabytes; more is not an answer to our questions. */
const BODY_LIMIT_BYTES = 16 * 1024 * 1024;

/** Three SYN retransmissions (after 1, 3 and 7 s) fit; a handshake that takes longer will not come to good. */
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * An idle connection is dropped well before any server drops it (the shortest common default is 5 s): a request
 * written to a connection that is being closed has an unknown outcome. Under load a connection is never idle that long.
 */
const IDLE_CONNECTION_MS = 2_000;

/** Some firewalls refuse requests without one. */
const USER_AGENT = 'waybill';

/**
 * One for the process, so that connections of one platform share sockets. Their number is bounded by what the limiters
 * let through. One request at a time on each: a broken connection then breaks one request.
 */
const sockets = new Agent({
  pipelining: 1,
  keepAliveTimeout: IDLE_CONNECTION_MS,
  keepAliveMaxTimeout: IDLE_CONNECTION_MS,
  connect: { timeout: CONNECT_TIMEOUT_MS },
});

/** Makes the {@link Send} of one connection. */
export function createSend({ limiter, throttles = new Throttles(), dispatcher = sockets }: Way): Send {
  const send = async (request: HttpRequest): Promise<HttpAnswer> => {
    const leave = request.effect === 'write' ? leaving() : undefined;
    const { origin, pathname, search } = new URL(request.url);
    const slot = await limiter.enter(request.lane);
    try {
      return await new Promise((resolve, reject) => {
        dispatcher.dispatch(
          {
            origin,
            path: pathname + search,
            method: request.method,
            headers: { 'user-agent': USER_AGENT, ...request.headers },
            body: request.body ?? null,
            // One timer of ours bounds the whole answer; undici's two bound its parts.
            headersTimeout: 0,
            bodyTimeout: 0,
          },
          new Exchange(request, slot, leave, resolve, reject),
        );
      });
    } finally {
      slot.done();
    }
  };
  return Object.assign(send, { throttles, pause: (ms: number) => limiter.pause(Date.now() + ms) });
}

const utf8 = new TextDecoder();

/** Follows one request through undici, which calls the methods in the order in which they stand here. */
class Exchange implements Dispatcher.DispatchHandler {
  #left = false;
  #timer: NodeJS.Timeout | undefined;
  #status = 0;
  #headers: Record<string, string> = {};
  #body: Buffer[] = [];
  #bytes = 0;

  constructor(
    private readonly request: HttpRequest,
    private readonly slot: Slot,
    private readonly leave: (() => void) | undefined,
    private readonly resolve: (answer: HttpAnswer) => void,
    private readonly reject: (error: unknown) => void,
  ) {}

  /** Right before the head is written to a connected socket. What is thrown here reaches `onResponseError`, unsent. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    // undici puts a request back into its queue when a connection ends in certain ways. Once is what we promise.
    if (this.#left) throw new Error('undici tried to send the request again');
    this.slot.depart();
    this.leave?.();
    this.#left = true;
    const { timeoutMs } = this.request;
    this.#timer = setTimeout(() => controller.abort(new Error(`not answered within ${timeoutMs} ms`)), timeoutMs);
  }

  onResponseStart(_: unknown, status: number, headers: Record<string, string | string[] | undefined>): void {
    // 1xx is not yet the answer.
    if (status < 200) return;
    this.slot.answered();
    this.#status = status;
    for (const name in headers) {
      const value = headers[name];
      if (value !== undefined) this.#headers[name] = typeof value === 'string' ? value : value.join(', ');
    }
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > BODY_LIMIT_BYTES) controller.abort(new Error(`the answer exceeds ${BODY_LIMIT_BYTES} bytes`));
    else this.#body.push(chunk);
  }

  onResponseEnd(): void {
    clearTimeout(this.#timer);
    const [first, second] = this.#body;
    const body = first !== undefined && second === undefined ? first : Buffer.concat(this.#body);
    this.resolve({ status: this.#status, headers: this.#headers, text: utf8.decode(body) });
  }

  onResponseError(_: unknown, error: Error): void {
    clearTimeout(this.#timer);
    const reason = error.message || (error as NodeJS.ErrnoException).code || error.name;
    const { operation } = this.request;
    if (this.#left) this.reject(new NoAnswer(`${operation} was sent, no answer came: ${reason}`, true));
    else this.reject(failureType(error) ? error : new NoAnswer(`${operation} was not sent: ${reason}`, false));
  }
}
