import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { addDev } from './commands/dev.js';
import { addFollow } from './commands/follow.js';
import { addGateway } from './commands/gateway.js';
import { addReplay } from './commands/replay.js';
import { addSandbox } from './commands/sandbox.js';
import { addSchema } from './commands/schema.js';
import { addUpdates } from './commands/send.js';
import { addSetup } from './commands/setup.js';
import { addStart } from './commands/start.js';
import { addStatus } from './commands/status.js';
import { addWorker } from './commands/worker.js';

const HELP = `
Temporal is found as its own tools find it: TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_PROFILE, temporal.toml.

Exit codes:
  0  done
  1  it failed, or was refused
  2  bad input or configuration: nothing was started`;

/**
 * The `waybill` command. What is heavy (Temporal, the sandbox) is loaded when a command
 * needs it, so that help and mistakes are quick.
 * Its actions set the exit code when it is not 0, or throw.
 */
export function waybillProgram(): Command {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const program = new Command('waybill')
    .description('Carries orders through the systems that sell, pack and bill them, as durable Temporal workflows.')
    .version(version)
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(`waybill help <command>` shows what is expected)')
    .addHelpText('after', HELP)
    // Before the commands, because they inherit it.
    .exitOverride();
  for (const add of [
    addDev,
    addStart,
    addStatus,
    addFollow,
    addUpdates,
    addSchema,
    addWorker,
    addGateway,
    addSetup,
    addReplay,
    addSandbox,
  ]) {
    add(program);
  }
  return program;
}
