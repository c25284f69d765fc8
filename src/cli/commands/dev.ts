import type { Command } from 'commander';
import { port } from '../numbers.js';
import type { DevFlags } from '../run/dev.js';

const HELP = `
Starts a Temporal server with its UI, the imitations of the platforms, a gateway that takes their webhooks in, and a
worker; plays the orders of the examples from start to end, shows how they ended, and stays up until Ctrl-C. Nothing is
kept, and nothing goes on running, after its end.
With TEMPORAL_ADDRESS set the orders run on that server, which \`waybill setup\` has prepared.

Exit code 0 when each order ended as its example says it should; the sandbox's ledger is the judge.

Examples:
  waybill dev
  waybill dev --once
  waybill dev examples/4-declined.json --ui-port 9000`;

export function addDev(program: Command): void {
  program
    .command('dev')
    .description('run everything on this machine, and the example orders through it')
    .argument('[examples...]', 'examples to play (default: those of the folder examples/)')
    .option('--once', 'end when the orders have ended')
    .option('--port <number>', 'port of the Temporal server (default: 7233 if it is free)', port)
    .option('--ui-port <number>', 'port of the Temporal UI (default: 8233 if it is free)', port)
    .option(
      '--sandbox-port <number>',
      "port of the first platform's imitation, the others follow (default: 8234 if they are free)",
      port,
    )
    .option('--gateway-port <number>', 'port of the gateway (default: 8240 if it is free)', port)
    .addHelpText('after', HELP)
    .action(async (files: string[], flags: DevFlags) => (await import('../run/dev.js')).runDev(files, flags));
}
