import type { Command } from 'commander';
import { DEFAULT_CONNECTIONS_FILE } from '../connections-file.js';
import type { SetupFlags } from '../run/setup.js';
import { defaultStateFolder } from '../state-folder.js';
import { temporalOptions } from '../temporal.js';

const HELP = `
Creates the search attributes, raises the retention of the namespace to 30 days, gets the first consent for connections
that use OAuth, and registers webhooks with platforms that have an API for that, for connections with "webhook.url". What
is there already stays as it is: it may be run again at any time.
A connection that is named gets a new consent, and is the only one to be looked at.

Examples:
  waybill setup
  waybill setup keap/acme --code 5mF2…
  waybill setup --replace-webhooks`;

export function addSetup(program: Command): void {
  temporalOptions(
    program
      .command('setup')
      .description('prepare the Temporal namespace, and the accounts: consent and webhooks')
      .argument('[connections...]', 'get a new consent for these'),
  )
    .option('--connections <file>', `the connections (default: ${DEFAULT_CONNECTIONS_FILE}, if there is one)`)
    .option('--state-folder <folder>', `where tokens are kept (default: ${defaultStateFolder({})})`)
    .option(
      '--code <address or code>',
      'what the browser was sent to after the consent to the one connection that is named, or the code in it',
    )
    .option('--replace-webhooks', 'remove what is registered for an earlier path of a connection, or twice')
    .addHelpText('after', HELP)
    .action(async (names: string[], flags: SetupFlags) => (await import('../run/setup.js')).runSetup(names, flags));
}
