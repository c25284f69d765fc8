import {
  type Client,
  type WorkflowExecutionDescription,
  type WorkflowHandle,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import {
  attributes,
  connectionWorkflowId,
  memoKeys,
  messages,
  type Outcome,
  type Phase,
  STANDS,
  type StoryStatus,
} from '../workflows/contract.js';
import { UnknownOrderError } from './errors.js';

/** A step that is under way or waits for its next try. */
export interface PendingStep {
  /** The activity, e.g. `createOrder`. */
  readonly step: string;
  /** How often it was tried, the try that is under way included. */
  readonly attempt: number;
  readonly lastFailure?: string;
  /** ISO time of the next try; absent while one is under way. */
  readonly nextTry?: string;
}

/** Where an order stands: what the workflow knows, and what only the server knows. */
export interface OrderStatus extends Partial<StoryStatus> {
  readonly workflowId: string;
  readonly state: 'running' | 'completed' | 'failed' | 'canceled' | 'terminated' | 'timed out';
  readonly connection: string;
  readonly reference: string;
  readonly happenings: StoryStatus['happenings'];
  readonly pending: readonly PendingStep[];
  /** Sentences about what keeps the order from going on, e.g. that no worker runs. */
  readonly troubles: readonly string[];
  /** How it ended, if it did not complete. */
  readonly outcome?: Outcome;
}

/** A worker that is there answers well within this, even under load. */
const ANSWER_WITHIN_MS = 3_000;

const states: Record<string, OrderStatus['state']> = {
  RUNNING: 'running',
  COMPLETED: 'completed',
  FAILED: 'failed',
  CANCELLED: 'canceled',
  TERMINATED: 'terminated',
  TIMED_OUT: 'timed out',
};

/** Asks the server and, if there is a worker, the order itself. */
export async function statusOf(client: Client, handle: WorkflowHandle): Promise<OrderStatus> {
  const description = await describe(handle);
  // After the description: what it says has ended is then told to its end.
  const state = states[description.status.name] ?? 'running';
  const told = state === 'running' ? await ask(client, handle) : await query(client, handle);
  const connection = description.typedSearchAttributes.get(attributes.connection) ?? '?';
  const outcome = outcomeInMemo(description.memo);
  const pending = pendingSteps(description);
  const phase = description.typedSearchAttributes.get(attributes.phase) as Phase | undefined;
  return {
    ...(phase === undefined ? {} : { phase }),
    connection,
    reference: description.typedSearchAttributes.get(attributes.reference) ?? '?',
    happenings: [],
    ...told,
    workflowId: handle.workflowId,
    state,
    pending,
    troubles: state === 'running' ? await troubles(client, told, connection, pending) : [],
    ...(outcome === undefined ? {} : { outcome }),
  };
}

/** What {@link Outcome} a run that did not complete has left in its memo. */
export const outcomeInMemo = (memo: Record<string, unknown> | undefined): Outcome | undefined =>
  memo?.[memoKeys.outcome] as Outcome | undefined;

async function describe(handle: WorkflowHandle): Promise<WorkflowExecutionDescription> {
  try {
    return await handle.describe();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) throw new UnknownOrderError(handle.workflowId);
    throw error;
  }
}

/** Asks a run that goes on. A query could break it: see `listen` of the stories. */
async function ask(client: Client, handle: WorkflowHandle): Promise<StoryStatus | undefined> {
  try {
    // One id for all who ask: what waits for a worker is asked once, and leaves room for what is asked of the order.
    const options = { updateId: messages.ask };
    await client.withDeadline(Date.now() + ANSWER_WITHIN_MS, () => handle.executeUpdate(messages.ask, options));
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return query(client, handle);
    if (!(error instanceof WorkflowUpdateFailedError)) return undefined;
    const { cause } = error;
    if (cause instanceof ApplicationFailure && cause.type === STANDS) return cause.details?.[0] as StoryStatus;
  }
  return undefined;
}

async function query(client: Client, handle: WorkflowHandle): Promise<StoryStatus | undefined> {
  try {
    return await client.withDeadline(Date.now() + ANSWER_WITHIN_MS, () => handle.query<StoryStatus>(messages.status));
  } catch {
    return undefined;
  }
}

/** `PENDING_ACTIVITY_STATE_SCHEDULED`: it waits for its next try, which the server counts already. */
const SCHEDULED = 1;

/** `PENDING_ACTIVITY_STATE_STARTED`: a process has it. */
const STARTED = 2;

function pendingSteps({ raw }: WorkflowExecutionDescription): PendingStep[] {
  return (raw.pendingActivities ?? []).map((activity) => {
    const lastFailure = activity.lastFailure?.message;
    const next = activity.nextAttemptScheduleTime?.seconds;
    const attempt = activity.attempt ?? 1;
    return {
      step: activity.activityType?.name ?? '?',
      attempt: activity.state === SCHEDULED ? attempt - 1 : attempt,
      ...(lastFailure ? { lastFailure } : {}),
      ...(next === undefined || next === null ? {} : { nextTry: new Date(Number(next) * 1_000).toISOString() }),
    };
  });
}

async function troubles(
  client: Client,
  told: StoryStatus | undefined,
  connection: string,
  pending: readonly PendingStep[],
): Promise<string[]> {
  const found: string[] = [];
  if (told === undefined) found.push('no worker answers; start one with `waybill worker`');
  for (const { step, attempt, lastFailure, nextTry } of pending) {
    if (lastFailure === undefined) continue;
    found.push(
      `${step} was tried ${attempt === 1 ? 'once' : `${attempt} times`}, last: ${lastFailure}${nextTry ? `; next try ${nextTry}` : ''}`,
    );
  }
  if (pending.length > 0 && !(await isServed(client, connection))) {
    found.push(`no process serves ${connection} at the moment`);
  }
  return found;
}

async function isServed(client: Client, connection: string): Promise<boolean> {
  try {
    const { raw } = await client.workflow.getHandle(connectionWorkflowId(connection)).describe();
    return (raw.pendingActivities ?? []).some(({ state }) => state === STARTED);
  } catch {
    return false;
  }
}
