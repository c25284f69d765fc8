import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { countBreaches } from '../../../bench/limiter.js';
import { Waybill } from '../../../src/client.js';
import { logisticsPlusOrder } from '../../../src/contracts.js';
import { logisticsPlusSeed, startSandbox } from '../../../src/sandbox/index.js';
import { connectionWorkflowId, hintsWorkflowId } from '../../../src/workflows/contract.js';
import { type HintCounts, hintCounts } from '../../../src/workflows/hints.js';
import { workerProcesses } from '../worker-processes.js';
import { plainOrder, waits } from './rig.js';

/** What is assumed of the platform, for each key. */
const WINDOW = { limit: 2, perMs: 1_000 };

/** Orders that wait, which the round is about; some of them are amended, and of some a webhook tells. */
const WAITING = 8;
const AMENDED = 3;
const HINTED = 5;

/** A burst of new orders. */
const NEW = 12;

/** About orders from elsewhere: so many that there is always something to ask for. */
const HINTS = 80;

/** Long enough for each of the faults to strike. */
const USED_MS = 40_000;

/** Seconds for which the platform sends everybody away, once. */
const RETRY_AFTER_S = 2;

/** In real time, with the limits that both sides have by themselves, and in two processes: each has its own clock. */
async function open() {
  const connection = `logistics-plus/limit-${randomUUID().slice(0, 8)}`;
  const { logisticsPlus: sandbox, stop } = await startSandbox({ only: ['logistics-plus'] });
  const { apiKey, slug } = logisticsPlusSeed;
  const connections = { [connection]: { url: sandbox.url, apiKey, organization: slug } };
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
      Array.from({ length: count }, async () => {
        const reference = `L-${randomUUID().slice(0, 8)}`;
        const input = { ...plainOrder(), connection, reference };
        return { input, reference, order: await waybill.start(logisticsPlusOrder, input) };
      }),
    );
  return { sandbox, client, connection, taskQueue, startMany };
}

test('two requests a second and no more, whatever wants to be sent at once: bursts, retries, a round, hints, amendments', {
  timeout: 150_000,
}, async () => {
  const { sandbox, client, connection, taskQueue, startMany } = await open();
  const { workflow } = client;
  const firedOf = (id: number) => sandbox.faults.all().find((fault) => fault.id === id)?.fired ?? 0;
  const waiting = await startMany(WAITING);
  await Promise.all(waiting.map(({ order }) => waits(order)));

  // The round and the amendments are under way when the others come; while those wait, these go on between and behind them.
  const begun = sandbox.clock.now();
  const isRead = ({ path, time }: { path: string; time: number }) =>
    time >= begun && waiting.some(({ reference }) => path.endsWith(`=${reference}`));
  await workflow.getHandle(connectionWorkflowId(connection)).signal('readAll');
  while (!sandbox.ledger().requests.some(isRead)) await pause(50);
  const refused = sandbox.faults.add({ kind: '503', operation: 'orders.update', worked: false });
  const amended = waiting
    .slice(0, AMENDED)
    .map(({ input, order }) => order.send('amend', { ...input, note: 'AIR - FASTEST' }).catch(() => undefined));
  while (firedOf(refused.id) === 0) await pause(50);

  const faults = [
    sandbox.faults.add({ kind: '500-before', operation: 'orders.search', nth: 5, times: 3 }),
    sandbox.faults.add({ kind: '429', operation: 'orders.search', nth: 15, retryAfter: RETRY_AFTER_S }),
    sandbox.faults.add({ kind: '500-after', operation: 'orders.create', nth: 2 }),
  ];
  const fresh = await startMany(NEW);
  const hinted = [
    ...waiting.slice(0, HINTED).map(({ reference }) => reference),
    ...Array.from({ length: HINTS }, () => `N-${randomUUID().slice(0, 8)}`),
  ];
  const hints = await workflow.signalWithStart('hints', {
    workflowId: hintsWorkflowId(connection),
    taskQueue,
    args: [connection],
    signal: 'hinted',
    signalArgs: [hinted],
  });
  await pause(USED_MS);

  // There was always more to ask for.
  const { told, unchanged, unknown }: HintCounts = await hints.query(hintCounts);
  expect(told + unchanged + unknown).toBeLessThan(hinted.length);
  // On a slow machine the new orders come to their creates later.
  while (!faults.every(({ id }) => firedOf(id) > 0)) await pause(50);

  const { requests, throttleBreaches } = sandbox.ledger();
  expect(throttleBreaches).toEqual([]);
  const times = requests.map(({ time }) => time);
  expect(countBreaches(times, [WINDOW])).toBe(0);

  await Promise.all([...waiting, ...fresh].map(({ order }) => workflow.getHandle(order.workflowId).terminate()));
  await Promise.all(amended);
});

/** Enough that they would keep the account busy for four minutes. */
const QUEUED = 500;
/** What may come between a cancel and its first request: three seconds of two requests each. */
const AHEAD = 6;

test('a cancel overtakes five hundred reads that wait, and the limit is kept', { timeout: 150_000 }, async () => {
  const { sandbox, client, startMany } = await open();
  const [one] = await startMany(1);
  if (one === undefined) throw new Error('no order');
  const { order, reference } = one;
  await waits(order);
  const others = await startMany(QUEUED);
  const before = sandbox.ledger().requests.length;
  expect(await order.cancel()).toMatchObject({ verdict: 'pending' });
  const since = sandbox.ledger().requests.slice(before);
  const ahead = since.findIndex(({ path }) => path.includes(reference));
  expect(ahead).toBeGreaterThanOrEqual(0);
  expect(ahead).toBeLessThan(AHEAD);
  // They still waited: what came first was the cancel, not the end of the queue.
  expect(sandbox.ledger().requests.length).toBeLessThan(QUEUED / 2);
  expect(sandbox.ledger().throttleBreaches).toEqual([]);
  await Promise.all([one, ...others].map((each) => client.workflow.getHandle(each.order.workflowId).terminate()));
});
