import { z } from 'zod';
import type { Webhook } from '../platform.js';

/**
 * The webhooks of Flxpoint: `FulfillmentRequestProcessingEvent` and `OrderImportedEvent`. It signs none and agrees on no
 * secret, so the path that nobody can guess is all that tells them from forged ones. Their form is not published; the id of
 * an order is all that is looked for.
 */
export const flxpointWebhook: Webhook<object> = {
  settings: z.strictObject({}),
  verify: () => 'genuine',
  hints: (body) => [...new Set([body, ...members(body)].flatMap(orderIdIn))],
};

/** What stands one level deeper: such bodies are often wrapped. */
const members = (body: unknown): unknown[] => (typeof body === 'object' && body !== null ? Object.values(body) : []);

function orderIdIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { orderId } = value as { orderId?: unknown };
  const text = typeof orderId === 'number' ? String(orderId) : orderId;
  return typeof text === 'string' && /^[1-9]\d{0,15}$/.test(text) ? [text] : [];
}
