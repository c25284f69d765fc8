import { reference } from '../../workflows/input.js';
import type { Webhook } from '../platform.js';
import { type SharedSecret, sharedSecret, showsSecret } from '../webhook.js';

/**
 * The webhooks of Logistics Plus, which signs none: a header or a query parameter is agreed when they are set up. A hint
 * is the `primaryReference` of an order; one that cannot be a reference of Waybill's is of an order from elsewhere.
 */
export const logisticsPlusWebhook: Webhook<SharedSecret> = {
  settings: sharedSecret,
  verify: (settings, request) => (showsSecret(settings, request) ? 'genuine' : 'forged'),
  hints(body) {
    const data = member(body, 'data');
    const orders = member(data, 'orders');
    return (
      [body, data].map(referenceIn).find((found) => found.length > 0) ??
      (Array.isArray(orders) ? orders.flatMap(referenceIn) : [])
    );
  },
};

/** None, or the one that this object carries. */
function referenceIn(value: unknown): string[] {
  const found = reference.safeParse(textOf(member(value, 'primaryReference')));
  return found.success ? [found.data] : [];
}

/** What looks like a number may come as one. */
const textOf = (value: unknown): unknown => (typeof value === 'number' ? String(value) : value);

/** A member of an object, whatever the case of its name: Logistics Plus writes both `data` and `Data`. */
function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.entries(value).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}
