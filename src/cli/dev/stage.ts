import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Waybill } from '../../client.js';
import { parseConnections } from '../../connections.js';
import { choosePort } from '../../processes/ports.js';
import type { Progress } from '../../processes/progress.js';
import { demonstrations } from '../../sandbox/index.js';
import { warningsOf } from '../connections-file.js';
import { spawnSandbox, spawnWorker } from './children.js';
import { Ends } from './ends.js';
import { SandboxClient } from './sandbox-client.js';
import { type DevTemporal, openTemporal, portWish } from './temporal.js';
import { WorkerSeat } from './worker-seat.js';

/** Which ports somebody asked for. */
export interface StagePorts {
  readonly port?: number;
  readonly uiPort?: number;
  readonly sandboxPort?: number;
}

/** All that the orders of a demonstration need: server, sandbox and worker, each in a process of its own. */
export interface Stage {
  readonly waybill: Waybill;
  readonly temporal: DevTemporal;
  readonly sandbox: SandboxClient;
  readonly worker: WorkerSeat;
  readonly ends: Ends;
  /** Where the logs are. */
  readonly folder: string;
}

/** Next to Temporal's own two, so that the three are remembered together. */
const DEFAULT_SANDBOX_PORT = 8234;

/** Starts everything, or nothing: what was started is stopped again when the rest fails. */
export async function setStage(ports: StagePorts, progress: Progress): Promise<Stage> {
  const ends = new Ends();
  try {
    return await build(ports, progress, ends);
  } catch (error) {
    await ends.stop();
    throw error;
  }
}

async function build(ports: StagePorts, progress: Progress, ends: Ends): Promise<Stage> {
  await expectFree(ports);
  const folder = await mkdtemp(join(tmpdir(), 'waybill-dev-'));
  const connections = [...demonstrations.values()].flatMap((each) => Object.keys(each.connections('')));
  const temporal = await openTemporal({ port: ports.port, uiPort: ports.uiPort, folder, connections }, progress, ends);
  ends.add(temporal);

  const sandbox = await openSandbox(ports.sandboxPort, folder, progress, ends);
  const file = join(folder, 'waybill.json');
  await writeFile(file, JSON.stringify({ connections: sandbox.connections }, undefined, 2));
  for (const warning of await warningsOf(parseConnections({ connections: sandbox.connections }, file))) {
    progress.line(`Warning: ${warning}`);
  }

  const { taskQueue, address, env } = temporal;
  const logFile = join(folder, 'worker.log');
  const stateFolder = join(folder, 'state');
  const worker = new WorkerSeat(
    () => spawnWorker({ connections: file, taskQueue, address, stateFolder, env }, logFile),
    (exited, wanted) => ends.watch('The worker', exited, logFile, wanted),
  );
  ends.add(worker);
  const pid = await worker.start();
  progress.line(`Worker: process ${pid}. Logs of all processes: ${folder}`);
  return { waybill: new Waybill(temporal.client, taskQueue), temporal, sandbox: sandbox.client, worker, ends, folder };
}

async function openSandbox(asked: number | undefined, folder: string, progress: Progress, ends: Ends) {
  const { port, wanted } = await choosePort(portWish(asked, DEFAULT_SANDBOX_PORT), "the sandbox's port");
  if (wanted !== undefined) {
    progress.line(`Port ${wanted} is taken by another program: the sandbox listens on ${port} instead.`);
  }
  const logFile = join(folder, 'sandbox.log');
  const { process, ready } = await spawnSandbox(port, logFile);
  ends.add({ stop: () => process.stop(), kill: () => process.signal('SIGKILL') });
  ends.watch('The sandbox', process.exited, logFile);
  progress.line(`Keap sandbox: ${ready.url}`);
  return { client: new SandboxClient(ready.url), connections: ready.connections };
}

/** A taken port is named before minutes go into getting a server. */
async function expectFree({ port, uiPort, sandboxPort }: StagePorts): Promise<void> {
  if (port !== undefined) await choosePort(port, "the Temporal server's port");
  if (uiPort !== undefined) await choosePort(uiPort, "the Temporal UI's port");
  if (sandboxPort !== undefined) await choosePort(sandboxPort, "the sandbox's port");
}
