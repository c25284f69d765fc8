import type { Client } from '@temporalio/client';
import { expect } from 'vitest';
import { failedTasks } from './failed-tasks.js';

/** @param but what one may say all the same */
export async function expectNoFailedTask(client: Client, workflowId: string, but?: string): Promise<void> {
  const failed = failedTasks(await client.workflow.getHandle(workflowId).fetchHistory());
  expect(but === undefined ? failed : failed.filter((text) => !text.includes(but))).toEqual([]);
}
