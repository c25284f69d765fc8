import type { Order } from '../../../src/client/order.js';
import {
  type LogisticsPlusOrderResult,
  type LogisticsPlusUpdates,
  logisticsPlusOrder,
} from '../../../src/contracts.js';
import {
  type LogisticsPlusLedger,
  type LogisticsPlusLedgerOrder,
  type LogisticsPlusOptions,
  type LogisticsPlusSandbox,
  logisticsPlusSeed,
  startSandbox,
} from '../../../src/sandbox/index.js';
import type { Hold } from '../../../src/workflows/contract.js';
import { type Opened, openAccounts } from '../accounts.js';
import { type ServingOptions, type ServingWorker, until } from '../serving.js';
import type { Account } from '../tested.js';

export type WarehouseOrder = Order<LogisticsPlusOrderResult, LogisticsPlusUpdates>;

/** One account at a sandbox of its own. */
export type WarehouseAccount = Account<LogisticsPlusSandbox, LogisticsPlusOrderResult, LogisticsPlusUpdates, 'WAPI'>;

export interface Warehouse extends WarehouseAccount {
  /** What the platform has under a reference, whatever its case. */
  ledgerOrders(reference: string): LogisticsPlusLedgerOrder[];
}

export interface WarehouseRig extends ServingWorker {
  readonly warehouses: readonly Warehouse[];
}

/** What the platform has under a reference, whatever its case. */
export const ordersUnder = ({ orders }: LogisticsPlusLedger, reference: string): LogisticsPlusLedgerOrder[] =>
  orders.filter(({ primaryReference }) => primaryReference.toUpperCase() === reference.toUpperCase());

/** How an account at Logistics Plus is opened. */
export const warehouse: Opened<WarehouseAccount> = {
  platform: 'logistics-plus',
  contract: logisticsPlusOrder,
  key: logisticsPlusSeed.apiKey,
  async imitate({ key, clockSpeed, behaviour }) {
    const logisticsPlus: LogisticsPlusOptions = { throttle: 'off', clockSpeed, apiKeys: [key], ...behaviour };
    return (await startSandbox({ only: ['logistics-plus'], logisticsPlus })).logisticsPlus;
  },
  settings: ({ url }, key) => ({ url, apiKey: key, organization: logisticsPlusSeed.slug, limits: [] }),
  plainOrder: () => plainOrder(),
};

/** Starts warehouses and one worker that serves them. `settings` are of the connection. */
export async function openWarehouses(
  wanted: readonly { readonly options?: LogisticsPlusOptions; readonly settings?: object }[] = [{}],
  options: ServingOptions = {},
): Promise<WarehouseRig> {
  const accounts = wanted.map(({ options: behaviour, settings }) => ({
    variant: 'WAPI' as const,
    behaviour,
    settings,
  }));
  const rig = await openAccounts(warehouse, accounts, options);
  const warehouses = rig.accounts.map((account) => ({
    ...account,
    ledgerOrders: (reference: string) => ordersUnder(account.sandbox.ledger(), reference),
  }));
  return { ...rig, warehouses };
}

export const plainOrder = () => ({
  warehouseCode: 'LAW',
  secondaryReference: 'WEB-55110',
  shipToAddress: {
    address: {
      organization: 'Ada Stone',
      addressLine1: '1 Mill Lane',
      city: 'Tempe',
      state: 'AZ',
      postalCode: '85281',
      country: 'USA',
    },
    contact: { personName: 'Ada Stone', phoneNumber: '480-555-0142', emailAddress: 'ada@example.com' },
  },
  orderLines: [
    { externalLineReference: '10', productCode: 'MUG-B', quantity: 2 },
    { externalLineReference: '20', productCode: 'KETTLE-E', quantity: 1 },
  ],
  additionalReferences: [{ key: 'ORD', value: 'SHOP-1' }],
  note: 'GROUND - CHEAPEST',
});

/** Waits until the order waits for the warehouse. */
export const waits = (order: WarehouseOrder) => until(order, ({ phase }) => phase === 'waiting');

/** Waits for the order's next hold. */
export async function held(order: WarehouseOrder): Promise<Hold> {
  const { hold } = await until(order, (status) => status.hold !== undefined);
  if (hold === undefined) throw new Error('no hold');
  return hold;
}
