import type { Command } from 'commander';
import { DEFAULT_TASK_QUEUE } from '../../workflows/contract.js';
import { DEFAULT_CONNECTIONS_FILE } from '../connections-file.js';
import type { WorkerFlags } from '../run/worker.js';
import { defaultStateFolder } from '../state-folder.js';
import { temporalOptions } from '../temporal.js';

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
    .action(async (flags: WorkerFlags) => (await import('../run/worker.js')).runWorker(flags));
}
