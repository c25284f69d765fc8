import type { Client } from '@temporalio/client';
import { imitate, type Opened, type Wanted } from './accounts.js';
import type { WorkerProcess } from './spawn-worker.js';
import type { Account } from './tested.js';
import { type WorkerProcessesOptions, workerProcesses } from './worker-processes.js';

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
  more: Pick<WorkerProcessesOptions, 'stumbling' | 'server' | 'door'> = {},
): Promise<KillRig<A>> {
  const imitated = await imitate(tested, wanted, PACE, 'one');
  const processes = await workerProcesses({ connections: imitated.connections, pace: PACE, ...more });
  const { client, taskQueue } = processes;
  let current: WorkerProcess | undefined;
  const nextWorker = async () => {
    const worker = await processes.next();
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
      await processes.close();
      await imitated.stop();
    },
  };
}
