import type { KeapSubscription, KeapSubscriptionCycle } from '../../../workflows/keap/subscription/input.js';
import type { Connection } from '../../connection.js';
import { settingsOf } from '../settings.js';

/** All that this connection cannot carry of a subscription, or of a cycle of one. */
export function cannotSubscribe(
  connection: Connection,
  { payment, ...more }: KeapSubscription | KeapSubscriptionCycle,
): string[] {
  const { transport, subscriptionReferenceField: label } = settingsOf(connection);
  const own = 'customFields' in more && more.customFields?.[label] !== undefined;
  return [
    ...(own ? [`customFields.${label}: carries the reference already; leave it out`] : []),
    ...(transport === 'xml-rpc' && payment.merchantAccount === undefined
      ? ['payment.merchantAccount: XML-RPC charges a card only through a named merchant account']
      : []),
  ];
}
