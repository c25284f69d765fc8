import { z } from 'zod';
import type { PlatformOptions } from '../platform.js';
import { type WebhookSettings, webhookDefaults, webhookSettingsSchema } from '../webhook-settings.js';

/** Requests in any second: of one key, and of all keys of the site together. */
export interface InfoplusLimits {
  perKey: number;
  perSite: number;
}

const milliseconds = z.number().min(0);

/** What can be changed while the imitation runs. Durations are milliseconds of the sandbox's clock. */
export const settingsSchema = z.strictObject({
  /** `off`, or limits in place of the known ones. */
  throttle: z.union([z.literal('off'), z.strictObject({ perKey: z.int().min(1), perSite: z.int().min(1) })]),
  /** From the work to its answer. */
  latencyMs: milliseconds,
  /** How old what a search shows is: new records are missing and changed ones look as before. Reads by id do not lag. */
  searchLagMs: milliseconds,
  /** How much older still what a search of shipments and cartons shows is. */
  shipmentLagMs: milliseconds,
  /** How long a new order is Pending. */
  pendingMs: milliseconds,
  /** What it is then. */
  afterPending: z.enum(['On Order', 'Back Order', 'Error']),
  /** What a second order under a customerOrderNo gets; refused is a 400. */
  duplicateOrders: z.enum(['accept', 'refuse']),
  /** The same for a second line of a SKU in an order. */
  duplicateSkus: z.enum(['accept', 'refuse']),
  /** Whether searches of orders may filter by modifyDate; else that is a 400. */
  modifyDateFilter: z.boolean(),
  /** Whether a change of a back order moves the modifyDate of the order that it comes from as well. */
  backOrdersTouchRoot: z.boolean(),
  /** How the numbers of orders are written: `48211.000` and `48211.010`, or `48211` and `48211.01`. */
  orderNumbers: z.enum(['decimals', 'short']),
  /** Whether an order shows the first of its tracking numbers once it has shipped. */
  trackingNoOnOrder: z.boolean(),
  /** What a list of tags holds: texts, or objects with a name. */
  tagList: z.enum(['texts', 'objects']),
  /** Days that are added to the date of a new order, as scheduled fulfillment does. */
  orderDateShiftDays: z.int().min(0),
});
export type InfoplusSettings = z.output<typeof settingsSchema>;

/** How the imitation of Infoplus behaves. */
export interface InfoplusOptions extends PlatformOptions, Partial<InfoplusSettings> {
  /** Keys of more users of the site, beside the seeded ones. */
  apiKeys?: readonly string[];
  webhook?: Partial<WebhookSettings>;
  /** Where chance begins: messages lost, doubled, overtaken. */
  seed?: number;
}

const defaults: InfoplusSettings = {
  throttle: { perKey: 3, perSite: 10 },
  latencyMs: 0,
  // Half a minute is possible. Enough here that a look right after a create misses it.
  searchLagMs: 250,
  shipmentLagMs: 0,
  // Half a minute to some minutes are reported. Enough here that no answer to a create shows more than Pending.
  pendingMs: 2_000,
  afterPending: 'On Order',
  duplicateOrders: 'accept',
  duplicateSkus: 'refuse',
  modifyDateFilter: true,
  backOrdersTouchRoot: true,
  orderNumbers: 'decimals',
  trackingNoOnOrder: true,
  tagList: 'texts',
  orderDateShiftDays: 0,
};

/** A script of the customer's: it tries once. */
const scriptDefaults: WebhookSettings = { ...webhookDefaults, retryDelaysMs: [] };

/** Settings and webhook outlive a reset. */
export interface Behaviour {
  settings: InfoplusSettings;
  webhook: WebhookSettings;
}

/** Throws a ZodError that names the option when one cannot be. */
export function behaviourFrom(options: InfoplusOptions): Behaviour {
  const { port, startTime, clockSpeed, apiKeys, webhook, seed, ...settings } = options;
  return {
    settings: settingsSchema.parse({ ...defaults, ...settings }),
    webhook: webhookSettingsSchema.parse({ ...scriptDefaults, ...webhook }),
  };
}
