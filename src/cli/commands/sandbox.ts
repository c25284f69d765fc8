import type { Command } from 'commander';
import { choosePort } from '../../processes/ports.js';
import { startSandbox } from '../../sandbox/index.js';
import { port, wholeNumber } from '../numbers.js';
import { print, printJson } from '../print.js';
import { sandboxConnections } from '../sandbox-connections.js';
import { onSignals } from '../signals.js';

interface Flags {
  readonly port?: number;
  readonly searchLag?: number;
  readonly latency?: number;
  readonly throttle: boolean;
  readonly json?: boolean;
}

const HELP = `
Runs until Ctrl-C. Everything is forgotten at the end. Below <url>/_sandbox are the ledger (what really happened),
faults and controls.

Examples:
  waybill sandbox
  waybill sandbox --port 8234 --search-lag 30000
  curl -s http://127.0.0.1:8234/_sandbox/ledger`;

/** What `--json` prints when the sandbox can be used, in one line. */
export interface SandboxReady {
  readonly url: string;
  readonly ledger: string;
  readonly connections: Readonly<Record<string, unknown>>;
}

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
    .action(run);
}

async function run(flags: Flags): Promise<void> {
  const chosen = await choosePort(flags.port === 0 ? undefined : flags.port, "the sandbox's port");
  const sandbox = await startSandbox({
    keap: {
      port: chosen.port,
      ...(flags.searchLag !== undefined && { searchLagMs: flags.searchLag }),
      ...(flags.latency !== undefined && { latencyMs: flags.latency }),
      ...(flags.throttle ? {} : { throttle: 'off' }),
    },
  });
  const { url } = sandbox.keap;
  const ready: SandboxReady = { url, ledger: `${url}/_sandbox/ledger`, ...sandboxConnections({ keapUrl: url }) };
  if (flags.json === true) {
    print(JSON.stringify(ready));
  } else {
    print(`Keap sandbox  ${ready.url}`);
    print(`ledger        ${ready.ledger}`);
    print('connections for waybill.json:');
    printJson({ connections: ready.connections });
  }
  await new Promise<void>((resolve) => {
    onSignals(
      () => resolve(),
      () => process.exit(1),
    );
  });
  await sandbox.stop();
}
