import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { allHandlersFinished, type CancellationScope, condition, upsertMemo } from '@temporalio/workflow';
import { refuse } from './cause.js';
import { type CancelAnswer, memoKeys, type Outcome } from './contract.js';
import { type Kit, own } from './kit.js';
import { tellParent } from './parent.js';
import { refuseRequests } from './requests.js';
import type { RunState } from './run.js';

/** How the body ended: with a result, with its first cause, or (neither) because a cancel was granted. */
export type Ending<Result> = { readonly result: Result } | { readonly cause: ApplicationFailure | undefined };

/** Closes the run: completed with its outcome, failed with its first cause, or canceled. */
export async function close<Result extends object>(
  kit: Kit,
  root: CancellationScope,
  end: Ending<Result>,
): Promise<Result & Outcome> {
  const { run, cancel } = kit;
  if ('result' in end) {
    if (cancel.wasAsked) cancel.answer ??= { verdict: 'too-late', reason: 'the order had been completed' };
    const outcome = outcomeOf(kit, refused(cancel.answer) ?? 'completed');
    await settle(kit, 'completed');
    return { ...end.result, ...outcome };
  }
  if (cancel.wasAsked) cancel.answer ??= takenBack(run);
  const outcome = outcomeOf(kit, end.cause === undefined ? 'canceled' : 'failed');
  upsertMemo({ [memoKeys.outcome]: outcome });
  await settle(kit, outcome.outcome === 'canceled' ? 'canceled' : 'failed');
  if (end.cause === undefined) {
    // Awaited: what a run says in its last breath is not sent.
    if (run.left.length > 0) await tellParent({ left: run.left });
    return closeCanceled(kit, root);
  }
  const { type, message, details } = end.cause;
  throw ApplicationFailure.create({
    ...(type ? { type } : {}),
    message,
    nonRetryable: true,
    details: [{ ...(details?.[0] as object | undefined), ...outcome }],
  });
}

const refused = (answer: CancelAnswer | undefined) =>
  answer?.verdict === 'too-late' || answer?.verdict === 'partly' ? answer.verdict : undefined;

function takenBack(run: RunState): CancelAnswer {
  if (run.left.length === 0) {
    return { verdict: 'stopped', reason: run.undone.length === 0 ? 'nothing had been sent' : run.undone.join('; ') };
  }
  return { verdict: 'partly', reason: `left: ${run.left.map(({ what }) => what).join('; ')}` };
}

const outcomeOf = ({ run, cancel }: Kit, outcome: Outcome['outcome']): Outcome => ({
  outcome,
  reference: run.head.reference,
  undone: run.undone,
  left: run.left,
  ...(cancel.answer === undefined ? {} : { cancel: cancel.answer }),
});

/** Shows the last phase, and lets everyone who still waits for an answer have it before the run is gone. */
async function settle(kit: Kit, phase: RunState['phase']): Promise<void> {
  Object.assign(kit.run, { phase, step: undefined, waitingFor: undefined, since: Date.now() });
  kit.show();
  kit.answering?.reply.reject(refuse('Rejected', `the order is ${phase}`));
  kit.answering = undefined;
  kit.closed = true;
  refuseRequests(kit, `the order is ${phase}`);
  await condition(allHandlersFinished);
}

/**
 * The server closes a run as Canceled only if its own cancel request has reached the run. A cancel that came as an
 * update makes the run ask for that itself.
 */
async function closeCanceled(kit: Kit, root: CancellationScope): Promise<never> {
  if (!root.consideredCancelled) {
    await own('close as canceled', (activities) => activities.cancelOwnRun());
    await root.cancelRequested.catch(() => undefined);
  }
  throw new CancelledFailure(`order ${kit.run.head.reference} was canceled`);
}
