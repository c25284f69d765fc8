import { setTimeout as pause } from 'node:timers/promises';
import { expect, inject, onTestFinished, test } from 'vitest';
import { startDevServer } from '../../../src/temporal/dev-server.js';
import { attributes, connectionWorkflowId } from '../../../src/workflows/contract.js';
import { openWarehouses, type Warehouse, type WarehouseRig, waits } from './rig.js';

/** Rounds begin a few milliseconds apart. The orders keep the pace that they were started with. */
const ROUNDS_PACE = 5e-6;

/** As many on each side of what happens in the middle. */
const ROUNDS = 500;

/** A request to look at all open orders, and a worker that starts anew: some events each, however many rounds there are. */
const EVENTS_OF_A_READ_ALL = 12;
const EVENTS_OF_A_RESTART = 20;

/** Repeats an activity within milliseconds. By default a server does it once a second, whatever was asked for. */
const AT_ONCE = {
  'history.timerProcessorMaxTimeShift': '1ms',
  'history.timerProcessorMaxPollRPS': 10_000,
  'history.timerProcessorMaxPollHostRPS': 10_000,
};

async function openOne(...options: Parameters<typeof openWarehouses>) {
  const rig = await openWarehouses(...options);
  onTestFinished(() => rig.close());
  const [warehouse] = rig.warehouses;
  if (warehouse === undefined) throw new Error('no warehouse');
  return { rig, warehouse, connection: rig.client.workflow.getHandle(connectionWorkflowId(warehouse.connection)) };
}

async function waiting(warehouse: Warehouse) {
  const { reference, ...input } = warehouse.order();
  const order = await warehouse.start({ ...input, reference });
  await waits(order);
  return { order, reference };
}

const eventsOf = async ({ client }: WarehouseRig, workflowId: string) =>
  (await client.workflow.getHandle(workflowId).describe()).historyLength;

/** References of the orders that the platform was asked for from a moment of its clock on, in turn. */
const askedFor = ({ sandbox }: Warehouse, since: number): string[] =>
  sandbox
    .ledger()
    .requests.filter(({ operation, time }) => operation === 'orders.search' && time >= since)
    .map(({ path }) => path.split('=').pop() ?? '');

test('a thousand rounds add nothing to the history of the connection, nor to that of an order that waits', {
  timeout: 240_000,
}, async () => {
  const server = await startDevServer({
    executable: inject('temporalExecutable'),
    uiPort: 'none',
    searchAttributes: Object.fromEntries(Object.values(attributes).map(({ name }) => [name, 'Keyword'])),
    dynamicConfig: AT_ONCE,
  });
  onTestFinished(() => server.stop());
  const { rig, warehouse, connection } = await openOne([{ options: { searchLagMs: 0 } }], { address: server.address });
  const { order, reference } = await waiting(warehouse);
  const events = async () =>
    [await eventsOf(rig, connection.workflowId), await eventsOf(rig, order.workflowId)] as const;
  /** A round asks for the one order that waits, once; nothing else does. */
  const rounds = async (more: number) => {
    const before = askedFor(warehouse, 0).length;
    while (askedFor(warehouse, 0).length < before + more) await pause(50);
  };
  /** What was signaled has been taken. */
  const settled = async () => {
    while ((await connection.describe()).raw.pendingWorkflowTask) await pause(50);
  };
  await rig.stopWorker();
  await rig.startWorker(ROUNDS_PACE);
  await connection.signal('readAll');
  await rounds(10);
  await settled();

  const [before, beforeOfOrder] = await events();
  await rounds(ROUNDS);
  expect(await events()).toEqual([before, beforeOfOrder]);

  await connection.signal('readAll');
  await rounds(10);
  await settled();
  const [afterReadAll] = await events();
  expect(afterReadAll - before).toBeLessThanOrEqual(EVENTS_OF_A_READ_ALL);

  // In the middle of a request: a task that the server hands out just as a worker goes would be missed minutes later.
  const asked = warehouse.sandbox.hold({ operation: 'orders.search' });
  await asked.reached;
  const stopped = rig.stopWorker();
  await pause(500);
  asked.release();
  await stopped;
  await rig.startWorker(ROUNDS_PACE);
  await rounds(10);
  await settled();
  const [afterRestart] = await events();
  expect(afterRestart - afterReadAll).toBeLessThanOrEqual(EVENTS_OF_A_RESTART);

  await rounds(ROUNDS);
  expect(await events()).toEqual([afterRestart, beforeOfOrder]);

  // They do look: what no webhook told is seen by the next of them.
  warehouse.sandbox.controls.pick({ reference });
  warehouse.sandbox.controls.finalize({ reference });
  expect(await order.result()).toMatchObject({ fulfillment: 'SHIPPED' });
});

test('a worker that stops in the middle of a round leaves the rest to the next, and nothing is asked for twice', {
  timeout: 120_000,
}, async () => {
  const ORDERS = 8;
  // Rounds have half of that: two and a half requests a second.
  const limits = [{ limit: 2, perMs: 400 }];
  const { rig, warehouse, connection } = await openOne([{ options: { searchLagMs: 0 }, settings: { limits } }]);
  const orders = await Promise.all(Array.from({ length: ORDERS }, () => waiting(warehouse)));
  const all = orders.map(({ reference }) => reference).sort();
  const roundFrom = warehouse.sandbox.clock.now();
  await connection.signal('readAll');
  while (askedFor(warehouse, roundFrom).length < 3) await pause(20);
  await rig.stopWorker();
  const soFar = askedFor(warehouse, roundFrom);
  expect(soFar.length).toBeLessThan(ORDERS);

  const { raw } = await connection.describe();
  const round = raw.pendingActivities?.find(({ activityType }) => activityType?.name === 'round');
  const [position] = round?.heartbeatDetails?.payloads ?? [];
  const { pass } = JSON.parse(Buffer.from(position?.data ?? []).toString());
  expect(pass.done.at(-1)).toContain(soFar.at(-1)?.toUpperCase());

  await rig.startWorker();
  while (askedFor(warehouse, roundFrom).length < ORDERS) await pause(20);
  // Long enough for one that is asked for once more.
  await pause(1_000);
  expect(askedFor(warehouse, roundFrom).sort()).toEqual(all);
});
