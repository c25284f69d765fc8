import { existsSync } from 'node:fs';
import type { Client } from '@temporalio/client';
import type { Command } from 'commander';
import { type Connection, loadConnections } from '../../connections.js';
import { DEFAULT_CONNECTIONS_FILE } from '../connections-file.js';
import { BadInput } from '../exit.js';
import { print } from '../print.js';
import { consentOf, obtainConsent } from '../setup/consent.js';
import { ensureRetention, ensureSearchAttributes } from '../setup/namespace.js';
import { defaultStateFolder } from '../state-folder.js';
import { type TemporalFlags, temporalOptions, withClient } from '../temporal.js';

interface Flags extends TemporalFlags {
  readonly connections?: string;
  readonly stateFolder?: string;
  readonly code?: string;
}

const HELP = `
Creates the search attributes, raises the retention of the namespace to 30 days, and gets the first consent for
connections that use OAuth. What is there already stays as it is: it may be run again at any time.
A connection that is named gets a new consent.

Examples:
  waybill setup
  waybill setup keap/acme --code 5mF2…`;

export function addSetup(program: Command): void {
  temporalOptions(
    program
      .command('setup')
      .description('prepare the Temporal namespace, and the accounts that need a consent')
      .argument('[connections...]', 'get a new consent for these'),
  )
    .option('--connections <file>', `the connections (default: ${DEFAULT_CONNECTIONS_FILE}, if there is one)`)
    .option('--state-folder <folder>', `where tokens are kept (default: ${defaultStateFolder({})})`)
    .option('--code <code>', 'the code of the consent of the one connection that is named')
    .addHelpText('after', HELP)
    .action((names: string[], flags: Flags) => setup(names, flags));
}

async function setup(names: readonly string[], flags: Flags): Promise<void> {
  if (flags.code !== undefined && names.length !== 1) throw new BadInput('--code', ['expected one connection with it']);
  const connections = connectionsFrom(flags.connections, names);
  await withClient(flags, prepareNamespace);
  const stateFolder = flags.stateFolder ?? defaultStateFolder(process.env);
  for (const connection of connections) {
    const consent = consentOf(connection, stateFolder);
    if (consent === undefined) {
      if (names.includes(connection.name)) print(`${connection.name}: its credentials need no consent`);
    } else if (!names.includes(connection.name) && (await consent.given())) {
      print(`${connection.name}: the consent is there`);
    } else {
      await obtainConsent(connection.name, consent, flags.code);
    }
  }
}

function connectionsFrom(path: string | undefined, names: readonly string[]): readonly Connection[] {
  const file = path ?? DEFAULT_CONNECTIONS_FILE;
  if (path === undefined && names.length === 0 && !existsSync(file)) return [];
  const connections = loadConnections(file);
  for (const name of names) {
    if (connections.has(name)) continue;
    throw new BadInput('connection', [
      `${name} is not in ${file}; expected one of: ${[...connections.keys()].join(', ')}`,
    ]);
  }
  return names.length === 0
    ? [...connections.values()]
    : [...connections.values()].filter(({ name }) => names.includes(name));
}

async function prepareNamespace(client: Client): Promise<void> {
  const { namespace } = client.options;
  const created = await ensureSearchAttributes(client);
  print(`${namespace}: search attributes ${created.length === 0 ? 'are there' : `created: ${created.join(', ')}`}`);
  const { was, is } = await ensureRetention(client);
  print(`${namespace}: ended orders are kept for ${is} days${was === is ? '' : `, was ${was}`}`);
}
