import { Context } from '@temporalio/activity';
import { ActivityCancelledError, ActivityNotFoundError } from '@temporalio/client';

/** Three beats fit into a lease, and one more that is late. */
const BEATS_PER_LEASE = 4;

/** The SDK is told of every third beat only: each costs a request, and one in each lease is enough for it. */
const BEATS_PER_TELLING = 3;

/** How a lease ended: taken away by the server, asked back, given up because the process stops or cannot work. */
export type LeaseEnd = 'lost' | 'recalled' | 'stopping' | 'broken';

/**
 * This process's hold on a connection: the heartbeat of the activity `serve`. A beat counts when the server has
 * acknowledged it, from the moment it was sent. So a process that froze knows that it may have lost the lease, also one
 * that froze between being given the activity and beginning with it.
 */
export class Lease {
  readonly ms: number;
  readonly #context = Context.current();
  #until = Number.NEGATIVE_INFINITY;
  /** By the wall clock as well: the monotonic one stands still while a machine sleeps. */
  #untilOnTheWall = Number.NEGATIVE_INFINITY;
  #beats = 0;
  #broken = false;
  #hurry = false;
  #wake = () => {};

  constructor() {
    this.ms = this.#context.info.heartbeatTimeoutMs ?? 0;
  }

  /** On the clock of `performance.now()`: until then no other process can have been given the connection. */
  get until(): number {
    return Date.now() < this.#untilOnTheWall ? this.#until : Number.NEGATIVE_INFINITY;
  }

  /**
   * Waits for the first beat to be acknowledged: nothing may be sent before. Answers with the end if that came first.
   *
   * @param state what the next owner must know, at this moment; every beat carries it
   */
  async take(state: () => unknown): Promise<LeaseEnd | undefined> {
    for (;;) {
      const end = await this.#beat(state);
      if (end !== undefined || performance.now() < this.until) return end;
      await this.#rest();
    }
  }

  /** Beats until the lease ends. */
  async keep(state: () => unknown): Promise<LeaseEnd> {
    for (;;) {
      await this.#rest();
      const end = await this.#beat(state);
      if (end !== undefined) return end;
    }
  }

  /** Beats at once: the next owner must know of something even if this process dies in a moment. */
  beatNow(): void {
    this.#hurry = true;
    this.#wake();
  }

  /** Ends the lease: this process holds the connection and cannot work for it. */
  giveUp(): void {
    this.#broken = true;
    this.#wake();
  }

  async #beat(state: () => unknown): Promise<LeaseEnd | undefined> {
    const { info, client, cancellationSignal, cancellationDetails } = this.#context;
    if (this.#broken) return 'broken';
    if (cancellationSignal.aborted) return cancellationDetails?.cancelRequested === true ? 'recalled' : 'stopping';
    this.#hurry = false;
    const now = state();
    const sent = performance.now();
    const sentOnTheWall = Date.now();
    try {
      await client.withDeadline(sentOnTheWall + this.ms, () => client.activity.heartbeat(info.taskToken, now));
      this.#until = sent + this.ms;
      this.#untilOnTheWall = sentOnTheWall + this.ms;
    } catch (error) {
      if (error instanceof ActivityNotFoundError) return 'lost';
      if (error instanceof ActivityCancelledError) return 'recalled';
      // The server cannot be reached: the lease runs out by itself, and nothing is sent after that.
    }
    // The SDK watches over heartbeats on its own, and cancels an activity that it believes to be silent.
    if (this.#beats++ % BEATS_PER_TELLING === 0) this.#context.heartbeat(state());
    return undefined;
  }

  #rest(): Promise<void> {
    const { cancellationSignal } = this.#context;
    return new Promise((resolve) => {
      if (this.#hurry || this.#broken || cancellationSignal.aborted) return resolve();
      const end = () => {
        clearTimeout(timer);
        cancellationSignal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, this.ms / BEATS_PER_LEASE);
      cancellationSignal.addEventListener('abort', end, { once: true });
      this.#wake = end;
    });
  }
}
