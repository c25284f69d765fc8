import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { expected } from '../workflows/input.js';
import type { WebhookRequest } from './platform.js';

/** Nobody guesses 16 characters; 256 is more than any form of a platform takes. Printable, so that a header carries it. */
const secretRule = 'expected 16 to 256 printable characters without spaces';

/** Two while one is being changed for the other; the rest is room. */
const MOST_SECRETS = 5;
const secretsRule = `a list of 1 to ${MOST_SECRETS} secrets; each of them is valid`;

/** Secrets that are valid at once, so that one can be changed without losing a webhook. */
export const webhookSecrets = z
  .array(z.string(expected('text')).regex(/^[\x21-\x7e]{16,256}$/, secretRule), expected(secretsRule))
  .refine(({ length }) => length >= 1 && length <= MOST_SECRETS, `expected ${secretsRule}`);

/** The name of a query parameter. */
export const queryName = z
  .string(expected('text'))
  .regex(/^[A-Za-z0-9._-]{1,64}$/, 'expected the name of a query parameter, 1 to 64 letters, digits, dots, _ or -');

const headerRule = 'expected the name of a header, 1 to 64 letters, digits or hyphens';

/** The header that carries the secret where nobody says. */
const DEFAULT_HEADER = 'x-waybill-secret';

/** Settings of webhooks that show a shared secret, in a header or in a query parameter. */
export const sharedSecret = z
  .strictObject({
    secrets: webhookSecrets,
    header: z
      .string(expected('text'))
      .regex(/^[A-Za-z0-9-]{1,64}$/, headerRule)
      .transform((name) => name.toLowerCase())
      .optional()
      .describe(`The header that carries the secret; by default ${DEFAULT_HEADER}`),
    query: queryName.optional().describe('The query parameter that carries the secret, in place of a header'),
  })
  .refine(({ header, query }) => header === undefined || query === undefined, {
    path: ['query'],
    error: 'expected either header or query, not both',
  });

export type SharedSecret = z.output<typeof sharedSecret>;

/** Whether a webhook shows one of the secrets in the place that was agreed. */
export function showsSecret(
  { secrets, header = DEFAULT_HEADER, query }: SharedSecret,
  request: WebhookRequest,
): boolean {
  return isOneOf(query === undefined ? request.headers[header] : request.query[query], secrets);
}

/** Whether what was shown is one of the secrets. Takes as long whether it is nearly one, or not at all. */
export function isOneOf(shown: string | undefined, secrets: readonly string[]): boolean {
  let found = false;
  for (const secret of secrets) found = isSame(shown ?? '', secret) || found;
  return found;
}

/** By digests: they are of one length, whatever the texts' lengths are. */
function isSame(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
