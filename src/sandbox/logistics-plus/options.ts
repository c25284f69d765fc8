import { z } from 'zod';
import type { PlatformOptions } from '../platform.js';
import { type WebhookSettings, webhookDefaults, webhookSettingsSchema } from '../webhook-settings.js';

/** Requests that one key may make in any second. */
export interface LogisticsPlusLimits {
  perSecond: number;
}

const milliseconds = z.number().min(0);
const share = z.number().min(0).max(1);
/** As in JavaScript: 0 is Sunday. */
const weekday = z.int().min(0).max(6);

/** The longest lag of reads that the imitation offers. */
const longestLagMs = 60_000;

/** What can be changed while the imitation runs. Durations are milliseconds of the sandbox's clock. */
export const settingsSchema = z.strictObject({
  /** `off`, or limits in place of the assumed ones. */
  throttle: z.union([z.literal('off'), z.strictObject({ perSecond: z.int().min(1) })]),
  /** From the work to its answer. */
  latencyMs: milliseconds,
  /** How old what a search shows is: new orders are missing and changed ones look as before. */
  searchLagMs: milliseconds.max(longestLagMs),
  /** `prefix`: a search finds every order whose reference begins with what is sought. */
  referenceMatch: z.enum(['exact', 'prefix']),
  /** What a second order under a reference gets; refused is a 400. */
  duplicates: z.enum(['accept', 'refuse']),
  /** Until an order has its shipment. 0: the answer to its creation shows it. */
  shipmentDelayMs: milliseconds,
  /** Until the shipments show what a PATCH changed. */
  shipmentFollowsMs: milliseconds,
  /** What a PATCH gets that comes too late or would change warehouse or reference. */
  patchRefusal: z.union([z.literal(400), z.literal(409), z.literal(422)]),
  /** Days on which no order is to ship when it does not say its own day. */
  blockedWeekdays: z.array(weekday).max(6),
  /** Refuses Incoterms that do not fit the two countries, as is announced for a later version. */
  incotermCheck: z.boolean(),
  /** Whether `GET /orders/{id}` is answered; no documentation names it. */
  readById: z.boolean(),
  /** What `actions/get-id` says of a code that no product has: 404, or 200 with empty data. */
  unknownProduct: z.enum(['not-found', 'empty']),
  /** Share of the orders in answers that carry members nobody documented. */
  extraFieldShare: share,
  /** Share of the orders in searches whose open shipments show a status code that nobody documented. */
  unknownStatusShare: share,
});
export type LogisticsPlusSettings = z.output<typeof settingsSchema>;

/** Where the body of a webhook has the order: at the top, in `data`, or in `data.orders`. */
export const webhookSchema = webhookSettingsSchema.extend({ form: z.enum(['flat', 'data', 'orders']) });
export type LogisticsPlusWebhook = WebhookSettings & { form: 'flat' | 'data' | 'orders' };

/** How the imitation of Logistics Plus behaves. */
export interface LogisticsPlusOptions extends PlatformOptions, Partial<LogisticsPlusSettings> {
  /** More keys that work with every organization, beside the seeded one. */
  apiKeys?: readonly string[];
  webhook?: Partial<LogisticsPlusWebhook>;
  /** Where chance begins: losses, duplicates, surprises. */
  seed?: number;
}

const defaults: LogisticsPlusSettings = {
  // No limit is documented; two a second is what a careful caller keeps to.
  throttle: { perSecond: 2 },
  latencyMs: 0,
  // A lag is documented, its length is not. Enough here that a look right after a create misses it.
  searchLagMs: 250,
  referenceMatch: 'exact',
  duplicates: 'accept',
  shipmentDelayMs: 0,
  // The documentation shows a shipment that has not followed yet; how long that takes it does not say.
  shipmentFollowsMs: 3_000,
  patchRefusal: 400,
  blockedWeekdays: [],
  incotermCheck: false,
  readById: false,
  unknownProduct: 'not-found',
  // Now and then: members may come without notice.
  extraFieldShare: 0.1,
  unknownStatusShare: 0,
};

/** Settings and webhook outlive a reset. */
export interface Behaviour {
  settings: LogisticsPlusSettings;
  webhook: LogisticsPlusWebhook;
}

/** Throws a ZodError that names the option when one cannot be. */
export function behaviourFrom(options: LogisticsPlusOptions): Behaviour {
  const { port, startTime, clockSpeed, apiKeys, webhook, seed, ...settings } = options;
  return {
    settings: settingsSchema.parse({ ...defaults, ...settings }),
    webhook: webhookSchema.parse({ ...webhookDefaults, form: 'flat', ...webhook }),
  };
}
