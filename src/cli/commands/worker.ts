import { type Client, isGrpcServiceError } from '@temporalio/client';
import type { Command } from 'commander';
import { loadConnections } from '../../connections.js';
import { startWorker } from '../../worker.js';
import { DEFAULT_TASK_QUEUE } from '../../workflows/contract.js';
import { DEFAULT_CONNECTIONS_FILE, warningsOf } from '../connections-file.js';
import { BadInput, EXIT, Failed } from '../exit.js';
import { installLog } from '../log.js';
import { missingSearchAttributes } from '../setup/namespace.js';
import { onSignals } from '../signals.js';
import { defaultStateFolder } from '../state-folder.js';
import { type TemporalFlags, temporalOptions, withClient } from '../temporal.js';

interface Flags extends TemporalFlags {
  readonly connections: string;
  readonly taskQueue: string;
  readonly stateFolder?: string;
}

const HELP = `
Runs until SIGTERM or SIGINT: then it hands its connections over, finishes the writes that are under way, and ends.
A second signal ends it at once. Any number of workers share the connections out. Logs are JSON, one object a line.

Examples:
  waybill worker
  waybill worker --connections /etc/waybill/waybill.json --state-folder /var/lib/waybill`;

export function addWorker(program: Command): void {
  temporalOptions(program.command('worker').description('run a worker process'))
    .option('--connections <file>', 'the connections', DEFAULT_CONNECTIONS_FILE)
    .option('--task-queue <name>', 'task queue of the orders', DEFAULT_TASK_QUEUE)
    .option('--state-folder <folder>', `where tokens are kept (default: ${defaultStateFolder({})})`)
    .addHelpText('after', HELP)
    .action(run);
}

async function run(flags: Flags): Promise<void> {
  const connections = loadConnections(flags.connections);
  if (connections.size === 0) throw new BadInput(flags.connections, ['connections: expected at least one']);
  await withClient(flags, expectSetUp);
  const log = installLog();
  for (const warning of warningsOf(connections)) log.warn(warning);
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
