import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Waybill } from '../../client.js';
import { parseConnections } from '../../connections.js';
import { DEFAULT_GATEWAY_PORT } from '../../gateway.js';
import { choosePort, LOOPBACK } from '../../processes/ports.js';
import type { Progress } from '../../processes/progress.js';
import { demonstrations } from '../../sandbox/index.js';
import { warningsOf } from '../connections-file.js';
import { type ProcessOptions, spawnSandbox, spawnWorker } from './children.js';
import { Ends } from './ends.js';
import { openGateway } from './gateway.js';
import { chooseSandboxPort, expectFree, portWish, type StagePorts } from './ports.js';
import { SandboxClient } from './sandbox-client.js';
import { type DevTemporal, openTemporal } from './temporal.js';
import { type RawConnections, subscribe } from './webhooks.js';
import { WorkerSeat } from './worker-seat.js';

/** All that the orders of a demonstration need: server, sandbox, gateway and worker, each in a process of its own. */
export interface Stage {
  readonly waybill: Waybill;
  readonly temporal: DevTemporal;
  /** The imitations, by the name of the platform. */
  readonly sandboxes: ReadonlyMap<string, SandboxClient>;
  readonly worker: WorkerSeat;
  readonly ends: Ends;
  /** Where the logs are. */
  readonly folder: string;
}

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
  const names = [...demonstrations.values()].flatMap((each) => Object.keys(each.connections('')));
  const temporal = await openTemporal(
    { port: ports.port, uiPort: ports.uiPort, folder, connections: names },
    progress,
    ends,
  );
  ends.add(temporal);

  const sandbox = await openSandbox(ports.sandboxPort, folder, progress, ends);
  const stateFolder = join(folder, 'state');
  const gateway = await gatewayPlace(ports.gatewayPort, progress);
  const { connections, register } = await subscribe(sandbox.connections, sandbox.clients, gateway.url, stateFolder);
  const file = join(folder, 'waybill.json');
  await writeFile(file, JSON.stringify({ connections }, undefined, 2));
  for (const warning of await warningsOf(parseConnections({ connections }, file))) {
    progress.line(`Warning: ${warning}`);
  }

  const { taskQueue, address, env } = temporal;
  const options: ProcessOptions = { connections: file, taskQueue, address, env };
  await openGateway({ ...options, port: gateway.port }, gateway.url, join(folder, 'gateway.log'), ends);
  progress.line(`Gateway for webhooks: ${gateway.url}`);
  await register();

  const worker = workerSeat({ ...options, stateFolder }, folder, ends);
  const pid = await worker.start();
  progress.line(`Worker: process ${pid}. Logs of all processes: ${folder}`);
  const waybill = new Waybill(temporal.client, taskQueue);
  return { waybill, temporal, sandboxes: sandbox.clients, worker, ends, folder };
}

interface OpenSandbox {
  readonly clients: ReadonlyMap<string, SandboxClient>;
  readonly connections: RawConnections;
}

async function openSandbox(
  asked: number | undefined,
  folder: string,
  progress: Progress,
  ends: Ends,
): Promise<OpenSandbox> {
  const logFile = join(folder, 'sandbox.log');
  const { process, ready } = await spawnSandbox(await chooseSandboxPort(asked, progress), logFile);
  ends.add({ stop: () => process.stop(), kill: () => process.signal('SIGKILL') });
  ends.watch('The sandbox', process.exited, logFile);
  const platforms = Object.entries(ready.platforms);
  for (const [name, { url }] of platforms) progress.line(`Sandbox of ${name}: ${url}`);
  return {
    clients: new Map(platforms.map(([name, { url }]) => [name, new SandboxClient(url)])),
    connections: ready.connections as RawConnections,
  };
}

/** Before it is started: its connections say where it will be. */
async function gatewayPlace(asked: number | undefined, progress: Progress) {
  const { port, wanted } = await choosePort(portWish(asked, DEFAULT_GATEWAY_PORT), "the gateway's port");
  if (wanted !== undefined) {
    progress.line(`Port ${wanted} is taken by another program: the gateway listens on ${port} instead.`);
  }
  return { port, url: `http://${LOOPBACK}:${port}` };
}

function workerSeat(options: Parameters<typeof spawnWorker>[0], folder: string, ends: Ends): WorkerSeat {
  const logFile = join(folder, 'worker.log');
  const seat = new WorkerSeat(
    () => spawnWorker(options, logFile),
    (exited, wanted) => ends.watch('The worker', exited, logFile, wanted),
  );
  ends.add(seat);
  return seat;
}
