import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { expect, inject, test } from 'vitest';
import { parseWebhooks } from '../../src/connections.js';
import { addressOf, startGateway } from '../../src/gateway.js';
import { connectionQueue, hintsWorkflowId } from '../../src/workflows/contract.js';
import { hintCounts } from '../../src/workflows/hints.js';
import { quiet, storyBundle } from '../stories/serving.js';

/** As many as Keap names in one call. */
const MANY = 1_000;

test('a call that names a thousand records is one signal when it is answered, and each record is then read once', async () => {
  quiet();
  const address = inject('temporalAddress');
  const connection = `keap/${randomUUID().slice(0, 8)}`;
  const taskQueue = `hints-${connection}`;
  const webhooks = parseWebhooks(
    { connections: { [connection]: { webhook: { path: 'kX3_v9-QmZ7pLw2T' } } } },
    'the test',
  );
  const webhook = webhooks.get(connection);
  if (webhook === undefined) throw new Error('no webhook');
  const log = { info: () => {}, warn: () => {} };
  const gateway = await startGateway({ webhooks, temporal: { address }, taskQueue, port: 0, log });
  const ids = Array.from({ length: MANY }, (_, i) => i + 1);
  const call = async () => {
    const object_keys = ids.map((id) => ({ id, apiUrl: '', timestamp: '2026-01-15T15:31:02Z' }));
    const body = JSON.stringify({ event_key: 'order.edit', object_type: 'order', object_keys });
    return (await fetch(`${gateway.url}${addressOf(webhook)}`, { method: 'POST', body })).status;
  };
  const client = new Client({ connection: await Connection.connect({ address }) });
  const handle = client.workflow.getHandle(hintsWorkflowId(connection));
  const signals = async () =>
    (await handle.fetchHistory()).events?.filter((event) => event.workflowExecutionSignaledEventAttributes).length;

  // No worker runs yet: nothing of what is read can keep Keap waiting.
  expect(await call()).toBe(200);
  expect(await signals()).toBe(1);
  // Keap did not hear the answer.
  expect(await call()).toBe(200);
  expect(await signals()).toBe(2);

  const native = await NativeConnection.connect({ address });
  const looked: string[] = [];
  const lookAt = async (hint: string) => {
    looked.push(hint);
    return 'told';
  };
  const workflowBundle = await storyBundle();
  const thinker = await Worker.create({ connection: native, taskQueue, workflowBundle });
  const reader = await Worker.create({
    connection: native,
    taskQueue: connectionQueue(taskQueue, connection),
    activities: { lookAt },
  });
  await thinker.runUntil(
    reader.runUntil(async () => {
      const counts = { received: 2 * MANY, joined: MANY, told: MANY };
      await expect.poll(() => handle.query(hintCounts), { timeout: 100_000, interval: 500 }).toMatchObject(counts);
    }),
  );
  expect(looked.sort()).toEqual(ids.map((id) => `order.edit:${id}`).sort());
  await handle.terminate('the test is over');
  await gateway.stop();
  await native.close();
  await client.connection.close();
});
