import type { Command } from 'commander';
import { port, wholeNumber } from '../numbers.js';
import type { SandboxFlags } from '../run/sandbox.js';

const HELP = `
Runs until Ctrl-C. Everything is forgotten at the end. Below <url>/_sandbox are the ledger (what really happened),
faults and controls. With --port n the first platform listens on n, the next on n + 1.

Examples:
  waybill sandbox
  waybill sandbox keap --port 8234 --search-lag 30000
  curl -s http://127.0.0.1:8234/_sandbox/ledger`;

export function addSandbox(program: Command): void {
  program
    .command('sandbox')
    .description('run the imitations of the platforms, with their ledgers')
    .argument('[platforms...]', 'which ones (default: all)')
    .option('--port <number>', 'port on 127.0.0.1 of the first (default: any free ones)', port)
    .option('--search-lag <ms>', 'how long a new record stays invisible to searches', wholeNumber)
    .option('--latency <ms>', 'from the work to its answer', wholeNumber)
    .option('--no-throttle', 'without the limits of the platforms')
    .option('--json', 'print where they are and how to connect to them as one line of JSON')
    .addHelpText('after', HELP)
    .action(async (platforms: string[], flags: SandboxFlags) =>
      (await import('../run/sandbox.js')).runSandbox(platforms, flags),
    );
}
