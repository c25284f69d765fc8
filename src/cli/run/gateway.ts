import { wholeAddressOf } from '../../connections/webhook.js';
import { type GatewayOptions, loadWebhooks, type RunningGateway, startGateway } from '../../gateway.js';
import { BadInput, EXIT, Failed } from '../exit.js';
import { installLog } from '../log.js';
import { print } from '../print.js';
import { onSignals } from '../signals.js';
import { type TemporalFlags, targetOf } from '../temporal.js';

export interface GatewayFlags extends TemporalFlags {
  readonly connections: string;
  readonly host?: string;
  readonly port?: number;
  readonly taskQueue: string;
  readonly printRoutes?: boolean;
}

/** Runs a gateway until a signal stops it in order, or a second one ends it at once. */
export async function runGateway(flags: GatewayFlags): Promise<void> {
  const webhooks = loadWebhooks(flags.connections);
  if (webhooks.size === 0) throw new BadInput(flags.connections, ['connections: expected at least one with webhook']);
  if (flags.printRoutes === true) {
    for (const webhook of webhooks.values()) print(wholeAddressOf(webhook));
    return;
  }
  // Before anything is started: a broken configuration of Temporal's is bad input.
  targetOf(flags);
  const log = installLog();
  const { taskQueue, host, port } = flags;
  const gateway = await start({
    webhooks,
    temporal: flags,
    taskQueue,
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port }),
    log,
  });
  await new Promise<void>((resolve) => {
    onSignals(
      (signal) => {
        log.info('stops in order', { signal });
        resolve();
      },
      () => process.exit(EXIT.failed),
    );
  });
  await gateway.stop();
}

/** Why a program may not listen somewhere, by the code of the operating system. */
const why: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there',
  EACCES: 'this user may not listen there',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'there is no such address',
};

async function start(options: GatewayOptions): Promise<RunningGateway> {
  try {
    return await startGateway(options);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    const reason = why[code];
    if (reason === undefined) throw error;
    throw new Failed(`The gateway cannot listen: ${reason} (${message}). Choose with --host and --port.`);
  }
}
