import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { startDevServer } from '../src/temporal/dev-server.js';
import { attributes } from '../src/workflows/contract.js';
import type { BenchSettings, SandboxPlace, WorkerWish } from './settings.js';

/** A server of its own, the sandbox and the measured worker, each in a process of its own. */
export interface BenchStage {
  readonly address: string;
  readonly sandbox: SandboxPlace;
  /** Starts the measured process. */
  startWorker(wish: WorkerWish): Promise<ChildProcess>;
}

/** Measures on a stage that is taken down afterwards. */
export async function onStage<T>(executable: string, measure: (stage: BenchStage) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-bench-'));
  const server = await startDevServer({
    executable,
    uiPort: 'none',
    searchAttributes: Object.fromEntries(Object.values(attributes).map(({ name }) => [name, 'Keyword'])),
  });
  const { address } = server;
  const processes: ChildProcess[] = [];
  const begin = async (file: string, argument: string, env: Record<string, string>) => {
    const child = start(file, argument, env);
    processes.push(child);
    const [message] = await once(child, 'message');
    return { child, message };
  };
  try {
    const { message } = await begin('sandbox.ts', '', {});
    const sandbox = message as SandboxPlace;
    const bundles = {
      orders: await bundle('../src/workflows', join(folder, 'orders.js')),
      bare: await bundle('./bare-workflows.ts', join(folder, 'bare.js')),
    };
    const startWorker = async (wish: WorkerWish) => {
      const settings: BenchSettings = { address, stateFolder: folder, bundles, ...wish };
      const env = { BENCH_CONNECTIONS: JSON.stringify(sandbox.connections) };
      return (await begin('worker.ts', JSON.stringify(settings), env)).child;
    };
    return await measure({ address, sandbox, startWorker });
  } finally {
    for (const child of processes) child.kill('SIGKILL');
    await server.stop();
    await rm(folder, { recursive: true });
  }
}

function start(file: string, argument: string, env: Record<string, string>): ChildProcess {
  const loader = fileURLToPath(new URL('../test/run-source.mjs', import.meta.url));
  const source = fileURLToPath(new URL(file, import.meta.url));
  return fork(loader, [source, argument], { execArgv: ['--expose-gc'], env: { ...process.env, ...env } });
}

/** Once and beforehand, as the build does it: bundling takes more memory than the work. */
async function bundle(workflows: string, file: string): Promise<string> {
  const workflowsPath = fileURLToPath(new URL(workflows, import.meta.url));
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
  await writeFile(file, code);
  return file;
}

/** Ends a worker that has nothing under way. */
export async function end(worker: ChildProcess): Promise<void> {
  const ended = once(worker, 'exit');
  worker.kill('SIGKILL');
  await ended;
}

/** What the worker has used so far: CPU time in microseconds, resident memory in bytes, now and at its highest. */
export interface Usage {
  readonly cpu: NodeJS.CpuUsage;
  readonly rss: number;
  readonly maxRss: number;
}

/** A worker that does not answer for so long has died, or swaps. */
const ANSWERS_WITHIN_MS = 60_000;

export async function usage(worker: ChildProcess): Promise<Usage> {
  worker.send('usage');
  const [answer] = await once(worker, 'message', { signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) });
  return answer;
}

/** CPU seconds between two readings. */
export const cpuBetween = (before: Usage, after: Usage): number =>
  (after.cpu.user + after.cpu.system - before.cpu.user - before.cpu.system) / 1e6;

/** The worker is at rest when two readings, two seconds apart, agree to a hundredth. */
export async function settledMemory(worker: ChildProcess): Promise<number> {
  for (let last = 0; ; ) {
    await sleep(2_000);
    const { rss } = await usage(worker);
    if (Math.abs(rss - last) < rss / 100) return rss;
    last = rss;
  }
}

/** `TASK_QUEUE_TYPE_WORKFLOW` */
const WORKFLOW_QUEUE = 1;

/** How many workflows no worker has begun. */
export async function backlogOf(client: Client, taskQueue: string): Promise<number> {
  const { namespace } = client.options;
  const asked = { namespace, taskQueue: { name: taskQueue }, taskQueueType: WORKFLOW_QUEUE, reportStats: true };
  const { stats } = await client.workflowService.describeTaskQueue(asked);
  return Number(stats?.approximateBacklogCount ?? 0);
}

/** Ten at a time, unless told: the server starts more than a hundred a second. */
export async function startMany(count: number, start: () => Promise<unknown>, atOnce = 10): Promise<void> {
  let begun = 0;
  const lane = async () => {
    while (begun < count) {
      begun += 1;
      await start();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

export const percentile95 = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN;

/** A part takes many minutes: says what it is at. */
export function tell(what: string): void {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${what}\n`);
}
