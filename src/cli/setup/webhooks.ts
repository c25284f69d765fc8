import { byHand } from '../../activities/by-hand.js';
import { failureType } from '../../activities/failure.js';
import { platforms } from '../../activities/index.js';
import { type RegistrationOutcome, register } from '../../activities/registration.js';
import { wholeAddressOf } from '../../connections/webhook.js';
import type { Connection, ConnectionWebhook } from '../../connections.js';
import { Failed } from '../exit.js';
import { print } from '../print.js';

/** Where tokens are kept, and whether earlier registrations of the connection are taken out. */
export interface RegisterOptions {
  readonly stateFolder: string;
  readonly removeStale: boolean;
}

/** Whether the platform has webhooks registered over its API, rather than by a person there. */
export const isRegistrable = ({ platform }: Pick<Connection, 'platform'>): boolean =>
  platforms.get(platform)?.webhook?.registration !== undefined;

/**
 * Registers the webhooks of connections, and says in a line what came of each.
 *
 * @param connections that have webhooks
 * @param webhooks of those that are registrable
 * @throws {@link Failed} when some are not registered; that keeps none of the others from it
 */
export async function registerWebhooks(
  connections: readonly Connection[],
  webhooks: ReadonlyMap<string, ConnectionWebhook>,
  options: RegisterOptions,
): Promise<void> {
  const problems: string[] = [];
  for (const connection of connections) {
    const { name } = connection;
    const webhook = webhooks.get(name);
    if (webhook === undefined) {
      print(`${name}: no webhooks to register: a person sets them up at the platform, see Webhooks in the README`);
    } else if (webhook.url === undefined) {
      print(`${name}: webhooks are not registered: webhook.url does not say where the gateway is reached`);
    } else {
      try {
        tell(name, await registerAt(connection, webhook, options));
      } catch (error) {
        if (!(error instanceof Failed)) throw error;
        problems.push(error.message);
      }
    }
  }
  if (problems.length > 0) throw new Failed(problems.join('\n'));
}

function tell(name: string, { registered, removed, stale }: RegistrationOutcome): void {
  print(`${name}: webhooks ${registered.length === 0 ? 'are registered' : `registered: ${registered.join(', ')}`}`);
  if (removed.length > 0) print(`${name}: earlier webhooks removed: ${removed.join(', ')}`);
  if (stale.length > 0) {
    print(`${name}: earlier webhooks are still registered: ${stale.join(', ')}; --replace-webhooks removes them`);
  }
}

/**
 * Registers the webhooks of one connection, without a word.
 *
 * @param webhook of a platform that {@link isRegistrable}, with its `url`
 * @throws {@link Failed} when they are not registered
 */
export async function registerAt(
  connection: Connection,
  webhook: ConnectionWebhook,
  { stateFolder, removeStale }: RegisterOptions,
): Promise<RegistrationOutcome> {
  const platform = platforms.get(connection.platform);
  const served = platform && byHand(platform, connection, stateFolder);
  const registration = served && platform.webhook?.registration?.(served, webhook.settings, wholeAddressOf(webhook));
  if (registration === undefined) throw new TypeError(`${connection.platform} registers no webhooks`);
  try {
    return await register(registration, { removeStale });
  } catch (error) {
    if (failureType(error) === undefined) throw error;
    throw new Failed(`${connection.name}: webhooks are not registered: ${(error as Error).message}`);
  }
}
