import type { Outcome } from '../workflows/contract.js';
import type { FailureDetails, FailureType } from '../workflows/failures.js';

/** The order cannot be read: nothing was started. */
export class InputError extends Error {
  override readonly name = 'InputError';
  /** @param problems one sentence each, beginning with the field */
  constructor(readonly problems: readonly string[]) {
    super(['the order cannot be read:', ...problems].join('\n  '));
  }
}

/** Only another story starts this one, as a part of its own. Nothing was started. */
export class PartError extends Error {
  override readonly name = 'PartError';
  constructor(story: string, partOf: string) {
    super(`${story} is a part of ${partOf}, and started by it alone: start ${partOf}`);
  }
}

/** An order with other content has been started under this reference. Nothing was started. */
export class DifferentOrderError extends Error {
  override readonly name = 'DifferentOrderError';
  /** @param fields the members of the input that differ; not their values, which may be personal */
  constructor(
    readonly workflowId: string,
    readonly fields: readonly string[],
  ) {
    super(`${workflowId} was started with other content. These fields differ: ${fields.join(', ')}`);
  }
}

/** An earlier run under this reference ended and left something to a person. Nothing was started. */
export class LeftoverError extends Error {
  override readonly name = 'LeftoverError';
  constructor(
    readonly workflowId: string,
    readonly outcome: Outcome | undefined,
  ) {
    const left = outcome?.left.map(({ what, why }) => `${what}: ${why}`) ?? [
      'it was terminated, and nobody knows what it left',
    ];
    super([`${workflowId} has ended before and left something:`, ...left].join('\n  '));
  }
}

/** The order ended without being completed. */
export class OrderNotCompletedError extends Error {
  override readonly name = 'OrderNotCompletedError';
  constructor(
    readonly workflowId: string,
    /** What was undone and what is left. Absent when the run was terminated. */
    readonly outcome: Outcome | undefined,
    /** The first cause; absent when it was canceled or terminated. */
    readonly failure:
      | { readonly type: FailureType | undefined; readonly message: string; readonly details: FailureDetails }
      | undefined,
  ) {
    super(`${workflowId} ${ending(outcome, failure?.message)}`);
  }
}

function ending(outcome: Outcome | undefined, cause: string | undefined): string {
  if (cause !== undefined) return `failed: ${cause}`;
  return outcome === undefined ? 'was terminated, and nobody knows what it left' : 'was canceled';
}

/** No order is known under this reference, or it ended longer ago than Temporal keeps. */
export class UnknownOrderError extends Error {
  override readonly name = 'UnknownOrderError';
  constructor(readonly workflowId: string) {
    super(`${workflowId} is not known`);
  }
}

/** An update was refused; the message says why. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

/** No worker answered in time. */
export class NoWorkerError extends Error {
  override readonly name = 'NoWorkerError';
}
