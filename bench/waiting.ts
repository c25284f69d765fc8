import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { Waybill } from '../src/client.js';
import { logisticsPlusOrder } from '../src/contracts.js';
import { parseWebhooks, startGateway } from '../src/gateway.js';
import type { LogisticsPlusLedger } from '../src/sandbox/index.js';
import { attributes, connectionWorkflowId } from '../src/workflows/contract.js';
import { timing } from '../src/workflows/timing.js';
import type { bareWaiting } from './bare-workflows.js';
import {
  type BenchStage,
  backlogOf,
  cpuBetween,
  end,
  onStage,
  percentile95,
  settledMemory,
  startMany,
  tell,
  usage,
} from './stage.js';

/** How many orders wait, and how many of them are woken. */
export interface WaitingLoad {
  readonly orders: number;
  readonly idleSeconds: number;
  readonly webhooks: number;
}

export const fullWaiting: WaitingLoad = { orders: 10_000, idleSeconds: 60, webhooks: 200 };
export const quickWaiting: WaitingLoad = { orders: 200, idleSeconds: 10, webhooks: 40 };

/** What as many cost that wait. */
export interface Waiting {
  /** Of the worker with all of them waiting, and what each has added to it. */
  readonly residentMiB: number;
  readonly eachKiB: number;
  /** Of one core, while nothing happens. */
  readonly idleShareOfCore: number;
  /** 95th percentile, in milliseconds. */
  readonly wakeUpMs: number;
}

export interface WaitingMeasurement {
  /** Woken up by a webhook at the gateway, until the read at the platform. */
  readonly product: Waiting & { readonly wakeUpInARoundMs: number };
  /** Woken up by a signal, until its activity runs. */
  readonly bare: Waiting;
  /** A round over all that wait. There are four in an hour. */
  readonly round: { readonly requests: number; readonly seconds: number; readonly cpuSeconds: number };
  /** Events of the connection's workflow at the end. */
  readonly connectionEvents: number;
}

const CONNECTION = 'logistics-plus/sandbox';
const PATH = 'bench-bench-bench-bench';
const SECRET = 'bench-secret-bench-secret';

/** Far enough apart that one read does not wait for another. */
const BETWEEN_WAKE_UPS_MS = 50;

/** After the last webhook, until the ledger is read: what is later than this is a read of its own accord. */
const LAST_READ_MS = 1_000;

/** The bare ones and the orders each with a worker of their own, one after the other, on one server. */
export const measureWaiting = (executable: string, load: WaitingLoad, cached: number): Promise<WaitingMeasurement> =>
  onStage(executable, async (stage) => {
    const connection = await Connection.connect({ address: stage.address });
    try {
      const client = new Client({ connection });
      const bare = await measureBare(client, await stage.startWorker({ cached, only: 'bare' }), load);
      const product = await measureOrders(client, stage, await stage.startWorker({ cached, only: 'orders' }), load);
      return { bare, ...product };
    } finally {
      await connection.close();
    }
  });

async function measureBare(client: Client, worker: ChildProcess, load: WaitingLoad): Promise<Waiting> {
  let n = 0;
  const memory = await memoryOf(
    worker,
    load,
    async () => {
      const id = `bare-${n++}`;
      await client.workflow.start('bareWaiting', { taskQueue: 'bare', workflowId: id, args: [orderOf(id)] });
    },
    async () => (await backlogOf(client, 'bare')) === 0,
  );
  const idleShareOfCore = await idleShare(worker, load.idleSeconds);
  const signaled = await spread(load, 0, async (i) => {
    const handle = client.workflow.getHandle<typeof bareWaiting>(`bare-${i}`);
    const at = Date.now();
    await handle.signal('wake');
    return { handle, at };
  });
  const waits = await Promise.all(signaled.map(async ({ handle, at }) => (await handle.result()) - at));
  await end(worker);
  return { ...memory, idleShareOfCore, wakeUpMs: percentile95(waits) };
}

