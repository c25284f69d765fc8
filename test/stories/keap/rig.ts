import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, Runtime, type WorkflowBundleOption } from '@temporalio/worker';
import { inject } from 'vitest';
import type { Order } from '../../../src/client/order.js';
import type { OrderStatus } from '../../../src/client/status.js';
import { Waybill } from '../../../src/client.js';
import { parseConnections } from '../../../src/connections.js';
import { type KeapOrderResult, keapOrder } from '../../../src/contracts.js';
import { type KeapOptions, type KeapSandbox, keapSeed, startSandbox } from '../../../src/sandbox/index.js';
import { type RunningWorker, startWorker } from '../../../src/worker.js';

/** Every waiting time is this much shorter; the sandbox's clock runs that much faster, so that both agree. */
export const PACE = 0.05;

export type Transport = 'rest' | 'xml-rpc';

let bundled: Promise<WorkflowBundleOption> | undefined;

/** The stories, bundled once for each test file. */
export function storyBundle(): Promise<WorkflowBundleOption> {
  bundled ??= bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../../../src/workflows', import.meta.url)),
    logger: new DefaultLogger('ERROR'),
  });
  return bundled;
}

let installed = false;
export function quiet(): void {
  if (!installed) {
    Runtime.install({
      logger: new DefaultLogger('ERROR'),
      telemetryOptions: { logging: { filter: 'ERROR' } },
    });
  }
  installed = true;
}

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

export interface Rig {
  readonly shops: readonly Shop[];
  readonly client: Client;
  readonly waybill: Waybill;
  readonly taskQueue: string;
  /** Stops the worker in order, and starts another in its place. */
  stopWorker(): Promise<void>;
  startWorker(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts shops and one worker that serves them.
 *
 * @param options `address`: of another server than the one of the test run; `maxCachedOrders`: of the worker
 */
export async function openRig(
  wanted: readonly { transport: Transport; keap?: KeapOptions }[],
  options: { readonly pace?: number; readonly address?: string; readonly maxCachedOrders?: number } = {},
): Promise<Rig> {
  quiet();
  const { pace = PACE, address = inject('temporalAddress'), maxCachedOrders } = options;
  const run = randomUUID().slice(0, 8);
  const taskQueue = `keap-${run}`;
  // A key of its own each: connections with one key share an account, and would be served together.
  const keyOf = (i: number) => `${keapSeed.serviceAccountKey}-${run}-${i}`;
  const stateFolder = await mkdtemp(join(tmpdir(), 'waybill-test-'));
  const sandboxes = await Promise.all(
    wanted.map(({ keap }, i) =>
      startSandbox({ keap: { throttle: 'off', clockSpeed: 1 / pace, serviceAccountKeys: [keyOf(i)], ...keap } }),
    ),
  );
  const names = wanted.map(({ transport }, i) => `keap/${transport === 'rest' ? 'rest' : 'xml'}-${run}-${i}`);
  const connections = parseConnections(
    {
      connections: Object.fromEntries(
        wanted.map(({ transport }, i) => [
          names[i],
          {
            url: sandboxes[i]?.keap.url,
            transport,
            auth: { serviceAccountKey: keyOf(i) },
            limits: [],
          },
        ]),
      ),
    },
    'the test',
  );
  const workflowBundle = await storyBundle();
  let worker: RunningWorker | undefined;
  const stopWorker = async () => {
    await worker?.stop();
    worker = undefined;
  };
  const openWorker = async () => {
    worker ??= await startWorker({
      temporal: { address },
      taskQueue,
      connections,
      stateFolder,
      pace,
      log: { info: () => {}, warn: () => {} },
      workflowBundle,
      ...(maxCachedOrders === undefined ? {} : { maxCachedOrders }),
    });
  };
  await openWorker();
  const connection = await Connection.connect({ address });
  const client = new Client({ connection });
  const waybill = new Waybill(client, taskQueue);
  const shops = wanted.map(({ transport }, i): Shop => {
    const name = names[i] ?? '';
    const sandbox = sandboxes[i]?.keap;
    if (sandbox === undefined) throw new Error('no sandbox');
    return {
      connection: name,
      transport,
      sandbox,
      order: (change = {}) => ({
        ...plainOrder(),
        connection: name,
        reference: `T-${randomUUID().slice(0, 8)}`,
        ...change,
      }),
      start: (order) => waybill.start(keapOrder, order),
    };
  });
  return {
    shops,
    client,
    waybill,
    taskQueue,
    stopWorker,
    startWorker: openWorker,
    async close() {
      await stopWorker();
      await Promise.all(sandboxes.map((each) => each.stop()));
      await connection.close();
      await rm(stateFolder, { recursive: true });
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

/** Polls until the order shows what is waited for; the test's own time-out ends a wait in vain. */
export async function until(
  order: Order<KeapOrderResult>,
  isTrue: (status: OrderStatus) => boolean,
  everyMs = 100,
): Promise<OrderStatus> {
  for (;;) {
    const status = await order.status();
    if (isTrue(status)) return status;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
