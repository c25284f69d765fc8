import { Context } from '@temporalio/activity';
import { ActivityCancelledError, ActivityNotFoundError } from '@temporalio/client';

/** Three beats fit into a lease, and one more that is late. */
const BEATS_PER_LEASE = 4;

/** How a lease ended: taken away by the server, asked back, or given up because the process stops. */
export type LeaseEnd = 'lost' | 'recalled' | 'stopping';

/**
 * This process's hold on a connection: the heartbeat of the activity `serve`. A beat counts when the server has
 * acknowledged it, from the moment it was sent, so that a process which froze knows that it may have lost the lease.
 */
export class Lease {
  /** On the clock of `performance.now()`: until then no other process can have been given the connection. */
  until: number;
  readonly ms: number;
  private readonly context = Context.current();

  constructor() {
    this.ms = this.context.info.heartbeatTimeoutMs ?? 0;
    this.until = performance.now() + this.ms;
  }

  /** Beats, carrying what the next owner must know, until the lease ends. */
  async keep(state: () => unknown): Promise<LeaseEnd> {
    const { info, client, cancellationSignal } = this.context;
    while (!cancellationSignal.aborted) {
      const sent = performance.now();
      try {
        await client.activity.heartbeat(info.taskToken, state());
        this.until = sent + this.ms;
      } catch (error) {
        if (error instanceof ActivityNotFoundError) return 'lost';
        if (error instanceof ActivityCancelledError) return 'recalled';
        // The server cannot be reached: the lease runs out by itself, and nothing is sent after that.
      }
      // The SDK watches over heartbeats on its own, and cancels an activity that it believes to be silent.
      this.context.heartbeat(state());
      await pause(this.ms / BEATS_PER_LEASE, cancellationSignal);
    }
    return this.context.cancellationDetails?.cancelRequested === true ? 'recalled' : 'stopping';
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
    function end() {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    }
  });
}
