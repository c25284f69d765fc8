import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { inject } from 'vitest';
import { storyBundle } from './serving.js';
import { spawnWorker, type WorkerProcess, type WorkerProcessOptions } from './spawn-worker.js';

/** Worker processes that serve the same connections, after one another or beside each other. */
export interface WorkerProcesses {
  readonly client: Client;
  readonly taskQueue: string;
  /** Starts the next one, beside those at work. */
  next(): Promise<WorkerProcess>;
  /** Ends them all. */
  close(): Promise<void>;
}

export interface WorkerProcessesOptions extends Pick<WorkerProcessOptions, 'connections' | 'pace' | 'stumbling'> {
  /** Of another server than the one of the test run. */
  readonly server?: string;
  /** Where the processes, other than the client, find the server. */
  readonly door?: string;
}

/** Makes ready for worker processes; none is started yet. */
export async function workerProcesses({
  server = inject('temporalAddress'),
  door = server,
  ...options
}: WorkerProcessesOptions): Promise<WorkerProcesses> {
  const taskQueue = `processes-${randomUUID().slice(0, 8)}`;
  const stateFolder = await mkdtemp(join(tmpdir(), 'waybill-processes-'));
  const workflowCode = join(stateFolder, 'workflow-bundle.js');
  const bundle = await storyBundle();
  await writeFile(workflowCode, 'code' in bundle ? bundle.code : '');
  const client = new Client({ connection: await Connection.connect({ address: server }) });
  const workers: WorkerProcess[] = [];
  return {
    client,
    taskQueue,
    async next() {
      const worker = await spawnWorker({ address: door, taskQueue, stateFolder, workflowCode, ...options });
      workers.push(worker);
      return worker;
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.kill()));
      await client.connection.close();
      await rm(stateFolder, { recursive: true });
    },
  };
}
