import type { Client } from '@temporalio/client';
import { orderWorkflowId } from '../workflows/contract.js';
import { failureType } from './failure.js';
import type { OpenOrder } from './open-orders.js';
import type { Changes, Log } from './platform.js';
import { tell } from './tell.js';

/** What is needed to look after the orders of one connection. */
export interface Work {
  readonly client: Client;
  readonly connection: string;
  readonly changes: Changes;
  /** Factor on waiting times. */
  readonly pace: number;
  readonly log: Log;
}

/** What the platform refuses to answer now it may answer then. */
const PAUSE_MS = 60_000;

/** How long to stay away, in milliseconds, after a failure that says that the platform cannot be asked now. */
export function pauseAfter(error: unknown): number | undefined {
  const type = failureType(error);
  if (type !== 'RateLimited' && type !== 'Unavailable' && type !== 'NotAuthorized') return undefined;
  const { nextRetryDelay } = error as { nextRetryDelay?: unknown };
  return typeof nextRetryDelay === 'number' ? nextRetryDelay : PAUSE_MS;
}

/** Whether a failure is the platform's last word on a question: neither a passing one nor a mistake of ours. */
export const isRefusal = (error: unknown): boolean =>
  failureType(error) !== undefined && pauseAfter(error) === undefined;

/** Reads orders by their hints, many in one question where the platform takes that, and tells them. */
export class Reader {
  /** How many the platform takes in one question. */
  readonly most: number;
  readonly #look: (hints: readonly string[]) => ReturnType<Changes['look']>;
  /** By workflow id. */
  readonly #prints = new Map<string, string | undefined>();
  #size: number;

  constructor(private readonly work: Work) {
    const { batch } = work.changes;
    this.most = batch?.size ?? 1;
    this.#look = async (hints) => batch?.look(hints) ?? work.changes.look(hints[0] ?? '');
    this.#size = this.most;
  }

  /** Takes down what an order knows, so that it need not be asked for, and gives the hint to read it by. */
  hintOf({ workflowId, print, reference }: OpenOrder): string {
    this.#prints.set(workflowId, print);
    return this.work.changes.hintOf(reference);
  }

  /**
   * Reads the first of these, as many as one question takes.
   *
   * @returns how many are done. Zero when the platform would not answer about so many: the next call asks for half of
   * them, so that one order that it cannot be asked about does not hide the others
   */
  async read(hints: readonly string[]): Promise<number> {
    const { client, connection, log } = this.work;
    const some = hints.slice(0, this.#size);
    const readAt = Date.now();
    try {
      for (const news of await this.#look(some)) {
        const workflowId = orderWorkflowId(news.story, { connection, reference: news.reference });
        await tell(client, connection, news, readAt, this.#prints.get(workflowId));
      }
    } catch (error) {
      if (!isRefusal(error)) throw error;
      this.#size = Math.ceil(some.length / 2);
      if (some.length > 1) return 0;
      log.warn('an order could not be looked at', { connection, hint: some[0], type: failureType(error) });
      return 1;
    }
    this.#size = Math.min(this.most, this.#size * 2);
    return some.length;
  }
}
