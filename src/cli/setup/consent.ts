import { createInterface } from 'node:readline/promises';
import { platforms } from '../../activities/index.js';
import type { Platform } from '../../activities/platform.js';
import type { Connection } from '../../connections.js';
import { Failed } from '../exit.js';
import { print } from '../print.js';

/** The owner's consent to our use of the account, for platforms that ask for it (OAuth). */
export interface Consent {
  /** Whether one is stored that can be used. */
  given(): Promise<boolean>;
  /** Where the owner says yes. The platform then sends the browser on, with `?code=…` in the address. */
  readonly authorizeUrl: string;
  /** Exchanges the code, which works once and for some minutes, for the first pair of tokens, and stores it. */
  redeem(code: string): Promise<void>;
}

type Consenting = Platform & { consent?(connection: Connection, stateFolder: string): Consent | undefined };

/** The consent that a connection needs; undefined where its credentials are enough. */
export function consentOf(connection: Connection, stateFolder: string): Consent | undefined {
  const platform: Consenting | undefined = platforms.get(connection.platform);
  return platform?.consent?.(connection, stateFolder);
}

/**
 * Gets the consent of one connection: shows the address, takes the code, stores the pair.
 *
 * @param code as given on the command line; without it the person at the terminal is asked
 * @throws {@link Failed} when there is neither a code nor a person
 */
export async function obtainConsent(name: string, consent: Consent, code: string | undefined): Promise<void> {
  if (code === undefined) {
    print(`${name} needs the consent of the account's owner. Open this address, agree, and copy the code=… from the`);
    print(`address that the browser is sent to:\n  ${consent.authorizeUrl}`);
  }
  await consent.redeem(code ?? (await ask(name)));
  print(`${name}: the consent is stored`);
}

async function ask(name: string): Promise<string> {
  if (process.stdin.isTTY !== true) {
    throw new Failed(`${name}: then run \`waybill setup ${name} --code <code>\``);
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question('code: ')).trim();
  } finally {
    terminal.close();
  }
}
