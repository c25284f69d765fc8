import { createInterface } from 'node:readline/promises';
import type { Consent } from '../../activities/consent.js';
import { platforms } from '../../activities/index.js';
import type { Connection } from '../../connections.js';
import { Failed } from '../exit.js';
import { print } from '../print.js';

/** The consent that a connection needs; undefined where its credentials are enough. */
export function consentOf(connection: Connection, stateFolder: string): Consent | undefined {
  return platforms.get(connection.platform)?.consent?.(connection, stateFolder);
}

/**
 * Gets the consent of one connection: shows the address, takes what the browser was sent to, has it stored.
 *
 * @param code as given on the command line; without it the person at the terminal is asked
 * @throws {@link Failed} when there is neither a code nor a person
 * @throws ConsentError when the consent cannot be asked for, was not given, or was not stored
 */
export async function obtainConsent(name: string, consent: Consent, code: string | undefined): Promise<void> {
  if (code === undefined) {
    print(`${name} needs the consent of the account's owner. Open this address and agree:`);
    print(`  ${consent.authorizeUrl()}`);
    print('The browser is then sent to another address, with code=… in it. Copy that address, or the code from it.');
  }
  await consent.redeem(code ?? (await ask(name)));
  print(`${name}: the consent is stored`);
}

async function ask(name: string): Promise<string> {
  if (process.stdin.isTTY !== true) {
    throw new Failed(`${name}: then run \`waybill setup ${name} --code '<address or code>'\``);
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question('address or code: ')).trim();
  } finally {
    terminal.close();
  }
}
