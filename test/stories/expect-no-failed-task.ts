import type { Client } from '@temporalio/client';
import { expect } from 'vitest';

/** `WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND`: something came in while the run was closing, and it thinks again. */
const UNHANDLED_COMMAND = 1;

/** No run may depend on a workflow task that failed: it would be repeated for ever. */
export async function expectNoFailedTask(client: Client, workflowId: string): Promise<void> {
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  const failed = (events ?? []).filter(
    ({ workflowTaskFailedEventAttributes: of }) => of != null && of.cause !== UNHANDLED_COMMAND,
  );
  expect(failed.map((event) => event.workflowTaskFailedEventAttributes?.failure?.message)).toEqual([]);
}
