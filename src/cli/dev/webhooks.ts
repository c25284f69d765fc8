import { randomBytes } from 'node:crypto';
import { platforms } from '../../activities/index.js';
import { addressOf } from '../../connections/webhook.js';
import { parseConnections, parseWebhooks } from '../../connections.js';
import { isRegistrable, registerAt } from '../setup/webhooks.js';
import type { SandboxClient } from './sandbox-client.js';

/** Connections by name, as a configuration file has them. */
export type RawConnections = Readonly<Record<string, object>>;

/** 32 letters as base64url: more than anybody guesses. */
const SECRET_BYTES = 24;

/** Where the imitations show the secret. */
const HEADER = 'X-Waybill-Secret';

/**
 * From a change to its webhook, in milliseconds of the imitation's clock. The searches of an imitation show everything
 * as it was a quarter of a second ago: what is read at once shows nothing new, and is looked at again half a minute later.
 */
const DELAY_MS = 500;

/**
 * Has each imitation that sends webhooks send them to a gateway, with secrets made up for this one time.
 *
 * @param url of the gateway
 * @param stateFolder where tokens are kept
 * @returns the connections, with the member `webhook` where webhooks come for them; and what registers those that are
 * registered, once the gateway runs: a platform may ask it at once whether it wants them
 */
export async function subscribe(
  connections: RawConnections,
  sandboxes: ReadonlyMap<string, SandboxClient>,
  url: string,
  stateFolder: string,
): Promise<{ readonly connections: RawConnections; readonly register: () => Promise<void> }> {
  const all = { ...connections };
  const registrable = new Map<string, object>();
  for (const [platform, sandbox] of sandboxes) {
    // An imitation is one account, however many ways there are to talk to it.
    const name = Object.keys(connections).find((each) => each.startsWith(`${platform}/`));
    const webhook = platforms.get(platform)?.webhook;
    if (name === undefined || webhook === undefined) continue;
    if (isRegistrable({ platform })) {
      const shown = { secrets: [madeUp()] };
      const secrets = webhook.settings.safeParse(shown).success ? shown : {};
      const connection = { ...connections[name], webhook: { path: madeUp(), url, ...secrets } };
      await sandbox.control('webhook', { delayMs: DELAY_MS });
      registrable.set(name, connection);
      all[name] = connection;
      continue;
    }
    const path = madeUp();
    const secret = madeUp();
    const settings = { secrets: [secret], header: HEADER };
    const taken = await sandbox.controlIfAny('webhook', {
      url: `${url}${addressOf({ connection: name, platform, path, settings })}`,
      headers: { [HEADER]: secret },
      delayMs: DELAY_MS,
    });
    if (taken) all[name] = { ...connections[name], webhook: { path, ...settings } };
  }
  const register = async () => {
    for (const [name, connection] of registrable) await registerFor(name, connection, stateFolder);
  };
  return { connections: all, register };
}

/** As `waybill setup` does for a real account; those of an earlier time go nowhere. */
async function registerFor(name: string, raw: object, stateFolder: string): Promise<void> {
  const connections = { connections: { [name]: raw } };
  const connection = parseConnections(connections, name).get(name);
  const webhook = parseWebhooks(connections, name).get(name);
  if (connection === undefined || webhook === undefined) throw new TypeError(`${name} was not parsed`);
  await registerAt(connection, webhook, { stateFolder, removeStale: true });
}

const madeUp = (): string => randomBytes(SECRET_BYTES).toString('base64url');
