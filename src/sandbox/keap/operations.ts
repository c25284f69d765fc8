import type { CallKind } from '../ledger.js';
import { restRoutes } from './rest/index.js';
import { kindOf } from './rest/route.js';
import { xmlRpcMethods } from './xmlrpc/dispatcher.js';
import { tableSchemas } from './xmlrpc/table-schema.js';

/** A word that faults, holds and the ledger use. */
export interface KeapOperation {
  name: string;
  kind: CallKind;
  transport: 'rest' | 'xmlrpc' | 'token';
}

/** The access that each method of the data service needs on its table. */
const accessNeeded: Readonly<Record<string, string>> = {
  'DataService.add': 'A',
  'DataService.update': 'E',
  'DataService.delete': 'D',
};

/** Every operation of the sandbox, so that a test can go through all writes, or all reads. */
export const keapOperations: readonly KeapOperation[] = [
  { name: 'token', kind: 'write', transport: 'token' },
  ...restRoutes.map((route): KeapOperation => ({ name: route.operation, kind: kindOf(route), transport: 'rest' })),
  ...[...xmlRpcMethods.values()].flatMap(({ name, kind, perTable }): KeapOperation[] =>
    perTable === true
      ? [...tableSchemas.values()]
          .filter(({ access }) => access.includes(accessNeeded[name] ?? 'R'))
          .map((table) => ({ name: `${name}:${table.name}`, kind, transport: 'xmlrpc' }))
      : [{ name, kind, transport: 'xmlrpc' }],
  ),
];

export const isXmlRpc = (operation: string): boolean =>
  operation.startsWith('xmlrpc.') || operation.includes('Service.');

/** The operations that take money from a card. */
export const chargeOperations: ReadonlySet<string> = new Set([
  'orderPayments.create',
  'InvoiceService.chargeInvoice',
  'OrderService.placeOrder',
]);
