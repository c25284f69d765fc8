import type { InfoplusOrder } from '../../workflows/infoplus/input.js';
import { callerFor, fixedAuth, textsIn } from '../call.js';
import type { Served } from '../platform.js';
import { InfoplusClient } from './client.js';
import { infoplusDialect } from './dialect.js';
import { type InfoplusSettings, settingsOf } from './settings.js';

/** What the steps of one connection share. */
export interface Open {
  readonly served: Served;
  readonly settings: InfoplusSettings;
  /** Infoplus on behalf of an order. */
  readonly open: (order: InfoplusOrder) => InfoplusClient;
  /** Infoplus on behalf of whoever waits: nothing is known of the people concerned. */
  readonly openBlind: () => InfoplusClient;
}

export function openInfoplus(served: Served): Open {
  const settings = settingsOf(served.connection);
  const errand = { dialect: infoplusDialect, auth: fixedAuth({ 'API-Key': settings.apiKey }) };
  return {
    served,
    settings,
    open: (order) => {
      const { reference } = order;
      const call = callerFor(served, { ...errand, reference, personal: personal(order), quotable: codes(order) });
      return new InfoplusClient(served, call);
    },
    openBlind: () => {
      return new InfoplusClient(served, callerFor(served, { ...errand, reference: undefined, personal: undefined }));
    },
  };
}

/** Fields of an order that name no person and no place. */
const IMPERSONAL = ['connection', 'reference', 'startAt', 'orderDate', 'warehouse', 'carrier', 'customer', 'holdCode'];

/** What an order says about people, to be hidden in the platform's messages. */
function personal({ lineItems, ...order }: InfoplusOrder): string[] {
  const fields = Object.entries(order).filter(([name]) => !IMPERSONAL.includes(name) && !name.endsWith('Country'));
  const lines = lineItems.map((line) => [line.customFields, line.orderAssemblyInstructions]);
  return textsIn([fields.map(([, value]) => value), lines]);
}

/** Which item, customer, warehouse or carrier it is that the platform does not know is what a person needs to read. */
function codes({ lineItems, customerNo, warehouse, carrier }: InfoplusOrder): string[] {
  return textsIn([lineItems.map(({ sku }) => sku), customerNo, warehouse, carrier]);
}
