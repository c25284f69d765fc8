import type { KeapOrder } from '../../workflows/keap/contract.js';
import { callerFor, textsIn } from '../call.js';
import type { Served } from '../platform.js';
import { authOf } from './auth.js';
import { keapDialect } from './errors.js';
import { RestClient } from './rest/client.js';
import { restSubscriptions } from './rest/subscriptions.js';
import { restTransport } from './rest/transport.js';
import { type LineProducts, settingsOf } from './settings.js';
import type { SubscriptionTransport } from './subscription/transport.js';
import type { Transport } from './transport.js';
import { XmlRpcClient } from './xmlrpc/client.js';
import { xmlRpcSubscriptions } from './xmlrpc/subscriptions.js';
import { xmlRpcTransport } from './xmlrpc/transport.js';

/** What the steps of one connection share. */
export interface Open {
  readonly served: Served;
  /** Keap by the connection's transport, on behalf of an order. */
  readonly open: (order: OnBehalf) => Transport;
  /** The same for subscriptions. */
  readonly openSubscription: (order: OnBehalf) => SubscriptionTransport;
  readonly lineProducts: LineProducts;
}

/** On whose behalf Keap is asked, and what of that is personal. */
type OnBehalf = Pick<KeapOrder, 'reference'> &
  Partial<Pick<KeapOrder, 'contact' | 'shippingAddress' | 'notes' | 'customFields'>> & { readonly payment?: object };

export function openKeap(served: Served): Open {
  const settings = settingsOf(served.connection);
  const { lineProducts } = settings;
  const auth = authOf(served);
  const callFor = (order: OnBehalf) =>
    callerFor(served, { dialect: keapDialect, auth, reference: order.reference, personal: personal(order) });
  return {
    served,
    lineProducts,
    open: (order) =>
      settings.transport === 'rest'
        ? restTransport(new RestClient(served, callFor(order)), lineProducts)
        : xmlRpcTransport(new XmlRpcClient(served, callFor(order)), settings),
    openSubscription: (order) =>
      settings.transport === 'rest'
        ? restSubscriptions(new RestClient(served, callFor(order)))
        : xmlRpcSubscriptions(new XmlRpcClient(served, callFor(order)), settings),
  };
}

/** What an order says about people, to be hidden in Keap's messages. */
function personal({ contact, shippingAddress, notes, customFields, payment }: OnBehalf): string[] {
  const note = payment !== undefined && 'note' in payment ? payment.note : undefined;
  return textsIn([contact, shippingAddress, customFields, notes, note]);
}
