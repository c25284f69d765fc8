import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { inject } from 'vitest';
import { imitate, type Opened, type Wanted } from './accounts.js';
import { storyBundle } from './serving.js';
import { spawnWorker, type WorkerProcess, type WorkerProcessOptions } from './spawn-worker.js';
import type { Account } from './tested.js';

/**
 * An attempt lasts 9 s and its request at most 7 s: as long as it may take until a dozen orders that began together all
 * stand where their process is to be killed.
 */
const PACE = 0.1;

/** Accounts whose orders are carried by worker processes that follow one another. */
export interface KillRig<A extends Account> {
  readonly client: Client;
  readonly accounts: readonly A[];
  /** The process at work; started when there is none. */
  worker(): Promise<WorkerProcess>;
  /** Starts the next process, beside the one at work if that still lives. */
  nextWorker(): Promise<WorkerProcess>;
  close(): Promise<void>;
}

/** Opens accounts that are served by one process at a time: they have one key, and one lease for all. */
export async function openKillRig<A extends Account>(
  tested: Opened<A>,
  wanted: readonly Wanted<A>[],
  more: Pick<WorkerProcessOptions, 'stumbling'> = {},
): Promise<KillRig<A>> {
  const address = inject('temporalAddress');
  const taskQueue = `kills-${randomUUID().slice(0, 8)}`;
  const stateFolder = await mkdtemp(join(tmpdir(), 'waybill-kills-'));
  const workflowCode = join(stateFolder, 'workflow-bundle.js');
  const bundle = await storyBundle();
  await writeFile(workflowCode, 'code' in bundle ? bundle.code : '');
  const client = new Client({ connection: await Connection.connect({ address }) });
  const imitated = await imitate(tested, wanted, PACE, 'one');
  const { connections } = imitated;
  const options = { address, taskQueue, connections, stateFolder, pace: PACE, workflowCode, ...more };
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
    accounts: imitated.accounts(client, taskQueue),
    worker: async () => current ?? nextWorker(),
    nextWorker,
    async close() {
      await Promise.all(workers.map((worker) => worker.kill()));
      await imitated.stop();
      await client.connection.close();
      await rm(stateFolder, { recursive: true });
    },
  };
}
