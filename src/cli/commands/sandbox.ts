import type { Command } from 'commander';
import { port, wholeNumber } from '../numbers.js';
import type { SandboxFlags } from '../run/sandbox.js';

const HELP = `
Runs until Ctrl-C. Everything is forgotten at the end. Below <url>/_sandbox are the ledger (what really happened),
faults and controls.

Examples:
  waybill sandbox
  waybill sandbox --port 8234 --search-lag 30000
  curl -s http://127.0.0.1:8234/_sandbox/ledger`;

export function addSandbox(program: Command): void {
  program
    .command('sandbox')
    .description('run the imitation of Keap, with its ledger')
    .option('--port <number>', 'port on 127.0.0.1 (default: any free one)', port)
    .option('--search-lag <ms>', 'how long a new record stays invisible to searches', wholeNumber)
    .option('--latency <ms>', 'from the work to its answer', wholeNumber)
    .option('--no-throttle', 'without the limits of the platform')
    .option('--json', 'print where it is and how to connect to it as one line of JSON')
    .addHelpText('after', HELP)
    .action(async (flags: SandboxFlags) => (await import('../run/sandbox.js')).runSandbox(flags));
}
