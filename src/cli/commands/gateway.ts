import type { Command } from 'commander';
import { DEFAULT_TASK_QUEUE } from '../../workflows/contract.js';
import { DEFAULT_CONNECTIONS_FILE } from '../connections-file.js';
import { port } from '../numbers.js';
import type { GatewayFlags } from '../run/gateway.js';
import { temporalOptions } from '../temporal.js';

const HELP = `
Webhooks are verified, made durable and only then acknowledged. While Temporal cannot be reached they are answered 503,
so that their sender tries again. It needs the member "webhook" of the connections and no other secret of them.
Runs until SIGTERM or SIGINT: then it answers what is under way, and ends. A second signal ends it at once.
Logs are JSON, one object a line. GET /health, /ready and /metrics are for operators: only /webhooks/ belongs outside.

Examples:
  waybill gateway --print-routes
  waybill gateway --connections /etc/waybill/waybill.json --port 8240`;

export function addGateway(program: Command): void {
  temporalOptions(program.command('gateway').description('take webhooks in'))
    .option('--connections <file>', 'the connections', DEFAULT_CONNECTIONS_FILE)
    .option('--host <address>', 'where it listens (default: 127.0.0.1, this machine only)')
    .option('--port <number>', 'port (default: 8240)', port)
    .option('--task-queue <name>', 'task queue of the workers', DEFAULT_TASK_QUEUE)
    .option('--print-routes', 'print where the webhooks of each connection go, secret part and all, and end')
    .addHelpText('after', HELP)
    .action(async (flags: GatewayFlags) => (await import('../run/gateway.js')).runGateway(flags));
}
