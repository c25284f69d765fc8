import { randomUUID } from 'node:crypto';
import type { Order } from '../../../src/client/order.js';
import {
  type LogisticsPlusOrderResult,
  type LogisticsPlusUpdates,
  logisticsPlusOrder,
} from '../../../src/contracts.js';
import {
  type LogisticsPlusLedgerOrder,
  type LogisticsPlusOptions,
  type LogisticsPlusSandbox,
  logisticsPlusSeed,
  startSandbox,
} from '../../../src/sandbox/index.js';
import type { Hold } from '../../../src/workflows/contract.js';
import { PACE, type ServingOptions, type ServingWorker, serveConnections, until } from '../serving.js';

export type WarehouseOrder = Order<LogisticsPlusOrderResult, LogisticsPlusUpdates>;

/** One account at a sandbox of its own. */
export interface Warehouse {
  readonly connection: string;
  readonly sandbox: LogisticsPlusSandbox;
  /** An order with a reference of its own. */
  order(change?: Record<string, unknown>): Record<string, unknown> & { reference: string };
  start(order: Record<string, unknown>): Promise<WarehouseOrder>;
  /** What the platform has under a reference, whatever its case. */
  ledgerOrders(reference: string): LogisticsPlusLedgerOrder[];
}

export interface WarehouseRig extends ServingWorker {
  readonly warehouses: readonly Warehouse[];
}

/** Starts warehouses and one worker that serves them. `settings` are of the connection. */
export async function openWarehouses(
  wanted: readonly { readonly options?: LogisticsPlusOptions; readonly settings?: object }[] = [{}],
  options: ServingOptions = {},
): Promise<WarehouseRig> {
  const { pace = PACE } = options;
  const run = randomUUID().slice(0, 8);
  const keyOf = (i: number) => `${logisticsPlusSeed.apiKey}-${run}-${i}`;
  const sandboxes = await Promise.all(
    wanted.map(async (each, i) => {
      const behaviour = { throttle: 'off' as const, clockSpeed: 1 / pace, apiKeys: [keyOf(i)], ...each.options };
      return (await startSandbox({ only: ['logistics-plus'], logisticsPlus: behaviour })).logisticsPlus;
    }),
  );
  const nameOf = (i: number) => `logistics-plus/w-${run}-${i}`;
  const connections = sandboxes.map(({ url }, i) => [
    nameOf(i),
    { url, apiKey: keyOf(i), organization: logisticsPlusSeed.slug, limits: [], ...wanted[i]?.settings },
  ]);
  const serving = await serveConnections(Object.fromEntries(connections), options);
  const warehouses = sandboxes.map(
    (sandbox, i): Warehouse => ({
      connection: nameOf(i),
      sandbox,
      order: (change = {}) => ({
        ...plainOrder(),
        connection: nameOf(i),
        reference: `T-${randomUUID().slice(0, 8)}`,
        ...change,
      }),
      start: (order) => serving.waybill.start(logisticsPlusOrder, order),
      ledgerOrders: (reference) =>
        sandbox
          .ledger()
          .orders.filter(({ primaryReference }) => primaryReference.toUpperCase() === reference.toUpperCase()),
    }),
  );
  return {
    ...serving,
    warehouses,
    async close() {
      await serving.close();
      await Promise.all(sandboxes.map((each) => each.stop()));
    },
  };
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
