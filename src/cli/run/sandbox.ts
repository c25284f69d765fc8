import { ZodError } from 'zod';
import { choosePort } from '../../processes/ports.js';
import {
  demonstrations,
  type PlatformName,
  platformNames,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from '../../sandbox/index.js';
import { BadInput, EXIT } from '../exit.js';
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
  readonly platforms: Readonly<Record<string, { readonly url: string; readonly ledger: string }>>;
  /** To all of them, by name, as a configuration file has them. */
  readonly connections: Readonly<Record<string, unknown>>;
}

/** TCP has no port above it. */
const LAST_PORT = 65_535;

/** Runs the imitations of these platforms, of all when none is named, until a signal comes. */
export async function runSandbox(named: readonly string[], flags: SandboxFlags): Promise<void> {
  const only = platformsOf(named);
  const sandbox = await start({
    only,
    ports: await portsFor(only, flags.port),
    all: {
      ...(flags.searchLag !== undefined && { searchLagMs: flags.searchLag }),
      ...(flags.latency !== undefined && { latencyMs: flags.latency }),
      ...(flags.throttle ? {} : { throttle: 'off' }),
    },
  });
  const ready = readinessOf(sandbox);
  if (flags.json === true) {
    print(JSON.stringify(ready));
  } else {
    for (const [name, { url, ledger }] of Object.entries(ready.platforms)) {
      print(`${name} sandbox  ${url}`);
      print(`  ledger  ${ledger}`);
    }
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

/** A number may be more than a platform's imitation takes: Logistics Plus lags by a minute at most. */
async function start(options: SandboxOptions): Promise<Sandbox> {
  try {
    return await startSandbox(options);
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    throw new BadInput(
      'the options of the sandbox',
      error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
    );
  }
}

/** In the sandbox's order. */
function platformsOf(named: readonly string[]): PlatformName[] {
  const unknown = named.filter((name) => !(platformNames as readonly string[]).includes(name));
  if (unknown.length > 0) {
    throw new BadInput(
      'platforms',
      unknown.map((name) => `there is no imitation of ${name}, only of ${platformNames.join(', ')}`),
    );
  }
  return platformNames.filter((name) => named.length === 0 || named.includes(name));
}

/** The first gets the port that was asked for, the others those after it. */
async function portsFor(names: readonly PlatformName[], first = 0): Promise<Partial<Record<PlatformName, number>>> {
  const last = first + names.length - 1;
  if (last > LAST_PORT) throw new BadInput('--port', [`${names.length} platforms would need the ports up to ${last}`]);
  const ports: Partial<Record<PlatformName, number>> = {};
  for (const [index, name] of names.entries()) {
    if (first > 0) ports[name] = (await choosePort(first + index, `the port of the ${name} sandbox`)).port;
  }
  return ports;
}

function readinessOf({ platforms }: Sandbox): SandboxReady {
  return {
    platforms: Object.fromEntries(
      [...platforms].map(([name, { url, ledgerUrl }]) => [name, { url, ledger: ledgerUrl }]),
    ),
    connections: Object.assign(
      {},
      ...[...platforms].map(([name, { url }]) => demonstrations.get(name)?.connections(url)),
    ),
  };
}
