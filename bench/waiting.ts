import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { Waybill } from '../src/client.js';
import { logisticsPlusOrder } from '../src/contracts.js';
import { parseWebhooks, startGateway } from '../src/gateway.js';
import { attributes, connectionWorkflowId } from '../src/workflows/contract.js';
import { onStage, startMany, usage } from './stage.js';

/** How many orders wait, and how many of them are woken. */
export interface WaitingLoad {
  readonly orders: number;
  readonly idleSeconds: number;
  readonly webhooks: number;
}

export const fullWaiting: WaitingLoad = { orders: 2_000, idleSeconds: 60, webhooks: 200 };
export const quickWaiting: WaitingLoad = { orders: 200, idleSeconds: 10, webhooks: 40 };

export interface WaitingMeasurement {
  readonly orders: number;
  /** Of one core, while nothing happens. */
  readonly idleShareOfCore: number;
  /** From a webhook at the gateway to the read at the platform, in milliseconds, 95th percentile. */
  readonly wakeUpMs: { readonly idle: number; readonly inARound: number };
  /** Events of the connection's workflow at the end. */
  readonly connectionEvents: number;
}

const CONNECTION = 'logistics-plus/sandbox';
const PATH = 'bench-bench-bench-bench';
const SECRET = 'bench-secret-bench-secret';

/** Far enough apart that one read does not wait for another. */
const BETWEEN_WEBHOOKS_MS = 50;

export const measureWaiting = (executable: string, load: WaitingLoad): Promise<WaitingMeasurement> =>
  onStage(executable, async ({ address, sandbox, worker }) => {
    const connection = await Connection.connect({ address });
    const client = new Client({ connection });
    const waybill = new Waybill(client, 'product');
    let n = 0;
    await startMany(load.orders, async () => {
      n += 1;
      await waybill.start(logisticsPlusOrder, orderOf(`W${n}`));
    });
    await allWait(client, load.orders);
    const webhooks = parseWebhooks(
      { connections: { [CONNECTION]: { webhook: { path: PATH, secrets: [SECRET] } } } },
      'bench',
      {},
    );
    const gateway = await startGateway({
      webhooks,
      temporal: { address },
      taskQueue: 'product',
      port: 0,
      log: { info: () => {}, warn: () => {} },
    });
    try {
      const idleShareOfCore = await idleShare(worker, load.idleSeconds);
      const wake = (from: number) => wakeUp(gateway.url, sandbox.warehouse, load, from);
      const idle = await wake(1);
      await client.workflow.getHandle(connectionWorkflowId(CONNECTION)).signal('readAll');
      const inARound = await wake(load.orders - load.webhooks);
      const { historyLength } = await client.workflow.getHandle(connectionWorkflowId(CONNECTION)).describe();
      return { orders: load.orders, idleShareOfCore, wakeUpMs: { idle, inARound }, connectionEvents: historyLength };
    } finally {
      await gateway.stop();
      await connection.close();
    }
  });

const orderOf = (reference: string) => ({
  connection: CONNECTION,
  reference,
  warehouseCode: 'LAW',
  shipToAddress: { address: { addressLine1: '1 Mill Lane', country: 'US' } },
  orderLines: [{ productCode: 'MUG-B', quantity: 1 }],
});

async function allWait(client: Client, orders: number): Promise<void> {
  const query = `${attributes.connection.name} = "${CONNECTION}" AND ${attributes.phase.name} = "waiting"`;
  while ((await client.workflow.count(query)).count < orders) await sleep(1_000);
}

async function idleShare(worker: ChildProcess, seconds: number): Promise<number> {
  const before = await usage(worker);
  await sleep(seconds * 1_000);
  const after = await usage(worker);
  return (after.cpu.user + after.cpu.system - before.cpu.user - before.cpu.system) / (seconds * 1e6);
}

/** Sends webhooks one after the other, and finds for each the first read after it in the ledger. */
async function wakeUp(gateway: string, warehouse: string, { webhooks }: WaitingLoad, from: number): Promise<number> {
  const sent: { readonly reference: string; readonly at: number }[] = [];
  for (let i = 0; i < webhooks; i += 1) {
    const reference = `W${from + i}`;
    sent.push({ reference, at: Date.now() });
    const answer = await fetch(`${gateway}/webhooks/${CONNECTION}/${PATH}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-waybill-secret': SECRET },
      body: JSON.stringify({ primaryReference: reference }),
    });
    if (answer.status !== 200) throw new Error(`the gateway answered ${answer.status}`);
    await sleep(BETWEEN_WEBHOOKS_MS);
  }
  await sleep(1_000);
  const ledger = (await (await fetch(`${warehouse}/_sandbox/ledger`)).json()) as {
    readonly requests: readonly { readonly path: string; readonly time: number }[];
  };
  const waits = sent.map(({ reference, at }) => {
    const reads = ledger.requests.filter(({ path, time }) => time >= at && path.endsWith(`=${reference}`));
    return Math.min(...reads.map(({ time }) => time)) - at;
  });
  return waits.sort((a, b) => a - b)[Math.floor(waits.length * 0.95)] ?? Number.NaN;
}
