import { choosePort } from '../../processes/ports.js';
import { keapDemonstration, startSandbox } from '../../sandbox/index.js';
import { EXIT } from '../exit.js';
import { print, printJson } from '../print.js';
import { onSignals } from '../signals.js';

export interface SandboxFlags {
  readonly port?: number;
  readonly searchLag?: number;
  readonly latency?: number;
  readonly throttle: boolean;
  readonly json?: boolean;
}

/** What `--json` prints when the sandbox can be used, in one line. */
export interface SandboxReady {
  readonly url: string;
  readonly ledger: string;
  readonly connections: Readonly<Record<string, unknown>>;
}

/** Runs the sandbox until a signal comes. */
export async function runSandbox(flags: SandboxFlags): Promise<void> {
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
  const ready: SandboxReady = {
    url,
    ledger: `${url}/_sandbox/ledger`,
    connections: keapDemonstration.connections(url),
  };
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
      () => process.exit(EXIT.failed),
    );
  });
  await sandbox.stop();
}
