import { z } from 'zod';
import { expected } from '../workflows/input.js';

/*
 * Parts of the settings of connections.
 */

const rule = 'a whole number, 1 or more';
const count = z.int(expected(rule)).positive(`expected ${rule}`);

/** No more than so many requests in any so many milliseconds, all at once. */
export const limits = z.array(
  z.strictObject({ limit: count, perMs: count }),
  expected('a list of { "limit": 10, "perMs": 1000 }'),
);

/** A key, a token, a password. */
export const secret = z
  .string(expected('text'))
  .regex(/^[\x21-\x7e]+$/, 'expected printable characters without spaces');

/** Where a platform is served. */
export const address = (example: string) =>
  z.url({ protocol: /^https?$/, ...expected(`an address such as ${example}`) });
