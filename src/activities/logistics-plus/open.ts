import type { LogisticsPlusOrder } from '../../workflows/logistics-plus/input.js';
import { callerFor, fixedAuth, textsIn } from '../call.js';
import type { Served } from '../platform.js';
import { WarehouseClient } from './client.js';
import { logisticsPlusDialect } from './dialect.js';
import { settingsOf } from './settings.js';

/** What the steps of one connection share. */
export interface Open {
  /** Logistics Plus on behalf of an order. */
  readonly open: (order: LogisticsPlusOrder) => WarehouseClient;
  /** Logistics Plus on behalf of a reference of which nothing else is known. */
  readonly openBlind: (reference: string) => WarehouseClient;
  /** The text that the account has agreed with its warehouses to read as "stop". */
  readonly stopNote: string | undefined;
}

export function openLogisticsPlus(served: Served): Open {
  const { apiKey, organization, stopNote } = settingsOf(served.connection);
  const auth = fixedAuth({
    'x-api-key': apiKey,
    ...(organization === undefined ? {} : { 'organization-slug': organization }),
  });
  const errand = { dialect: logisticsPlusDialect, auth };
  return {
    open: (order) => {
      const { reference } = order;
      const call = callerFor(served, { ...errand, reference, personal: personal(order), quotable: codes(order) });
      return new WarehouseClient(served, call);
    },
    openBlind: (reference) =>
      new WarehouseClient(served, callerFor(served, { ...errand, reference, personal: undefined })),
    stopNote,
  };
}

/** What an order says about people, to be hidden in the platform's messages. */
function personal(order: LogisticsPlusOrder): string[] {
  const { shipToAddress, note, secondaryReference, additionalReferences, orderLines } = order;
  const values = [...(additionalReferences ?? []), ...orderLines.flatMap((line) => line.partAttributes ?? [])];
  return textsIn([shipToAddress, note, secondaryReference, values.map(({ value }) => value)]);
}

/** Which product, warehouse or carrier it is that the platform does not know is what a person needs to read. */
function codes({ orderLines, warehouseCode, rateGroup, transportDetail }: LogisticsPlusOrder): string[] {
  return textsIn([orderLines.map(({ productCode }) => productCode), warehouseCode, rateGroup, transportDetail]);
}
