import { z } from 'zod';
import type { PlatformOptions } from '../platform.js';
import { type WebhookSettings, webhookDefaults, webhookSettingsSchema } from '../webhook-settings.js';
import type { SeedToken } from './seed.js';

/** What all callers of one store may send together. */
export interface BigcommerceLimits {
  /** Requests in a window. */
  quota: number;
  /** How long a window is, in milliseconds. */
  windowMs: number;
}

const milliseconds = z.number().min(0);

/** The longest lag of lists that the imitation offers. */
const longestLagMs = 60_000;

/** When orders take stock, and whether changed and canceled ones give it back: the store's own settings. */
export const inventorySettingsSchema = z.strictObject({
  update_stock_behavior: z.enum(['order_placed', 'order_completed_or_shipped']),
  edit_order_stock_adjustment: z.boolean(),
  refund_order_stock_adjustment: z.boolean(),
});
export type InventorySettings = z.output<typeof inventorySettingsSchema>;

/** What can be changed while the imitation runs. Durations are milliseconds of the sandbox's clock. */
export const settingsSchema = z.strictObject({
  /** `off`, or another quota in place of the one of the smallest plan. */
  throttle: z.union([
    z.literal('off'),
    z.strictObject({ quota: z.int().min(1).default(150), windowMs: z.int().min(1).default(30_000) }),
  ]),
  /** Whether answers tell the quota; an overloaded platform may refuse without a word of it. */
  rateHeaders: z.boolean(),
  /** From the work to its answer. */
  latencyMs: milliseconds,
  /** How old what lists and counts of orders show is: new orders are missing and changed ones look as before. */
  searchLagMs: milliseconds.max(longestLagMs),
  /** Whether the filter of `external_order_id` finds what is written so, or also what begins so in another case. */
  referenceFilter: z.enum(['exact', 'loose']),
  /** Whether a count without any filter counts the Incomplete orders, which lists show. */
  countsIncomplete: z.boolean(),
  /** How long a new order cannot be read by its id. */
  readLagMs: milliseconds.max(longestLagMs),
  /** What the making of an order answers: in use 201, by the book 200. */
  createdAnswer: z.union([z.literal(201), z.literal(200)]),
  /** The same of a metafield and a hook: by the book 200. */
  v3CreatedAnswer: z.union([z.literal(200), z.literal(201)]),
  /** What an archived order answers to a read: 404, or 200 and `is_deleted`. */
  archivedAnswer: z.union([z.literal(404), z.literal(200)]),
  /** What archiving an order a second time answers. */
  archivedAgainAnswer: z.union([z.literal(404), z.literal(204)]),
  /** Whether one call may archive every order of the store. */
  archiveAll: z.boolean(),
  /** Whether a line of quantity 0 stays visible. */
  emptyLines: z.enum(['stay', 'go']),
  /** Whether an order that is refused for its stock has taken that of the lines before by then. */
  conflictKeepsStock: z.boolean(),
  /** Whether shipments move the order to Partially Shipped and Shipped, and how long after. */
  shipmentsMoveStatus: z.boolean(),
  statusDelayMs: milliseconds,
  /** Whether the shopper is told of each shipment, and of a refund. */
  mails: z.boolean(),
  /** From the answer to a capture, void or refund to what the gateway makes of it. */
  gatewayDelayMs: milliseconds,
  /** Whether a capture moves an order that awaits payment to Awaiting Fulfillment. */
  captureMovesStatus: z.boolean(),
  /** How long money has to have been taken before it can be given back. */
  settlementMs: milliseconds,
  /** What the quote for money that was taken elsewhere says: a record without a gateway, or a refusal. */
  outsideRefunds: z.enum(['record', 'refuse']),
  /** Whether money that was booked from elsewhere leaves a transaction. */
  outsideTransactions: z.boolean(),
  /** What a payment of the Payments API does with a card. */
  cardPayments: z.enum(['purchase', 'authorization']),
  /** Whether a payment is through when it is answered, or some time later. */
  paymentAnswer: z.enum(['success', 'pending']),
  /** From an adjustment of the stock to its effect. */
  stockDelayMs: milliseconds,
  /** Whether callbacks are signed. */
  signCallbacks: z.boolean(),
  /** From the making of a hook to the first event it hears of; up to a minute is documented. */
  hookDelayMs: milliseconds,
  /** Whether hooks may go to this machine without TLS, which the platform would refuse. */
  loopbackHooks: z.boolean(),
});
export type BigcommerceSettings = z.output<typeof settingsSchema>;

