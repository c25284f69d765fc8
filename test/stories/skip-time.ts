import { randomUUID } from 'node:crypto';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';

const DAY_MS = 24 * 60 * 60_000;

/** Longer skips would pass the time at which somebody else wants to have acted. */
const STEP_DAYS = 5;

/**
 * Lets so many days pass for one run on the real server, in steps; `passing` moves the other clocks along before each.
 * The run itself looks, waits and is told as it would in real time.
 */
export async function skipDays(
  client: Client,
  handle: Pick<WorkflowHandle, 'workflowId'>,
  days: number,
  passing: (ms: number) => void = () => {},
): Promise<void> {
  const { namespace } = client.options;
  const workflowExecution = { workflowId: handle.workflowId };
  for (let left = days; left > 0; left -= STEP_DAYS) {
    const ms = Math.min(left, STEP_DAYS) * DAY_MS;
    passing(ms);
    const id = randomUUID();
    await client.workflowService.updateWorkflowExecutionOptions({
      namespace,
      workflowExecution,
      workflowExecutionOptions: {
        timeSkippingConfig: { enabled: true, fastForwardConfig: { id, duration: msToTs(ms) } },
      },
      updateMask: { paths: ['time_skipping_config'] },
    });
    for (;;) {
      const { fastForwardInfo } = await client.workflowService.pollWorkflowExecutionTimeSkipping({
        namespace,
        workflowExecution,
        fastForwardId: id,
      });
      if (fastForwardInfo?.hasCompleted) break;
    }
  }
}
