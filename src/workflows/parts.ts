import { ApplicationFailure, CancelledFailure, WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  CancellationScope,
  ChildWorkflowFailure,
  condition,
  getExternalWorkflowHandle,
  setHandler,
  startChild,
} from '@temporalio/workflow';
import { refuse } from './cause.js';
import { attributes, type Contract, messages, type OrderHead, type Outcome, orderWorkflowId } from './contract.js';
import type { Leftover } from './failures.js';
import type { Kit } from './kit.js';
import { partSignal } from './parent.js';
import { happened } from './run.js';
import { serve, type Wait, waiting } from './wait.js';

/** How a part ended. `taken`: another run has used up its id, and this one may know nothing of what that did. */
export type PartEnd<Result> =
  | { readonly how: 'completed'; readonly result: Result & Outcome }
  | { readonly how: 'failed'; readonly failure: ApplicationFailure; readonly left: readonly Leftover[] }
  | { readonly how: 'canceled'; readonly left: readonly Leftover[] }
  | { readonly how: 'taken'; readonly workflowId: string };

/** How a story is with a part of its own. */
export interface PartOptions<Result> {
  /** The updates of the story that are served while the part is open. */
  readonly serves?: NonNullable<Wait<object>['serves']>;
  /** What happened, in a shop's words, for status and followers of the story. */
  readonly done?: (result: Result) => string | undefined;
}

/**
 * Runs a part of a story as a workflow of its own, under the id of its own contract, which can be used once, and waits for
 * its end. A cancel reaches it first: what it can still stop is its own to say, and the story decides after its end.
 */
export async function part<Input extends OrderHead, Result extends object>(
  kit: Kit,
  contract: Contract<Input, Result>,
  input: Input,
  { serves = {}, done }: PartOptions<Result>,
): Promise<PartEnd<Result>> {
  const { run, cancel } = kit;
  await cancel.boundary();
  const workflowId = orderWorkflowId(contract.name, input);
  const says = `${contract.title} ${input.reference}`;
  Object.assign(run, { part: { workflowId }, partBegun: false, partLeft: [] });
  Object.assign(run, { step: undefined, since: Date.now(), waitingFor: `${says} to end` });
  kit.show();
  try {
    return await cancel.beside(async () => {
      let end: PartEnd<Result> | undefined;
      void cancel
        .interruptibly(() => started<Result>(kit, contract.name, workflowId, input, says))
        .then((it) => {
          end = it.how === 'canceled' ? { ...it, left: run.partLeft } : it;
        });
      for (;;) {
        await CancellationScope.nonCancellable(() =>
          condition(() => end !== undefined || waiting(kit, { serves }) !== undefined),
        );
        if (end !== undefined) return tell(kit, says, end, done);
        const request = waiting(kit, { serves });
        if (request !== undefined) await serve(kit, { serves }, request);
      }
    });
  } finally {
    Object.assign(run, { phase: 'working', part: undefined, waitingFor: undefined, since: Date.now() });
  }
}

function tell<Result extends object>(
  { run }: Kit,
  says: string,
  end: PartEnd<Result>,
  done: PartOptions<Result>['done'],
) {
  const news = end.how === 'completed' ? done?.(end.result) : `${says}: ${end.how}`;
  if (news !== undefined) happened(run, news);
  // What a person has left there is left of the story.
  if (end.how !== 'taken') run.left.push(...(end.how === 'completed' ? end.result.left : end.left));
  return end;
}

async function started<Result extends object>(
  { run }: Kit,
  story: string,
  workflowId: string,
  input: OrderHead,
  staticSummary: string,
): Promise<PartEnd<Result>> {
  try {
    const child = await startChild(story, {
      workflowId,
      args: [input],
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      // What a part has begun it finishes, whatever becomes of its parent.
      parentClosePolicy: 'ABANDON',
      cancellationType: 'WAIT_CANCELLATION_COMPLETED',
      staticSummary: `${staticSummary} · ${input.connection}`,
      typedSearchAttributes: [
        { key: attributes.connection, value: input.connection },
        { key: attributes.reference, value: input.reference.toUpperCase() },
        { key: attributes.phase, value: 'working' },
      ],
    });
    run.partBegun = true;
    return { how: 'completed', result: (await child.result()) as Result & Outcome };
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return { how: 'taken', workflowId };
    const cause = error instanceof ChildWorkflowFailure ? error.cause : error;
    if (cause instanceof CancelledFailure) return { how: 'canceled', left: [] };
    if (cause instanceof ApplicationFailure) {
      const { left = [] } = (cause.details?.[0] ?? {}) as Partial<Outcome>;
      return { how: 'failed', failure: cause, left };
    }
    // Terminated, or timed out by somebody's setting: it ran no undo, and nobody knows what it left.
    const failure = refuse('OutcomeUnknown', `${workflowId} was ended from outside; look at what it has done`);
    return { how: 'failed', failure, left: [{ what: `${workflowId} has come to its end`, why: failure.message }] };
  }
}

/** Takes what parts tell, and shows it as the story's own: whether a person is asked there, and what is left of one that was canceled. */
export function takePartNews(kit: Kit): void {
  const { run } = kit;
  setHandler(partSignal, ({ workflowId, hold, left }) => {
    if (run.part?.workflowId !== workflowId) return;
    // It may tell before the news of its start has come.
    run.partBegun = true;
    if (left !== undefined) run.partLeft = left;
    if (hold === undefined) return;
    const asks = hold === null ? undefined : hold;
    run.part = { workflowId, ...(asks && { hold: asks }) };
    run.phase = asks === undefined ? 'working' : 'held';
    run.waitingFor =
      asks === undefined ? `${workflowId} to end` : `an answer to ${asks.id} of ${workflowId}: ${asks.question}`;
    happened(run, asks === undefined ? `${workflowId} goes on` : `${workflowId} is held: ${asks.question}`);
    kit.show();
  });
}

/** What is told of the order while a part is open concerns the part as well. */
export function passOn({ run }: Kit, told: object): void {
  if (run.part === undefined) return;
  const handle = getExternalWorkflowHandle(run.part.workflowId);
  void CancellationScope.nonCancellable(() => handle.signal(messages.told, told).catch(() => undefined));
}
