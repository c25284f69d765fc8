import type { Client } from '@temporalio/client';
import { expect } from 'vitest';
import { failedTasks } from './failed-tasks.js';

export async function expectNoFailedTask(client: Client, workflowId: string): Promise<void> {
  expect(failedTasks(await client.workflow.getHandle(workflowId).fetchHistory())).toEqual([]);
}
