import { existsSync } from 'node:fs';
import type { Client } from '@temporalio/client';
import { type Connection, loadConnections, loadWebhooks } from '../../connections.js';
import { DEFAULT_CONNECTIONS_FILE } from '../connections-file.js';
import { BadInput } from '../exit.js';
import { print } from '../print.js';
import { consentOf, obtainConsent } from '../setup/consent.js';
import { ensureRetention, ensureSearchAttributes } from '../setup/namespace.js';
import { isRegistrable, registerWebhooks } from '../setup/webhooks.js';
import { defaultStateFolder } from '../state-folder.js';
import { type TemporalFlags, withClient } from '../temporal.js';

export interface SetupFlags extends TemporalFlags {
  readonly connections?: string;
  readonly stateFolder?: string;
  readonly code?: string;
  readonly replaceWebhooks?: boolean;
}

/**
 * Prepares the namespace, gets the consents that are missing, and new ones for the connections named, and registers
 * webhooks.
 */
export async function runSetup(names: readonly string[], flags: SetupFlags): Promise<void> {
  if (flags.code !== undefined && names.length !== 1) throw new BadInput('--code', ['expected one connection with it']);
  const file = flags.connections ?? DEFAULT_CONNECTIONS_FILE;
  const nothing = flags.connections === undefined && names.length === 0 && !existsSync(file);
  const connections = nothing ? [] : connectionsFrom(file, names);
  const webhooks = webhooksFrom(file, connections);
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
  await registerWebhooks(
    connections.filter(({ hasWebhook }) => hasWebhook),
    webhooks,
    { stateFolder, removeStale: flags.replaceWebhooks === true },
  );
}

function connectionsFrom(file: string, names: readonly string[]): readonly Connection[] {
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

type Webhooks = ReturnType<typeof loadWebhooks>;

/** Of those that are to be registered: the secrets of the others need not be known here. */
function webhooksFrom(file: string, connections: readonly Connection[]): Webhooks {
  const wanted = connections.filter((each) => each.hasWebhook && isRegistrable(each)).map(({ name }) => name);
  return wanted.length === 0 ? new Map() : loadWebhooks(file, process.env, wanted);
}

async function prepareNamespace(client: Client): Promise<void> {
  const { namespace } = client.options;
  const created = await ensureSearchAttributes(client);
  print(`${namespace}: search attributes ${created.length === 0 ? 'are there' : `created: ${created.join(', ')}`}`);
  const { was, is } = await ensureRetention(client);
  print(`${namespace}: ended orders are kept for ${is} days${was === is ? '' : `, was ${was}`}`);
}
