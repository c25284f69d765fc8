import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { decodeFromPayloadsAtIndex } from '@temporalio/common/lib/internal-non-workflow/index.js';
import { type Contract, memoKeys, type OrderHead, orderWorkflowId } from '../workflows/contract.js';
import { parseInput } from '../workflows/inputs.js';
import { differences } from './digest.js';
import { DifferentOrderError, LeftoverError } from './errors.js';
import { outcomeInMemo } from './status.js';

/** Which earlier runs under the same workflow id a start may follow, as Temporal calls it. */
export type ReusePolicy = 'REJECT_DUPLICATE' | 'ALLOW_DUPLICATE_FAILED_ONLY' | 'ALLOW_DUPLICATE';

/** The run that answers a start already, or what a new run may follow. */
export type Earlier =
  | { readonly how: 'joined' | 'finished'; readonly runId: string }
  | { readonly mayFollow: ReusePolicy };

/** What is to be started, and its digest. */
export interface Wanted {
  readonly contract: Pick<Contract, 'name' | 'again'>;
  readonly order: OrderHead;
  readonly digest: string;
}

/**
 * What the runs that are there mean for an order that is to be started: join one, take its result, or start anew.
 *
 * @param despite start anew although the last run left something to a person, or was terminated
 * @throws {@link DifferentOrderError}
 * @throws {@link LeftoverError}
 */
export async function earlierRuns(client: Client, wanted: Wanted, despite: boolean): Promise<Earlier> {
  const { contract, order, digest } = wanted;
  const workflowId = orderWorkflowId(contract.name, order);
  const last = await client.workflow.getHandle(workflowId).describe();
  const [running, completed] = [last.status.name === 'RUNNING', last.status.name === 'COMPLETED'];
  const differs = running || completed ? await fieldsThatDiffer(client, wanted, last) : [];
  if (running && differs.length === 0) return { how: 'joined', runId: last.runId };
  if (completed && differs.length === 0) return { how: 'finished', runId: last.runId };
  // The same content may have been carried out before the last run: it is not to be carried out once more.
  const before = contract.again ? await completedWith(client, workflowId, digest) : undefined;
  if (before !== undefined) return { how: 'finished', runId: before };
  if (running || (completed && !contract.again)) throw new DifferentOrderError(workflowId, differs);
  // Of two that start the same content now, one may come when the other has ended: then the story finds it done.
  if (completed) return { mayFollow: 'ALLOW_DUPLICATE' };
  const outcome = outcomeInMemo(last.memo);
  if (!despite && (outcome === undefined || outcome.left.length > 0)) throw new LeftoverError(workflowId, outcome);
  // It left nothing. Whoever starts the same order first makes the others join it.
  return { mayFollow: 'ALLOW_DUPLICATE_FAILED_ONLY' };
}

/** A run that was started from elsewhere has no digest: its input is compared. */
async function fieldsThatDiffer(
  client: Client,
  { contract, order, digest }: Wanted,
  { workflowId, runId, memo }: Pick<WorkflowExecutionInfo, 'workflowId' | 'runId' | 'memo'>,
): Promise<string[]> {
  if (memo?.[memoKeys.digest] === digest) return [];
  const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  const payloads = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads;
  const there = await decodeFromPayloadsAtIndex(client.options.loadedDataConverter, 0, payloads);
  const parsed = parseInput(contract.name, there);
  return 'value' in parsed ? differences(parsed.value, order) : ['everything: what runs there cannot be read'];
}

/** @returns the run */
async function completedWith(client: Client, workflowId: string, digest: string): Promise<string | undefined> {
  const query = `WorkflowId = "${workflowId}" AND ExecutionStatus = "Completed"`;
  for await (const { runId, memo } of client.workflow.list({ query })) {
    if (memo?.[memoKeys.digest] === digest) return runId;
  }
  return undefined;
}
