import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { Waybill } from '../../../src/client.js';
import { flxpointOrder } from '../../../src/contracts.js';
import { flxpointSeed, startSandbox } from '../../../src/sandbox/index.js';
import { connectionWorkflowId } from '../../../src/workflows/contract.js';
import { waits } from '../watching.js';
import { workerProcesses } from '../worker-processes.js';
import { account } from './rig.js';

/** Long enough for each of the faults to strike. */
const USED_MS = 40_000;

/** Seconds for which the platform sends everybody away, once. */
const RETRY_AFTER_S = 2;

/** In real time, with the limits that both sides have by themselves, and in two processes: each has its own clock. */
async function open() {
  const connection = `flxpoint/limit-${randomUUID().slice(0, 8)}`;
  const { flxpoint: sandbox, stop } = await startSandbox({ only: ['flxpoint'] });
  const { tokens, channelId: channel } = flxpointSeed;
  const connections = { [connection]: { url: sandbox.url, token: tokens.account, tokenKind: 'account', channel } };
  const processes = await workerProcesses({ connections, pace: 1 });
  onTestFinished(async () => {
    await processes.close();
    await stop();
  });
  await processes.next();
  const { client, taskQueue } = processes;
  const waybill = new Waybill(client, taskQueue);
  const startMany = (count: number) =>
    Promise.all(
      Array.from({ length: count }, () => {
        const reference = account.reference?.(sandbox);
        return waybill.start(flxpointOrder, { ...account.plainOrder(), connection, reference });
      }),
    );
  return { sandbox, client, connection, startMany };
}

test('two requests a second and no more, whatever wants to be sent at once: bursts, 429, retries, a round', {
  timeout: 150_000,
}, async () => {
  const { sandbox, client, connection, startMany } = await open();
  const [waiting] = await startMany(1);
  if (waiting === undefined) throw new Error('no order');
  await waits(waiting);
  const faults = [
    sandbox.faults.add({ kind: '500-before', operation: 'orders.get', nth: 5, times: 3 }),
    sandbox.faults.add({ kind: '429', operation: 'orders.get', nth: 15, retryAfter: RETRY_AFTER_S }),
  ];
  // Each makes half a dozen requests: more than fit into what is measured.
  const orders = await startMany(25);
  await client.workflow.getHandle(connectionWorkflowId(connection)).signal('readAll');
  await pause(USED_MS);
  const hasStruck = (id: number) => sandbox.faults.all().some((fault) => fault.id === id && fault.fired > 0);
  while (!faults.every(({ id }) => hasStruck(id))) await pause(50);
  const { throttleBreaches, paceBreaches } = sandbox.ledger();
  expect(paceBreaches).toEqual([]);
  expect(throttleBreaches).toEqual([]);
  await Promise.all([waiting, ...orders].map((each) => client.workflow.getHandle(each.workflowId).terminate()));
});

/** Enough that they would keep the account busy for ten minutes. */
const QUEUED = 200;
/** What may come between a cancel and its first request: three seconds of two requests each. */
const AHEAD = 6;

test('a cancel overtakes two hundred orders that wait for their turn', { timeout: 150_000 }, async () => {
  const { sandbox, client, startMany } = await open();
  const [order] = await startMany(1);
  if (order === undefined) throw new Error('no order');
  await waits(order);
  const others = await startMany(QUEUED);
  const { reference = '' } = await order.status();
  const before = sandbox.ledger().requests.length;
  expect(await order.cancel()).toMatchObject({ verdict: 'pending' });
  const since = sandbox.ledger().requests.slice(before);
  const ahead = since.findIndex(({ path }) => path.includes(`/${reference}`));
  expect(ahead).toBeGreaterThanOrEqual(0);
  expect(ahead).toBeLessThan(AHEAD);
  expect(sandbox.ledger().requests.length).toBeLessThan(QUEUED);
  expect(sandbox.ledger().paceBreaches).toEqual([]);
  await Promise.all([order, ...others].map((each) => client.workflow.getHandle(each.workflowId).terminate()));
});
