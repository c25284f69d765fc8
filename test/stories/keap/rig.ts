import { randomUUID } from 'node:crypto';
import type { Order } from '../../../src/client/order.js';
import { type KeapOrderResult, keapOrder } from '../../../src/contracts.js';
import { type KeapOptions, type KeapSandbox, keapSeed, startSandbox } from '../../../src/sandbox/index.js';
import { PACE, type ServingOptions, type ServingWorker, serveConnections } from '../serving.js';

export { quiet, storyBundle, until } from '../serving.js';

export type Transport = 'rest' | 'xml-rpc';

/** One account at a sandbox of its own. */
export interface Shop {
  /** e.g. `keap/r-3f2a` */
  readonly connection: string;
  readonly transport: Transport;
  readonly sandbox: KeapSandbox;
  /** An order with a reference of its own. */
  order(change?: Record<string, unknown>): Record<string, unknown> & { reference: string };
  start(order: Record<string, unknown>): Promise<Order<KeapOrderResult>>;
}

export interface Rig extends ServingWorker {
  readonly shops: readonly Shop[];
}

/** Starts shops and one worker that serves them. */
export async function openRig(
  wanted: readonly { transport: Transport; keap?: KeapOptions }[],
  options: ServingOptions = {},
): Promise<Rig> {
  const { pace = PACE } = options;
  const run = randomUUID().slice(0, 8);
  // A key of its own each: connections with one key share an account, and would be served together.
  const keyOf = (i: number) => `${keapSeed.serviceAccountKey}-${run}-${i}`;
  const sandboxes = await Promise.all(
    wanted.map(async ({ keap }, i) => {
      const behaviour: KeapOptions = { throttle: 'off', clockSpeed: 1 / pace, serviceAccountKeys: [keyOf(i)], ...keap };
      return (await startSandbox({ only: ['keap'], keap: behaviour })).keap;
    }),
  );
  const names = wanted.map(({ transport }, i) => `keap/${transport === 'rest' ? 'rest' : 'xml'}-${run}-${i}`);
  const serving = await serveConnections(
    Object.fromEntries(
      sandboxes.map(({ url }, i) => [
        names[i],
        { url, transport: wanted[i]?.transport, auth: { serviceAccountKey: keyOf(i) }, limits: [] },
      ]),
    ),
    options,
  );
  const shops = sandboxes.map((sandbox, i): Shop => {
    const connection = names[i] ?? '';
    return {
      connection,
      transport: wanted[i]?.transport ?? 'rest',
      sandbox,
      order: (change = {}) => ({ ...plainOrder(), connection, reference: `T-${randomUUID().slice(0, 8)}`, ...change }),
      start: (order) => serving.waybill.start(keapOrder, order),
    };
  });
  return {
    ...serving,
    shops,
    async close() {
      await serving.close();
      await Promise.all(sandboxes.map((each) => each.stop()));
    },
  };
}

export const plainOrder = () => ({
  title: 'web shop',
  orderedAt: '2026-01-15T15:30:00Z',
  notes: 'Leave at the door',
  currency: 'USD',
  total: '54.90',
  contact: { email: 'ada@example.com', givenName: 'Ada', familyName: 'Stone' },
  shippingAddress: {
    givenName: 'Ada',
    familyName: 'Stone',
    line1: '1 Mill Lane',
    city: 'Tempe',
    region: 'AZ',
    postalCode: '85281',
    country: 'US',
  },
  lines: [
    { sku: 'MUG-B', quantity: 2, unitPrice: '24.95', name: 'Blue mug' },
    { kind: 'shipping', quantity: 1, unitPrice: '5.00', name: 'Standard shipping' },
  ],
  payment: { kind: 'taken', method: 'Credit Card (Manual)', reference: 'pay_9f2' },
  customFields: { 'Gift Message': 'Happy birthday' },
});
