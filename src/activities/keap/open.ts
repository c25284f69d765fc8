import type { KeapOrder } from '../../workflows/keap/contract.js';
import { callerFor, textsIn } from '../call.js';
import type { Served } from '../platform.js';
import { authOf } from './auth.js';
import { keapDialect } from './errors.js';
import { RestClient } from './rest/client.js';
import { restTransport } from './rest/transport.js';
import { type LineProducts, settingsOf } from './settings.js';
import type { Transport } from './transport.js';
import { XmlRpcClient } from './xmlrpc/client.js';
import { xmlRpcTransport } from './xmlrpc/transport.js';

/** What the steps of one connection share. */
export interface Open {
  readonly served: Served;
  /** Keap by the connection's transport, on behalf of an order. */
  readonly open: (order: KeapOrder) => Transport;
  readonly lineProducts: LineProducts;
}

export function openKeap(served: Served): Open {
  const settings = settingsOf(served.connection);
  const { lineProducts } = settings;
  const auth = authOf(served);
  return {
    served,
    lineProducts,
    open: (order) => {
      const { reference } = order;
      const call = callerFor(served, { dialect: keapDialect, auth, reference, personal: personal(order) });
      return settings.transport === 'rest'
        ? restTransport(new RestClient(served, call), lineProducts)
        : xmlRpcTransport(new XmlRpcClient(served, call), settings);
    },
  };
}

/** What an order says about people, to be hidden in Keap's messages. */
function personal({ contact, shippingAddress, notes, customFields, payment }: KeapOrder): string[] {
  const note = payment.kind === 'taken' ? payment.note : undefined;
  return textsIn([contact, shippingAddress, customFields, notes, note]);
}
