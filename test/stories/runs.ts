import type { Client, WorkflowHandle } from '@temporalio/client';

type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;

/** One run that an order came to. */
export interface Run {
  readonly workflowId: string;
  /** What its recording is called beside that of the last one, e.g. `-run-1`, `-part-2`; empty for the last one itself. */
  readonly suffix: string;
  readonly history: History;
}

/** All runs of an order: the last one, those that were continued as new before it, and those of its parts. */
export async function runsOf(client: Client, workflowId: string): Promise<Run[]> {
  const chain: History[] = [];
  for (let runId: string | undefined; ; ) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    chain.unshift(history);
    runId = history.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId || undefined;
    if (runId === undefined) break;
  }
  const runs = chain.map((history, i): Run => {
    const suffix = i === chain.length - 1 ? '' : `-run-${i + 1}`;
    return { workflowId, suffix, history };
  });
  const parts = chain.flatMap(({ events }) =>
    (events ?? []).flatMap(({ childWorkflowExecutionStartedEventAttributes: part }) => part?.workflowExecution ?? []),
  );
  for (const [i, { workflowId: id, runId }] of parts.entries()) {
    const history = await client.workflow.getHandle(id ?? '', runId ?? undefined).fetchHistory();
    runs.push({ workflowId: id ?? '', suffix: `-part-${i + 1}`, history });
  }
  return runs;
}
