import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, Runtime, type WorkflowBundleOption } from '@temporalio/worker';
import { inject } from 'vitest';
import type { Order } from '../../src/client/order.js';
import type { OrderStatus } from '../../src/client/status.js';
import { Waybill } from '../../src/client.js';
import { parseConnections } from '../../src/connections.js';
import { type RunningWorker, startWorker } from '../../src/worker.js';

/** Every waiting time is this much shorter; the sandbox's clock runs that much faster, so that both agree. */
export const PACE = 0.05;

/** The stories, bundled once for the test run. */
export const storyBundle = async (path: string = inject('workflowCode')): Promise<WorkflowBundleOption> => ({
  code: await readFile(path, 'utf8'),
});

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

export interface ServingOptions {
  readonly pace?: number;
  /** Of another server than the one of the test run. */
  readonly address?: string;
  /** Path of the stories' bundle, where the test run has none. */
  readonly workflowCode?: string;
  /** Of the worker. */
  readonly maxCachedOrders?: number;
}

/** A worker that serves connections on a task queue of its own, and a client beside it. */
export interface ServingWorker {
  readonly client: Client;
  readonly waybill: Waybill;
  readonly taskQueue: string;
  /** Stops the worker in order. */
  stopWorker(): Promise<void>;
  /** Starts another in its place. Orders keep the pace that they began with; what the worker does by itself has this one. */
  startWorker(pace?: number): Promise<void>;
  close(): Promise<void>;
}

/** @param connections as in a configuration file */
export async function serveConnections(
  connections: Readonly<Record<string, object>>,
  options: ServingOptions = {},
): Promise<ServingWorker> {
  quiet();
  const { pace = PACE, address = inject('temporalAddress'), workflowCode, maxCachedOrders } = options;
  const taskQueue = `stories-${randomUUID().slice(0, 8)}`;
  const stateFolder = await mkdtemp(join(tmpdir(), 'waybill-test-'));
  const parsed = parseConnections({ connections }, 'the test');
  const workflowBundle = await storyBundle(workflowCode);
  let worker: RunningWorker | undefined;
  const stopWorker = async () => {
    await worker?.stop();
    worker = undefined;
  };
  const openWorker = async (itsPace = pace) => {
    worker ??= await startWorker({
      temporal: { address },
      taskQueue,
      connections: parsed,
      stateFolder,
      pace: itsPace,
      log: { info: () => {}, warn: () => {} },
      workflowBundle,
      ...(maxCachedOrders === undefined ? {} : { maxCachedOrders }),
    });
  };
  await openWorker();
  const connection = await Connection.connect({ address });
  const client = new Client({ connection });
  return {
    client,
    waybill: new Waybill(client, taskQueue),
    taskQueue,
    stopWorker,
    startWorker: openWorker,
    async close() {
      await stopWorker();
      await connection.close();
      await rm(stateFolder, { recursive: true });
    },
  };
}

/** Longer than anything takes that a test waits for, on a busy machine too; shorter than the time of a long test. */
const PATIENCE_MS = 300_000;

/**
 * Polls until the order shows what is waited for.
 *
 * @throws with what it shows instead, when it has ended without, or in five minutes; a shorter test ends before
 */
export async function until(
  order: Pick<Order, 'status'>,
  isTrue: (status: OrderStatus) => boolean,
  everyMs = 100,
): Promise<OrderStatus> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  for (;;) {
    const status = await order.status();
    if (isTrue(status)) return status;
    // One that no worker was free to ask tells nothing of itself, and is asked again.
    const isTold = status.undone !== undefined;
    if (isTold && status.state !== 'running') throw new Error(`it has ended without: ${JSON.stringify(status)}`);
    if (Date.now() > giveUpAt) throw new Error(`waited for in vain: ${JSON.stringify(status)}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
