import type { Client } from '@temporalio/client';
import { expect } from 'vitest';
import { replay } from '../../src/replay.js';
import { runsOf } from './runs.js';
import { storyBundle } from './serving.js';

/** All runs of this order replay with the code that they ran on: nothing in them depends on the process or the time. */
export async function expectReplays(client: Client, workflowId: string): Promise<void> {
  const runs = await runsOf(client, workflowId);
  const replayed = [];
  for await (const each of replay(runs, { workflowBundle: await storyBundle() })) replayed.push(each);
  expect(replayed.map(({ difference }) => difference)).toEqual(runs.map(() => undefined));
}
