import { z } from 'zod';
import type { Webhook, WebhookRequest } from '../platform.js';
import { isOneOf, queryName, webhookSecrets } from '../webhook.js';
import { registrationOf } from './registration.js';

/** Keap's REST hooks are unsigned: the address that nobody can guess is their proof, and a secret in it if one is wanted. */
const keapWebhookSettings = z.strictObject({
  secrets: webhookSecrets.optional().describe('Secrets in the address that the hook was registered with'),
  query: queryName.default('secret').describe('The query parameter that carries the secret'),
});

type KeapWebhookSettings = z.output<typeof keapWebhookSettings>;

/** Keap wants it back as it came. Printable and bounded, since anybody who knows the address may send one. */
const hookSecret = /^[\x21-\x7e]{1,256}$/;

const event = z.object({
  /** e.g. `order.add`, `invoice.payment.add`, `opportunity.stage_move` */
  event_key: z.string().regex(/^[A-Za-z_.]{1,64}$/),
  /** Up to 1,000 of one kind of event. */
  object_keys: z.array(z.unknown()),
});

const objectKey = z.object({ id: z.union([z.int().positive(), z.string().regex(/^[1-9]\d{0,18}$/)]) });

/**
 * Keap's webhooks. A hook is confirmed when Keap gets its `X-Hook-Secret` back. Hints are `<event>:<id>`, e.g.
 * `order.edit:1042`; for `invoice.payment.*` the id is a transaction's.
 */
export const keapWebhook: Webhook<KeapWebhookSettings> = {
  settings: keapWebhookSettings,
  verify({ secrets, query }, request: WebhookRequest) {
    if (secrets !== undefined && !isOneOf(request.query[query], secrets)) return 'forged';
    const secret = request.headers['x-hook-secret'];
    if (secret === undefined) return 'genuine';
    return hookSecret.test(secret) ? { handshake: { 'X-Hook-Secret': secret } } : 'forged';
  },
  hints(body) {
    const parsed = event.safeParse(body);
    if (!parsed.success) return [];
    const { event_key, object_keys } = parsed.data;
    return object_keys.flatMap((key) => {
      const object = objectKey.safeParse(key);
      return object.success ? [`${event_key}:${object.data.id}`] : [];
    });
  },
  registration: (served, { secrets: [secret] = [], query }, address) =>
    registrationOf(served, secret === undefined ? address : `${address}?${query}=${encodeURIComponent(secret)}`),
};