async function measureOrders(client: Client, stage: BenchStage, worker: ChildProcess, load: WaitingLoad) {
  const waybill = new Waybill(client, 'product');
  const served = client.workflow.getHandle(connectionWorkflowId(CONNECTION));
  let n = 0;
  const memory = await memoryOf(
    worker,
    load,
    async () => {
      await waybill.start(logisticsPlusOrder, orderOf(`W${n++}`));
    },
    () => allWait(client, load.orders),
  );
  const webhooks = parseWebhooks(
    { connections: { [CONNECTION]: { webhook: { path: PATH, secrets: [SECRET] } } } },
    'bench',
    {},
  );
  const gateway = await startGateway({
    webhooks,
    temporal: { address: stage.address },
    taskQueue: 'product',
    port: 0,
    log: { info: () => {}, warn: () => {} },
  });
  const ledger = async () =>
    (await (await fetch(`${stage.sandbox.urls['logistics-plus']}/_sandbox/ledger`)).json()) as LogisticsPlusLedger;
  const wake = async (from: number) => {
    const sent = await spread(load, from, (i) => sendWebhook(gateway.url, `W${i}`));
    await sleep(LAST_READ_MS);
    const { requests } = await ledger();
    return percentile95(
      sent.map(({ reference, at }) => {
        const read = requests.find(({ path, time }) => time >= at && path.endsWith(`=${reference}`));
        return (read?.time ?? Number.NaN) - at;
      }),
    );
  };
  try {
    const before = { requests: (await ledger()).requests.length, usage: await usage(worker), at: performance.now() };
    tell('a round');
    await served.signal('readAll');
    await roundOver(served);
    const round = {
      seconds: (performance.now() - before.at) / 1_000,
      cpuSeconds: cpuBetween(before.usage, await usage(worker)),
      requests: (await ledger()).requests.length - before.requests,
    };
    const idleShareOfCore = await idleShare(worker, load.idleSeconds);
    const wakeUpMs = await wake(0);
    await served.signal('readAll');
    const wakeUpInARoundMs = await wake(1);
    const { historyLength } = await served.describe();
    const product = { ...memory, idleShareOfCore, wakeUpMs, wakeUpInARoundMs };
    return { product, round, connectionEvents: historyLength };
  } finally {
    await gateway.stop();
  }
}

const orderOf = (reference: string) => ({
  connection: CONNECTION,
  reference,
  warehouseCode: 'LAW',
  shipToAddress: { address: { addressLine1: '1 Mill Lane', country: 'US' } },
  orderLines: [{ productCode: 'MUG-B', quantity: 1 }],
});

/** As many as are started here take a quarter of an hour on two cores. */
const AT_REST_WITHIN_MS = 3_600_000;

/** Has them all started and brought to rest. */
async function memoryOf(
  worker: ChildProcess,
  { orders }: WaitingLoad,
  start: () => Promise<void>,
  atRest: () => Promise<boolean>,
) {
  const before = await settledMemory(worker);
  tell(`${orders} are started`);
  await startMany(orders, start);
  tell('they come to wait');
  for (const begin = performance.now(); !(await atRest()); await sleep(1_000))
    if (performance.now() - begin > AT_REST_WITHIN_MS) throw new Error(`not all of ${orders} came to wait`);
  tell('they come to rest');
  await quiet(worker);
  const after = await settledMemory(worker);
  return { residentMiB: after / 2 ** 20, eachKiB: (after - before) / 2 ** 10 / orders };
}

async function allWait(client: Client, orders: number): Promise<boolean> {
  const query = `${attributes.connection.name} = "${CONNECTION}" AND ${attributes.phase.name} = "waiting"`;
  return (await client.workflow.count(query)).count === orders;
}

/** Less than this of a core is no work on orders: it is heartbeats and polls. */
const QUIET_SHARE = 0.1;

async function quiet(worker: ChildProcess): Promise<void> {
  while ((await idleShare(worker, 2)) > QUIET_SHARE);
}

async function idleShare(worker: ChildProcess, seconds: number): Promise<number> {
  const before = await usage(worker);
  await sleep(seconds * 1_000);
  return cpuBetween(before, await usage(worker)) / seconds;
}

/** A round that is over has its next attempt as far away as rounds are apart. */
async function roundOver(served: WorkflowHandle): Promise<void> {
  for (;;) {
    await sleep(1_000);
    const { raw } = await served.describe();
    const round = raw.pendingActivities?.find(({ activityType }) => activityType?.name === 'round');
    const next = Number(round?.nextAttemptScheduleTime?.seconds ?? 0) * 1_000;
    if (next - Date.now() > timing.round / 2) return;
  }
}

/** Does it for so many of the orders, one after the other, as far apart among them as they can be. */
async function spread<T>(
  { orders, webhooks }: WaitingLoad,
  from: number,
  wake: (i: number) => Promise<T>,
): Promise<T[]> {
  tell(`${webhooks} are woken`);
  const woken: T[] = [];
  for (let i = 0; i < webhooks; i += 1) {
    woken.push(await wake(Math.floor((i * orders) / webhooks) + from));
    await sleep(BETWEEN_WAKE_UPS_MS);
  }
  return woken;
}

async function sendWebhook(gateway: string, reference: string) {
  const at = Date.now();
  const answer = await fetch(`${gateway}/webhooks/${CONNECTION}/${PATH}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-waybill-secret': SECRET },
    body: JSON.stringify({ primaryReference: reference }),
  });
  if (answer.status !== 200) throw new Error(`the gateway answered ${answer.status}`);
  return { reference, at };
}
