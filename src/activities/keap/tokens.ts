import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** A pair of OAuth tokens. Keap's access token lives 24 hours; each renewal replaces the refresh token as well. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Wall clock, milliseconds. */
  readonly expiresAt: number;
}

const stored = z.object({ accessToken: z.string(), refreshToken: z.string(), expiresAt: z.number() });

/** Where the tokens of a connection are kept, e.g. `<state>/keap-acme.tokens.json`. */
export function tokensFile(stateFolder: string, connection: string): string {
  return join(stateFolder, `${connection.replaceAll('/', '-')}.tokens.json`);
}

/** The stored pair, or `undefined` when there is none. A file that cannot be read or parsed is an error. */
export async function readTokens(file: string): Promise<Tokens | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return stored.parse(JSON.parse(text));
  } catch {
    // The parser's own message quotes the file, and the file holds secrets.
    throw new Error(`${file} does not hold a pair of tokens; remove it and give a new consent`);
  }
}

/** Replaces the stored pair as a whole, durably: it is on the disk before it is used, or the old one still is. */
export async function storeTokens(file: string, tokens: Tokens): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const beside = `${file}.${randomUUID()}`;
  try {
    const handle = await open(beside, 'wx', 0o600);
    try {
      await handle.writeFile(JSON.stringify(tokens));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
