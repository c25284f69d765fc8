import { existsSync } from 'node:fs';
import type { Client } from '@temporalio/client';
import { type Connection, loadConnections } from '../../connections.js';
import { DEFAULT_CONNECTIONS_FILE } from '../connections-file.js';
import { BadInput } from '../exit.js';
import { print } from '../print.js';
import { consentOf, obtainConsent } from '../setup/consent.js';
import { ensureRetention, ensureSearchAttributes } from '../setup/namespace.js';
import { defaultStateFolder } from '../state-folder.js';
import { type TemporalFlags, withClient } from '../temporal.js';

export interface SetupFlags extends TemporalFlags {
  readonly connections?: string;
  readonly stateFolder?: string;
  readonly code?: string;
}

/** Prepares the namespace, then gets the consents that are missing, and new ones for the connections named. */
export async function runSetup(names: readonly string[], flags: SetupFlags): Promise<void> {
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
