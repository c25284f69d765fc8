import { z } from 'zod';
import type { Webhook } from '../platform.js';
import { registrationOf } from './registration.js';
import { ID } from './shapes.js';

/**
 * The webhooks of Flxpoint: `FulfillmentRequestProcessingEvent` and `OrderImportedEvent`. It signs none and agrees on no
 * secret, so the path that nobody can guess is all that tells them from forged ones. Their form is not published; the id of
 * an order is looked for, and where there is none that of a fulfillment request, which leads to its order.
 */
export const flxpointWebhook: Webhook<object> = {
  settings: z.strictObject({}),
  verify: () => 'genuine',
  hints(body) {
    const places = [body, ...members(body)];
    const orders = places.flatMap((place) => idIn(place, 'orderId'));
    const requests = places.flatMap((place) => idIn(place, 'fulfillmentRequestId'));
    return [...new Set(orders.length > 0 ? orders : requests.map(hintOfRequest))];
  },
  registration: (served, _settings, address) => registrationOf(served, address),
};

/** The hint that names a fulfillment request in place of an order. */
const hintOfRequest = (id: string): string => `${OF_REQUEST}${id}`;
const OF_REQUEST = 'fulfillmentRequest:';

/** The id of the fulfillment request that a hint names; undefined for one of an order. */
export const requestIn = (hint: string): string | undefined =>
  hint.startsWith(OF_REQUEST) ? hint.slice(OF_REQUEST.length) : undefined;

/** What stands one level deeper: such bodies are often wrapped. */
const members = (body: unknown): unknown[] => (typeof body === 'object' && body !== null ? Object.values(body) : []);

function idIn(value: unknown, name: 'orderId' | 'fulfillmentRequestId'): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const id = (value as Readonly<Record<string, unknown>>)[name];
  const text = typeof id === 'number' ? String(id) : id;
  return typeof text === 'string' && ID.test(text) ? [text] : [];
}