/** Address and headers are the hooks' own. */
export const webhookSchema = webhookSettingsSchema.omit({ url: true, headers: true });
export type BigcommerceWebhook = z.output<typeof webhookSchema>;

/** How the imitation of BigCommerce behaves. */
export interface BigcommerceOptions extends PlatformOptions, Partial<Omit<BigcommerceSettings, 'throttle'>> {
  throttle?: 'off' | Partial<BigcommerceLimits>;
  /** More tokens of the store, beside the seeded ones. */
  accessTokens?: readonly SeedToken[];
  /** Of the whole store. */
  inventory?: Partial<InventorySettings>;
  webhook?: Partial<BigcommerceWebhook>;
  /** Where chance begins: losses, duplicates. */
  seed?: number;
}

const defaults: BigcommerceSettings = {
  // The smallest plans: 20 000 an hour, counted in windows of half a minute.
  throttle: { quota: 150, windowMs: 30_000 },
  rateHeaders: true,
  latencyMs: 0,
  // No lag is documented.
  searchLagMs: 0,
  // What exactly it finds is not documented.
  referenceFilter: 'exact',
  countsIncomplete: true,
  readLagMs: 0,
  createdAnswer: 201,
  v3CreatedAnswer: 200,
  archivedAnswer: 404,
  archivedAgainAnswer: 404,
  archiveAll: false,
  emptyLines: 'stay',
  conflictKeepsStock: false,
  shipmentsMoveStatus: true,
  // "Within a minute" is what clients see; an immediate move would spare them the wait that the platform asks for.
  statusDelayMs: 2_000,
  mails: true,
  // Some seconds: payment actions are answered before the gateway is asked.
  gatewayDelayMs: 2_000,
  captureMovesStatus: true,
  settlementMs: 0,
  outsideRefunds: 'record',
  outsideTransactions: false,
  cardPayments: 'purchase',
  paymentAnswer: 'success',
  // Adjustments take effect "with a delay" that nobody has measured for us.
  stockDelayMs: 1_000,
  signCallbacks: true,
  hookDelayMs: 0,
  loopbackHooks: true,
};

const inventoryDefaults: InventorySettings = {
  update_stock_behavior: 'order_placed',
  edit_order_stock_adjustment: true,
  refund_order_stock_adjustment: true,
};

/** After this the platform deactivates the hook: about 48 hours. Documented in seconds. */
const retryDelaysMs = [60, 180, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 50_400, 86_400].map((s) => s * 1_000);

/** Settings and webhook outlive a reset. */
export interface Behaviour {
  settings: BigcommerceSettings;
  webhook: WebhookSettings;
}

/** Throws a ZodError that names the option when one cannot be. */
export function behaviourFrom(options: BigcommerceOptions): Behaviour {
  const { port, startTime, clockSpeed, accessTokens, inventory, webhook, seed, ...settings } = options;
  const { url, headers, ...webhookRest } = webhookDefaults;
  return {
    settings: settingsSchema.parse({ ...defaults, ...settings }),
    webhook: { url, headers, ...webhookSchema.parse({ ...webhookRest, retryDelaysMs, ...webhook }) },
  };
}

/** The store begins with these. */
export const inventorySettingsFrom = ({ inventory }: BigcommerceOptions): InventorySettings =>
  inventorySettingsSchema.parse({ ...inventoryDefaults, ...inventory });
