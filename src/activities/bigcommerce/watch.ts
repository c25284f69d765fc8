import { failureType } from '../failure.js';
import type { Served } from '../platform.js';
import type { BigcommerceClient } from './client.js';
import { OWNER_HEADER } from './registration.js';

/**
 * Switches a subscription of this connection on again that BigCommerce has switched off: after two days of failures, or
 * after ninety days without an event. What it did not send meanwhile is read by the rounds.
 */
export async function switchOnAgain({ connection, log }: Served, store: BigcommerceClient): Promise<void> {
  if (connection.hasWebhook !== true) return;
  try {
    for (const { id, is_active, headers } of await store.hooks()) {
      if (is_active || !isOurs(headers ?? {}, connection.name)) continue;
      await store.updateHook(id, { is_active: true });
      log.warn('a webhook subscription had been switched off, and is on again', { connection: connection.name, id });
    }
  } catch (error) {
    // Without webhooks the rounds go on; a scope that lacks is no reason to read nothing.
    const type = failureType(error);
    if (type !== 'Rejected' && type !== 'NotFound' && type !== 'NotAuthorized' && type !== 'Unreadable') throw error;
    log.warn('webhook subscriptions cannot be looked at', { connection: connection.name, type });
  }
}

const isOurs = (headers: Readonly<Record<string, unknown>>, name: string): boolean =>
  Object.entries(headers).some(([header, value]) => header.toLowerCase() === OWNER_HEADER && value === name);
