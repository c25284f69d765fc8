import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { spawnTethered, type TetheredProcess } from '../../processes/tethered.js';
import { Failed } from '../exit.js';
import type { SandboxReady } from '../run/sandbox.js';

const CLI = fileURLToPath(new URL('../../cli.js', import.meta.url));

/** Starts a `waybill` command that cannot outlive this process. Its output goes to a file. */
async function spawnWaybill(
  args: readonly string[],
  logFile: string,
  env: NodeJS.ProcessEnv,
): Promise<TetheredProcess> {
  const child = await spawnTethered(process.execPath, [CLI, ...args], { env });
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => appendFileSync(logFile, chunk));
  return child;
}

/** Starts the sandbox in a process of its own, and waits until it can be used. */
export async function spawnSandbox(
  /** Of the first platform, the others follow; any free ones when undefined. */
  port: number | undefined,
  logFile: string,
): Promise<{ readonly process: TetheredProcess; readonly ready: SandboxReady }> {
  const ports = port === undefined ? [] : ['--port', String(port)];
  const child = await spawnWaybill(['sandbox', ...ports, '--json'], logFile, process.env);
  if (child.stdout === null) throw new TypeError('the output of the sandbox is not piped');
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([
    new Promise<string>((resolve) => lines.once('line', resolve)),
    child.exited.then(() => undefined),
  ]);
  lines.close();
  // Closing the reader pauses the stream; what else comes still has to be read.
  child.stdout.resume();
  if (first === undefined) throw new Failed(`The sandbox ended before it could be used; see ${logFile}`);
  return { process: child, ready: JSON.parse(first) as SandboxReady };
}

/** What every process that talks to Temporal is told. */
export interface ProcessOptions {
  /** The connections file. */
  readonly connections: string;
  readonly taskQueue: string;
  /** Of the Temporal server; absent when the environment says it. */
  readonly address?: string | undefined;
  readonly env: NodeJS.ProcessEnv;
}

/** Starts a worker in a process of its own. */
export function spawnWorker(
  options: ProcessOptions & { readonly stateFolder: string },
  logFile: string,
): Promise<TetheredProcess> {
  const args = ['worker', ...sharedArgs(options), '--state-folder', options.stateFolder];
  return spawnWaybill(args, logFile, options.env);
}

/** Starts a gateway in a process of its own. */
export function spawnGateway(
  options: ProcessOptions & { readonly port: number },
  logFile: string,
): Promise<TetheredProcess> {
  const args = ['gateway', ...sharedArgs(options), '--port', String(options.port)];
  return spawnWaybill(args, logFile, options.env);
}

const sharedArgs = ({ connections, taskQueue, address }: ProcessOptions): string[] => [
  ...['--connections', connections, '--task-queue', taskQueue],
  ...(address === undefined ? [] : ['--address', address]),
];
