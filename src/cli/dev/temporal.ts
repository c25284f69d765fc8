import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import type { Progress } from '../../processes/progress.js';
import { DEFAULT_PORT, DEFAULT_UI_PORT, type DevServer, startDevServer } from '../../temporal/dev-server.js';
import { findServer } from '../../temporal/find-server.js';
import { attributes, connectionWorkflowId, DEFAULT_TASK_QUEUE, hintsWorkflowId } from '../../workflows/contract.js';
import { Failed } from '../exit.js';
import { missingSearchAttributes } from '../setup/namespace.js';
import { openConnection } from '../temporal.js';
import type { Ends, Startable } from './ends.js';
import { portWish } from './ports.js';

/** The Temporal of a demonstration: one of its own, or one that runs already. */
export interface DevTemporal extends Startable {
  readonly client: Client;
  readonly taskQueue: string;
  /** host:port for the worker; absent when the environment says it. */
  readonly address?: string;
  /** What the worker's process finds in its environment. */
  readonly env: NodeJS.ProcessEnv;
  /** Only of a server of our own. */
  readonly uiUrl?: string;
  /** Ends every reference: a server that stays knows those of the last time. */
  readonly referenceSuffix: string;
}

/** Apart from real orders on the same server. */
const GUEST_TASK_QUEUE = 'waybill-dev';

/**
 * Finds the server that runs (`TEMPORAL_ADDRESS`), or starts one that forgets everything at its end.
 *
 * @param connections their workflows are ended with the demonstration, on a server that stays
 */
export async function openTemporal(
  options: {
    readonly port: number | undefined;
    readonly uiPort: number | undefined;
    readonly folder: string;
    readonly connections: readonly string[];
  },
  progress: Progress,
  ends: Ends,
): Promise<DevTemporal> {
  const found = await findServer({ env: process.env, progress });
  if ('address' in found) return guestAt(options.connections);
  const logFile = join(options.folder, 'temporal.log');
  const server = await startDevServer({
    executable: found.executable.path,
    port: portWish(options.port, DEFAULT_PORT),
    uiPort: portWish(options.uiPort, DEFAULT_UI_PORT),
    searchAttributes: Object.fromEntries(Object.values(attributes).map(({ name }) => [name, 'Keyword'])),
    logFile,
  });
  for (const moved of server.movedPorts) progress.line(moved);
  ends.watch('The Temporal server', server.exited, logFile);
  return hostOf(server, options.folder);
}

async function hostOf(server: DevServer, folder: string): Promise<DevTemporal> {
  const { address, namespace } = server;
  const connection = await Connection.connect({ address });
  return {
    client: new Client({ connection, namespace }),
    taskQueue: DEFAULT_TASK_QUEUE,
    address,
    env: await withoutTemporalSettings(folder),
    referenceSuffix: '',
    ...(server.uiUrl === undefined ? {} : { uiUrl: server.uiUrl }),
    stop: async () => {
      await connection.close();
      await server.stop();
    },
    kill: () => void server.kill(),
  };
}

/** TLS, keys and profiles of another server must not reach our own, which has none. */
async function withoutTemporalSettings(folder: string): Promise<NodeJS.ProcessEnv> {
  const emptyFile = join(folder, 'temporal.toml');
  // Temporal's reader does not take a file without any profile.
  await writeFile(emptyFile, '[profile.default]\n');
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith('TEMPORAL_'));
  return { ...Object.fromEntries(others), TEMPORAL_CONFIG_FILE: emptyFile };
}

async function guestAt(connections: readonly string[]): Promise<DevTemporal> {
  const { connection, namespace } = await openConnection({});
  const client = new Client({ connection, namespace });
  const missing = await missingSearchAttributes(client);
  if (missing.length > 0) {
    await connection.close();
    throw new Failed(
      `The namespace "${namespace}" lacks search attributes (${missing.join(', ')}). \`waybill setup\` creates them.`,
    );
  }
  return {
    client,
    taskQueue: GUEST_TASK_QUEUE,
    env: process.env,
    referenceSuffix: `-${Date.now().toString(36)}`,
    stop: async () => {
      for (const id of connections.flatMap((name) => [connectionWorkflowId(name), hintsWorkflowId(name)])) {
        // It may not have got as far as starting.
        const handle = client.workflow.getHandle(id);
        await handle.terminate('the demonstration has ended').catch(() => undefined);
      }
      await connection.close();
    },
    kill: () => {},
  };
}
