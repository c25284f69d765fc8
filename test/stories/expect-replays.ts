import type { Client } from '@temporalio/client';
import { expect } from 'vitest';
import { replay } from '../../src/replay.js';
import { storyBundle } from './serving.js';

/** The latest run under this id replays with the code that it ran on: nothing in it depends on the process or the time. */
export async function expectReplays(client: Client, workflowId: string): Promise<void> {
  const history = await client.workflow.getHandle(workflowId).fetchHistory();
  const replayed = [];
  for await (const each of replay([{ workflowId, history }], { workflowBundle: await storyBundle() }))
    replayed.push(each);
  expect(replayed.map(({ difference }) => difference)).toEqual([undefined]);
}
