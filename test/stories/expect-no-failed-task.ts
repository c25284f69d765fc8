import type { Client } from '@temporalio/client';
// Outside the test runner it is loaded by Node itself, which finds no names in this CommonJS module.
import proto from '@temporalio/proto';
import { expect } from 'vitest';

const { WorkflowTaskFailedCause } = proto.temporal.api.enums.v1;

/** No fault of the story's. */
const HARMLESS: readonly unknown[] = [
  // Something came in while the run was closing, a signal or an update, and it thinks again.
  WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND,
  WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_UPDATE,
  // A test terminated it in the middle.
  WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_FORCE_CLOSE_COMMAND,
];

/** No run may depend on a workflow task that failed: it would be repeated for ever. */
export async function expectNoFailedTask(client: Client, workflowId: string): Promise<void> {
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  const failed = (events ?? []).flatMap(({ workflowTaskFailedEventAttributes: of }) =>
    of == null || HARMLESS.includes(of.cause)
      ? []
      : [`${WorkflowTaskFailedCause[of.cause ?? 0]} ${of.failure?.message}`],
  );
  expect(failed).toEqual([]);
}
