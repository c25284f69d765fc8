import { existsSync } from 'node:fs';
import type { Connection } from '../connections.js';
import type { OrderHead } from '../workflows/contract.js';
import { BadInput } from './exit.js';

/** Where commands look for the connections when nobody says. */
export const DEFAULT_CONNECTIONS_FILE = 'waybill.json';

/**
 * What the configuration has against an order: an unknown connection, or members that the connection cannot carry.
 * Whoever starts an order need not have the secrets of the worker, so variables that are not set are taken as set.
 *
 * @param path the connections file; without it `waybill.json` is used if there is one, and else nothing is checked
 * @throws ConfigurationError when the file cannot be used
 * @throws {@link BadInput} when the order does not fit
 */
export async function expectCarried(
  path: string | undefined,
  source: string,
  story: string,
  order: OrderHead,
): Promise<void> {
  const file = path ?? (existsSync(DEFAULT_CONNECTIONS_FILE) ? DEFAULT_CONNECTIONS_FILE : undefined);
  if (file === undefined) return;
  const { loadConnections } = await import('../connections.js');
  const { platforms } = await import('../activities/index.js');
  const connections = loadConnections(file, withoutSecrets(process.env));
  const connection = connections.get(order.connection);
  if (connection === undefined) {
    const known = [...connections.keys()].join(', ') || 'none';
    throw new BadInput(source, [`connection: ${order.connection} is not in ${file}; expected one of: ${known}`]);
  }
  const problems = platforms.get(connection.platform)?.check(connection, story, order) ?? [];
  if (problems.length > 0) throw new BadInput(source, problems);
}

/** One line for each connection about which a person should know something, e.g. an announced end. */
export async function warningsOf(connections: ReadonlyMap<string, Connection>): Promise<string[]> {
  const { platforms } = await import('../activities/index.js');
  return [...connections.values()]
    .map((connection) => platforms.get(connection.platform)?.warning?.(connection))
    .filter((warning) => warning !== undefined);
}

function withoutSecrets(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return new Proxy(env, { get: (variables, name) => variables[String(name)] ?? 'not-set' });
}
