import { z } from 'zod';
import { hintOfOrder } from '../../workflows/bigcommerce/hints.js';
import { expected } from '../../workflows/input.js';
import type { Webhook } from '../platform.js';
import { isOneOf, webhookSecrets } from '../webhook.js';
import { standardWebhooks } from '../webhook-signature.js';
import { registrationOf } from './registration.js';
import { ID } from './shapes.js';

const headerRule = 'the name of a header, 1 to 64 letters, digits or hyphens';

/** The header that carries the secret where nobody says. */
const DEFAULT_HEADER = 'x-waybill-secret';

const signingRule = 'a list of 1 to 5 client secrets';

/**
 * BigCommerce sends headers that it was registered with: a secret in one of them is always asked for. It signs webhooks of
 * apps, by the scheme Standard Webhooks, with the app's client secret; whether it signs those of a store's own API account
 * is not documented, so the signature is asked for where client secrets are given.
 */
export const bigcommerceWebhookSettings = z.strictObject({
  secrets: webhookSecrets.describe('What the header carries; the first is registered'),
  header: z
    .string(expected(headerRule))
    .regex(/^[A-Za-z0-9-]{1,64}$/, `expected ${headerRule}`)
    .transform((name) => name.toLowerCase())
    .default(DEFAULT_HEADER),
  signingSecrets: z
    .array(
      z.string(expected('a client secret')).regex(/^[\x21-\x7e]{16,256}$/, 'expected 16 to 256 printable characters'),
      expected(signingRule),
    )
    .min(1, `expected ${signingRule}`)
    .max(5, `expected ${signingRule}`)
    .optional()
    .describe('Client secrets of the app; with them each webhook must be signed. A second one while it is changed'),
});

export type BigcommerceWebhookSettings = z.output<typeof bigcommerceWebhookSettings>;

/** The webhooks of a store: `store/order/*`. Their bodies hold ids alone, and come twice, late and in any order. */
export const bigcommerceWebhook: Webhook<BigcommerceWebhookSettings> = {
  settings: bigcommerceWebhookSettings,
  verify({ secrets, header, signingSecrets }, request) {
    const shows = isOneOf(request.headers[header], secrets);
    const signed = signingSecrets === undefined || isSigned(signingSecrets, request);
    return shows && signed ? 'genuine' : 'forged';
  },
  hints(body) {
    const data = memberOf(body, 'data');
    // Orders say `id`, shipments `orderId`, transactions and channels `order_id`, metafields `resource_id`.
    const names = memberOf(data, 'type') === 'order' ? ['order_id', 'id'] : ['order_id', 'orderId', 'resource_id'];
    const ids = names.map((name) => memberOf(data, name)).map((id) => (typeof id === 'number' ? String(id) : id));
    const found = ids.find((id): id is string => typeof id === 'string' && ID.test(id));
    return found === undefined ? [] : [hintOfOrder(found)];
  },
  registration: (served, settings, address) => registrationOf(served, settings, address),
};

/** Libraries of the scheme take a secret in base64; BigCommerce signs with its bytes. */
const isSigned = (secrets: readonly string[], request: Parameters<ReturnType<typeof standardWebhooks>>[0]): boolean =>
  standardWebhooks(secrets.map((secret) => Buffer.from(secret).toString('base64')))(request) === 'genuine';

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}
