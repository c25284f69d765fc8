import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { inject } from 'vitest';
import { Waybill } from '../../../src/client.js';
import { keapOrder } from '../../../src/contracts.js';
import { type KeapSandbox, keapSeed, type Sandbox, startSandbox } from '../../../src/sandbox/index.js';
import { spawnWorker, type WorkerProcess, type WorkerProcessOptions } from '../spawn-worker.js';
import { plainOrder, type Shop, storyBundle, type Transport } from './rig.js';

/**
 * An attempt lasts 9 s and its request at most 7 s: as long as it may take until a dozen orders that began together all
 * stand where their process is to be killed.
 */
export const PACE = 0.1;

/** Shops whose orders are carried by worker processes that follow one another. */
export interface KillRig {
  readonly client: Client;
  readonly shops: readonly Shop[];
  /** The process at work; started when there is none. */
  worker(): Promise<WorkerProcess>;
  /** Starts the next process, beside the one at work if that still lives. */
  nextWorker(): Promise<WorkerProcess>;
  close(): Promise<void>;
}

export async function openKillRig(
  transports: readonly Transport[],
  more: Pick<WorkerProcessOptions, 'stumbling'> = {},
): Promise<KillRig> {
  const address = inject('temporalAddress');
  const id = randomUUID().slice(0, 8);
  const folder = await mkdtemp(join(tmpdir(), 'waybill-kills-'));
  const workflowCode = join(folder, 'workflow-bundle.js');
  const bundle = await storyBundle();
  await writeFile(workflowCode, 'code' in bundle ? bundle.code : '');
  const client = new Client({ connection: await Connection.connect({ address }) });
  const waybill = new Waybill(client, id);
  const sandboxes: Sandbox[] = [];
  const connections: Record<string, object> = {};
  const shops: Shop[] = [];
  for (const [i, transport] of transports.entries()) {
    // With one key they count as one account, which is served by one process: one lease for all.
    const key = `${keapSeed.serviceAccountKey}-${id}`;
    const sandbox = await startSandbox({
      keap: { throttle: 'off', clockSpeed: 1 / PACE, serviceAccountKeys: [key] },
    });
    sandboxes.push(sandbox);
    const connection = `keap/kill-${id}-${i}`;
    connections[connection] = { url: sandbox.keap.url, transport, auth: { serviceAccountKey: key }, limits: [] };
    shops.push(shopOf(waybill, connection, transport, sandbox.keap));
  }
  const options = { address, taskQueue: id, connections, stateFolder: folder, pace: PACE, workflowCode, ...more };
  const workers: WorkerProcess[] = [];
  let current: WorkerProcess | undefined;
  const nextWorker = async () => {
    const worker = await spawnWorker(options);
    workers.push(worker);
    current = worker;
    void worker.exited.then(() => {
      if (current === worker) current = undefined;
    });
    return worker;
  };
  return {
    client,
    shops,
    worker: async () => current ?? nextWorker(),
    nextWorker,
    async close() {
      await Promise.all(workers.map((worker) => worker.kill()));
      await Promise.all(sandboxes.map((sandbox) => sandbox.stop()));
      await client.connection.close();
      await rm(folder, { recursive: true });
    },
  };
}

function shopOf(waybill: Waybill, connection: string, transport: Transport, sandbox: KeapSandbox): Shop {
  return {
    connection,
    transport,
    sandbox,
    order: (change = {}) => ({ ...plainOrder(), connection, reference: `K-${randomUUID().slice(0, 8)}`, ...change }),
    start: (order) => waybill.start(keapOrder, order),
  };
}
