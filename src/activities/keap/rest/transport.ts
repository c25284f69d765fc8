import type { LineProducts } from '../settings.js';
import type { Transport } from '../transport.js';
import { restCatalogue } from './catalogue.js';
import type { RestClient } from './client.js';
import { restContacts } from './contacts.js';
import { restOrders } from './orders.js';
import { restPayments } from './payments.js';

export function restTransport(rest: RestClient, lineProducts: LineProducts): Transport {
  return { ...restCatalogue(rest), ...restContacts(rest), ...restOrders(rest, lineProducts), ...restPayments(rest) };
}
