// Outside the test runner it is loaded by Node itself, which finds no names in this CommonJS module.
import proto, { type temporal } from '@temporalio/proto';

const { WorkflowTaskFailedCause } = proto.temporal.api.enums.v1;

/** No fault of the story's. */
const HARMLESS: readonly unknown[] = [
  // Something came in while the run was closing, a signal or an update, and it thinks again.
  WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND,
  WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_UPDATE,
  // A test terminated it in the middle.
  WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_FORCE_CLOSE_COMMAND,
];

/** Why workflow tasks of a run failed. No run may depend on one that did: it would be repeated for ever. */
export const failedTasks = ({ events }: temporal.api.history.v1.IHistory): string[] =>
  (events ?? []).flatMap(({ workflowTaskFailedEventAttributes: of }) =>
    of == null || HARMLESS.includes(of.cause)
      ? []
      : [`a workflow task failed: ${WorkflowTaskFailedCause[of.cause ?? 0]} ${of.failure?.message}`],
  );
