import { type Client, isGrpcServiceError } from '@temporalio/client';
import { loadConnections } from '../../connections.js';
import { startWorker } from '../../worker.js';
import { warningsOf } from '../connections-file.js';
import { BadInput, EXIT, Failed } from '../exit.js';
import { installLog } from '../log.js';
import { missingSearchAttributes } from '../setup/namespace.js';
import { onSignals } from '../signals.js';
import { defaultStateFolder } from '../state-folder.js';
import { type TemporalFlags, withClient } from '../temporal.js';

export interface WorkerFlags extends TemporalFlags {
  readonly connections: string;
  readonly taskQueue: string;
  readonly stateFolder?: string;
}

/** Runs a worker until a signal stops it in order, or a second one ends it at once. */
export async function runWorker(flags: WorkerFlags): Promise<void> {
  const connections = loadConnections(flags.connections);
  if (connections.size === 0) throw new BadInput(flags.connections, ['connections: expected at least one']);
  await withClient(flags, expectSetUp);
  const log = installLog();
  for (const warning of await warningsOf(connections)) log.warn(warning);
  const worker = await startWorker({
    connections,
    temporal: flags,
    taskQueue: flags.taskQueue,
    stateFolder: flags.stateFolder ?? defaultStateFolder(process.env),
    log,
  });
  onSignals(
    (signal) => {
      log.info('stops in order', { signal });
      void worker.stop().catch(() => undefined);
    },
    () => process.exit(EXIT.failed),
  );
  await worker.stopped;
}

/** Without its search attributes every order would fail at its first step. */
async function expectSetUp(client: Client): Promise<void> {
  let missing: readonly string[];
  try {
    missing = await missingSearchAttributes(client);
  } catch (error) {
    // Temporal Cloud lets nobody ask.
    if (isGrpcServiceError(error) && (error.code === PERMISSION_DENIED || error.code === UNIMPLEMENTED)) return;
    throw error;
  }
  if (missing.length > 0) {
    throw new Failed(
      `The namespace "${client.options.namespace}" lacks search attributes (${missing.join(', ')}). \`waybill setup\` creates them.`,
    );
  }
}

/** gRPC status codes. */
const PERMISSION_DENIED = 7;
const UNIMPLEMENTED = 12;
