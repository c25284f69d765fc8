import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Exit, spawnTethered } from '../../src/processes/tethered.js';

/** What a worker process is started with. */
export interface WorkerProcessOptions {
  readonly address: string;
  readonly taskQueue: string;
  /** As in the file of a user. */
  readonly connections: Readonly<Record<string, object>>;
  readonly stateFolder: string;
  readonly pace: number;
  /** The stories, bundled, in a file. */
  readonly workflowCode: string;
  /** With a bug: a TypeError after each write that has left. */
  readonly stumbling?: true;
}

/** A worker in a process of its own. It ends with the test's process at the latest. */
export interface WorkerProcess {
  readonly exited: Promise<Exit>;
  signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT' | 'SIGTERM'): void;
  /** Ends it at once, frozen or not. */
  kill(): Promise<void>;
}

const runSource = fileURLToPath(new URL('../run-source.mjs', import.meta.url));
const workerProcess = fileURLToPath(new URL('./worker-process.ts', import.meta.url));

/** Starts a worker process, and waits until it works. */
export async function spawnWorker(options: WorkerProcessOptions): Promise<WorkerProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-worker-'));
  const file = join(folder, 'options.json');
  await writeFile(file, JSON.stringify(options));
  const child = await spawnTethered(process.execPath, [runSource, workerProcess, file]);
  let said = '';
  const ready = new Promise<void>((resolve) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => text.includes('ready') && resolve());
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const died = child.exited.then(({ code, signal }) => {
    throw new Error(`the worker process ended (${code ?? signal}): ${said}`);
  });
  await Promise.race([ready, died]).finally(() => rm(folder, { recursive: true }));
  return {
    exited: child.exited,
    // To the process itself, not by way of its tether: it has it when this returns.
    signal: (name) => void process.kill(child.pid, name),
    async kill() {
      child.signal('SIGKILL');
      await child.exited;
    },
  };
}
