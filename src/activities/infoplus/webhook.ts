import { reference } from '../../workflows/input.js';
import type { Webhook } from '../platform.js';
import { type SharedSecret, sharedSecret, showsSecret } from '../webhook.js';

/**
 * What scripts in the account send, because Infoplus itself sends none: `{ "event": "order.status", "orderNo": "48211",
 * "lobId": 10000, "status": "Shipped", "customerOrderNo": "SO-1001" }`. A hint is the `customerOrderNo`; one that cannot
 * be a reference of Waybill's is of an order from elsewhere.
 */
export const infoplusWebhook: Webhook<SharedSecret> = {
  settings: sharedSecret,
  verify: (settings, request) => (showsSecret(settings, request) ? 'genuine' : 'forged'),
  hints(body) {
    if (typeof body !== 'object' || body === null) return [];
    const { customerOrderNo } = body as { customerOrderNo?: unknown };
    const found = reference.safeParse(typeof customerOrderNo === 'number' ? String(customerOrderNo) : customerOrderNo);
    return found.success ? [found.data] : [];
  },
};
