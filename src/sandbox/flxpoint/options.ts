import { z } from 'zod';
import type { PlatformOptions } from '../platform.js';
import { type WebhookSettings, webhookDefaults, webhookSettingsSchema } from '../webhook-settings.js';

/** The bucket of one token. */
export interface FlxpointLimits {
  /** Requests that it holds. */
  poolSize: number;
  /** How many of them it gives free each second. */
  perSecond: number;
}

const milliseconds = z.number().min(0);

/** The longest lag of lists that the imitation offers. */
const longestLagMs = 60_000;

/** What can be changed while the imitation runs. Durations are milliseconds of the sandbox's clock. */
export const settingsSchema = z.strictObject({
  /** `off`, or another bucket in place of the documented one. */
  throttle: z.union([
    z.literal('off'),
    z.strictObject({ poolSize: z.int().min(1).default(40), perSecond: z.number().positive().default(2) }),
  ]),
  /** From the work to its answer. */
  latencyMs: milliseconds,
  /** How old what a list shows is: new orders, requests and shipments are missing and changed ones look as before. */
  searchLagMs: milliseconds.max(longestLagMs),
  /** What a change of status answers: by the book 201, in code that is in use 200. */
  statusAnswer: z.union([z.literal(201), z.literal(200)]),
  /** How the three "updated at" filters of `GET /orders` go together when several are sent. */
  updatedFilters: z.enum(['and', 'or']),
  /** Whether a wrong token or path gets a login page with status 200 in place of 401 and 404. */
  loginPage: z.boolean(),
  /** Whether a shipment makes its invoice by itself. */
  invoiceOnShipment: z.boolean(),
});
export type FlxpointSettings = z.output<typeof settingsSchema>;

/** The addresses are the configurations' own. */
export const webhookSchema = webhookSettingsSchema.omit({ url: true });
export type FlxpointWebhook = z.output<typeof webhookSchema>;

/** How the imitation of Flxpoint behaves. */
export interface FlxpointOptions extends PlatformOptions, Partial<Omit<FlxpointSettings, 'throttle'>> {
  throttle?: 'off' | Partial<FlxpointLimits>;
  /** More tokens of the whole account, beside the seeded one. */
  accountTokens?: readonly string[];
  webhook?: Partial<FlxpointWebhook>;
  /** Where chance begins: losses, duplicates. */
  seed?: number;
}

const defaults: FlxpointSettings = {
  // Two a second is documented; that a burst of 40 passes is what clients read in the headers.
  throttle: { poolSize: 40, perSecond: 2 },
  latencyMs: 0,
  // No lag is documented.
  searchLagMs: 0,
  statusAnswer: 201,
  // Not documented: what finds fewer is what a caller has to be ready for.
  updatedFilters: 'and',
  loginPage: false,
  invoiceOnShipment: true,
};

/** Settings and webhook outlive a reset. */
export interface Behaviour {
  settings: FlxpointSettings;
  webhook: WebhookSettings;
}

/** Throws a ZodError that names the option when one cannot be. */
export function behaviourFrom(options: FlxpointOptions): Behaviour {
  const { port, startTime, clockSpeed, accountTokens, webhook, seed, ...settings } = options;
  const { url, ...webhookRest } = webhookDefaults;
  return {
    settings: settingsSchema.parse({ ...defaults, ...settings }),
    // Retries are not documented: none.
    webhook: { url, ...webhookSchema.parse({ ...webhookRest, retryDelaysMs: [], ...webhook }) },
  };
}
