import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';

/** What has happened is in the list of runs a moment later. */
const LISTED_WITHIN_MS = 15_000;
const LOOK_EVERY_MS = 100;

/** As many orders of these stories are listed as were accepted. */
export async function judgeCount(client: Client, stories: readonly string[], accepted: number): Promise<string[]> {
  const types = stories.map((name) => `"${name}"`).join(', ');
  // A subscription has a run for each cycle.
  const query = `WorkflowType IN (${types}) AND ExecutionStatus != "ContinuedAsNew"`;
  let count = 0;
  for (let waited = 0; waited < LISTED_WITHIN_MS; waited += LOOK_EVERY_MS) {
    ({ count } = await client.workflow.count(query));
    if (count === accepted) return [];
    await pause(LOOK_EVERY_MS);
  }
  return [`${accepted} orders were accepted, and ${count} are listed`];
}
