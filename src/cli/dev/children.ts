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
  port: number,
  logFile: string,
): Promise<{ readonly process: TetheredProcess; readonly ready: SandboxReady }> {
  const child = await spawnWaybill(['sandbox', '--port', String(port), '--json'], logFile, process.env);
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

/** Starts a worker in a process of its own. */
export function spawnWorker(
  options: {
    readonly connections: string;
    readonly taskQueue: string;
    readonly stateFolder: string;
    /** Absent when the environment says it. */
    readonly address: string | undefined;
    readonly env: NodeJS.ProcessEnv;
  },
  logFile: string,
): Promise<TetheredProcess> {
  const { connections, taskQueue, stateFolder, address, env } = options;
  return spawnWaybill(
    [
      ...['worker', '--connections', connections, '--task-queue', taskQueue, '--state-folder', stateFolder],
      ...(address === undefined ? [] : ['--address', address]),
    ],
    logFile,
    env,
  );
}
