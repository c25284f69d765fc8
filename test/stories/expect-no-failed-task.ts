import type { Client } from '@temporalio/client';
import { expect } from 'vitest';

/** No run may depend on a workflow task that failed: it would be repeated for ever. */
export async function expectNoFailedTask(client: Client, workflowId: string): Promise<void> {
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  const failed = (events ?? []).filter(({ workflowTaskFailedEventAttributes: attributes }) => attributes != null);
  expect(failed.map((event) => event.workflowTaskFailedEventAttributes?.failure?.message)).toEqual([]);
}
