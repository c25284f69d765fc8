import { createHash } from 'node:crypto';

/** Enough that two keys never look alike, and short enough to read. */
const DIGITS = 16;

/** The name of an account by the credentials that its limit is counted for. A digest: it says nothing about them. */
export function accountOf(platform: string, credentials: string): string {
  return `${platform}-${createHash('sha256').update(credentials).digest('hex').slice(0, DIGITS)}`;
}
