import type { KeapSettings } from '../settings.js';
import type { Transport } from '../transport.js';
import { xmlRpcCatalogue } from './catalogue.js';
import type { XmlRpcClient } from './client.js';
import { xmlRpcContacts } from './contacts.js';
import { xmlRpcOrders } from './orders.js';
import { xmlRpcPayments } from './payments.js';

export function xmlRpcTransport(keap: XmlRpcClient, settings: KeapSettings): Transport {
  return {
    ...xmlRpcCatalogue(keap),
    ...xmlRpcContacts(keap),
    ...xmlRpcOrders(keap, settings),
    ...xmlRpcPayments(keap, settings),
  };
}
