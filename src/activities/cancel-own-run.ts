import { Context } from '@temporalio/activity';

/**
 * The server closes a run as Canceled only when its own cancel request has reached the run; a run that was asked to stop
 * by an update asks for that request itself.
 */
export async function cancelOwnRun(): Promise<void> {
  const { client, info } = Context.current();
  const { workflowId = '', runId } = info.workflowExecution ?? {};
  await client.workflow.getHandle(workflowId, runId).cancel();
}
