import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startDevServer } from '../src/temporal/dev-server.js';
import { attributes } from '../src/workflows/contract.js';
import type { BenchSettings, SandboxPlace } from './settings.js';

/** A server of its own, the sandbox and the measured worker, each in a process of its own. */
export interface BenchStage {
  readonly address: string;
  readonly sandbox: SandboxPlace;
  readonly worker: ChildProcess;
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
  const sandboxProcess = start('sandbox.ts', '', {});
  const [sandbox] = (await once(sandboxProcess, 'message')) as [SandboxPlace];
  const settings: BenchSettings = { address, stateFolder: folder };
  const worker = start('worker.ts', JSON.stringify(settings), {
    BENCH_CONNECTIONS: JSON.stringify(sandbox.connections),
  });
  try {
    await once(worker, 'message');
    return await measure({ address, sandbox, worker });
  } finally {
    worker.kill('SIGKILL');
    sandboxProcess.kill('SIGKILL');
    await server.stop();
    await rm(folder, { recursive: true });
  }
}

function start(file: string, argument: string, env: Record<string, string>): ChildProcess {
  const loader = fileURLToPath(new URL('../test/run-source.mjs', import.meta.url));
  const source = fileURLToPath(new URL(file, import.meta.url));
  return fork(loader, [source, argument], { execArgv: ['--expose-gc'], env: { ...process.env, ...env } });
}

/** What the worker has used so far: CPU time in microseconds, resident memory in bytes. */
export async function usage(worker: ChildProcess): Promise<{ cpu: NodeJS.CpuUsage; rss: number }> {
  worker.send('usage');
  const [answer] = await once(worker, 'message');
  return answer;
}

/** Ten at a time: the server starts more than a hundred a second. */
export async function startMany(count: number, start: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < count; i += 10) await Promise.all(Array.from({ length: Math.min(10, count - i) }, start));
}
