import {
  type Client,
  WorkflowFailedError,
  type WorkflowHandle,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import {
  type CancelAnswer,
  type Happening,
  messages,
  type Outcome,
  type Resolve,
  type UpdateAnswer,
  type Updates,
} from '../workflows/contract.js';
import type { FailureDetails, FailureType } from '../workflows/failures.js';
import { parseUpdate } from '../workflows/inputs.js';
import { InputError, NoWorkerError, OrderNotCompletedError, RefusedError, UnknownOrderError } from './errors.js';
import { type OrderStatus, outcomeInMemo, statusOf } from './status.js';

/** A worker that is there takes a message up within this, even under load. */
const ACCEPT_WITHIN_MS = 10_000;

/** An answer may need a read at the platform: one request and its place in the queue. */
const ANSWER_WITHIN_MS = 70_000;

/** How often a follower asks, in milliseconds: often enough for a person who watches. */
const FOLLOW_EVERY_MS = 500;

/** One order: what became of it, where it stands, and what can still be asked of it. */
export class Order<Result extends object = object, Asked extends Updates = Updates> {
  constructor(
    private readonly client: Client,
    private readonly handle: WorkflowHandle,
    private readonly story: string,
  ) {}

  /** `<story>/<connection>/<REFERENCE>`, as the Temporal UI shows it. */
  get workflowId(): string {
    return this.handle.workflowId;
  }

  /**
   * Waits until the order has ended.
   *
   * @throws {@link OrderNotCompletedError} when it failed or was canceled: with what was undone and what is left
   * @throws {@link UnknownOrderError}
   */
  async result(): Promise<Result & Outcome> {
    try {
      return (await this.handle.result()) as Result & Outcome;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) throw new UnknownOrderError(this.workflowId);
      if (!(error instanceof WorkflowFailedError)) throw error;
      const outcome = outcomeInMemo((await this.handle.describe()).memo);
      throw new OrderNotCompletedError(this.workflowId, outcome, failureOf(error.cause));
    }
  }

  /** Where the order stands, whether or not a worker runs. @throws {@link UnknownOrderError} */
  status(): Promise<OrderStatus> {
    return statusOf(this.client, this.handle);
  }

  /**
   * Asks for the order to be stopped and taken back. Answers within seconds; `pending` when it is not decided by then:
   * the verdict follows in {@link status} and {@link result}. Asking again joins the first request.
   */
  async cancel(): Promise<CancelAnswer> {
    try {
      // No update id of our own: a fixed one would repeat its first answer, `pending` too, for ever.
      return await this.ask<CancelAnswer>(messages.cancel);
    } catch (error) {
      if (error instanceof NoWorkerError) {
        await this.handle.cancel();
        return { verdict: 'pending', reason: 'no worker answers at the moment; the request is recorded' };
      }
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      return this.cancelAnswerOfTheEnd();
    }
  }

  /**
   * Answers a hold.
   *
   * @throws {@link RefusedError} when the hold is over, takes no such answer, or the platform does not confirm it
   */
  async resolve(answer: Resolve): Promise<void> {
    await this.askRunning<string>(messages.resolve, answer);
  }

  /**
   * Sends an update of the story's own, e.g. `amend`. Answers when it is done, within a minute; `pending` when it is not
   * decided by then: what became of it follows in {@link status}. Sending the same again is harmless.
   *
   * @param value as JSON, checked before anything is sent
   * @throws {@link InputError} when it cannot be read
   * @throws {@link RefusedError} when it cannot be done (any more); the message says why
   */
  async send(update: keyof Asked & string, value: unknown): Promise<UpdateAnswer> {
    const parsed = parseUpdate(this.story, update, value);
    if ('problems' in parsed) throw new InputError(parsed.problems);
    return this.askRunning<UpdateAnswer>(update, parsed.value);
  }

  /** Everything that happened and happens to the order, until it has ended. */
  async *follow(): AsyncGenerator<Happening> {
    let seen = 0;
    for (;;) {
      const { happenings, state } = await this.status();
      for (const happening of happenings) {
        if (happening.n > seen) yield happening;
      }
      seen = Math.max(seen, happenings[happenings.length - 1]?.n ?? 0);
      if (state !== 'running') return;
      await new Promise((resolve) => setTimeout(resolve, FOLLOW_EVERY_MS));
    }
  }

  private async askRunning<T>(update: string, value: unknown): Promise<T> {
    try {
      return await this.ask<T>(update, value);
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      throw new RefusedError(`${this.workflowId} has ended or is not known`);
    }
  }

  private async ask<T>(update: string, ...args: unknown[]): Promise<T> {
    try {
      const accepted = await this.client.withDeadline(Date.now() + ACCEPT_WITHIN_MS, () =>
        this.handle.startUpdate<T, [unknown]>(update, { args: args as [unknown], waitForStage: 'ACCEPTED' }),
      );
      return await this.client.withDeadline(Date.now() + ANSWER_WITHIN_MS, () => accepted.result());
    } catch (error) {
      if (error instanceof WorkflowUpdateFailedError) throw new RefusedError(error.cause?.message ?? error.message);
      if (!(error instanceof WorkflowUpdateRPCTimeoutOrCancelledError)) throw error;
      throw new NoWorkerError(`${this.workflowId}: no worker answers "${update}"`, { cause: error });
    }
  }

  private async cancelAnswerOfTheEnd(): Promise<CancelAnswer> {
    const { state, outcome } = await this.status();
    if (outcome?.cancel !== undefined) return outcome.cancel;
    if (state === 'canceled') return { verdict: 'stopped', reason: 'it had been canceled before' };
    if (state === 'completed') {
      return (await this.result()).cancel ?? { verdict: 'too-late', reason: 'the order had been completed' };
    }
    return outcome?.left.length === 0
      ? { verdict: 'stopped', reason: 'it had failed before, and nothing is left of it' }
      : { verdict: 'partly', reason: 'it had failed before, and something is left of it' };
  }
}

function failureOf(cause: unknown) {
  if (!(cause instanceof ApplicationFailure)) return undefined;
  return {
    type: (cause.type ?? undefined) as FailureType | undefined,
    message: cause.message,
    details: (cause.details?.[0] ?? {}) as FailureDetails,
  };
}
