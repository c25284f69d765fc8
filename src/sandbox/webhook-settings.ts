import { z } from 'zod';

const milliseconds = z.number().min(0);
const share = z.number().min(0).max(1);

/** How messages go out. Durations are in milliseconds of the sandbox's clock. */
export const webhookSettingsSchema = z.strictObject({
  /** Where to, with query parameters; null sends nothing. */
  url: z.url().nullable(),
  /** Added to each POST: a secret, for example. */
  headers: z.record(z.string(), z.string()),
  /** Waits before the attempts after the first; an answer of 200 ends them. An empty list tries once. */
  retryDelaysMs: z.array(milliseconds),
  /** From the event to the first attempt. */
  delayMs: milliseconds,
  /** Share of the attempts that never arrive and are taken for delivered. */
  lossShare: share,
  /** Share of the messages that go out twice. */
  duplicateShare: share,
  /** Share of the messages that let the next one overtake them. */
  reorderShare: share,
  /** How long such a one waits for another at most. */
  reorderWithinMs: milliseconds,
  /** Messages are collected until they are released. */
  paused: z.boolean(),
});
export type WebhookSettings = z.output<typeof webhookSettingsSchema>;

export const webhookDefaults: WebhookSettings = {
  url: null,
  headers: {},
  // A minute, five, half an hour, two hours: long enough that a receiver which is down for a while is reached.
  retryDelaysMs: [60_000, 300_000, 1_800_000, 7_200_000],
  delayMs: 0,
  lossShare: 0,
  duplicateShare: 0,
  reorderShare: 0,
  reorderWithinMs: 10_000,
  paused: false,
};
