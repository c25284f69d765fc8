import type { ChildProcess } from 'node:child_process';
import { Client, Connection } from '@temporalio/client';
import { Waybill } from '../src/client.js';
import { type KeapOrder, keapOrder } from '../src/contracts.js';
import { cpuBetween, median, onStage, settledMemory, startMany, usage } from './stage.js';

/** How long and how much is measured. */
export interface OrdersLoad {
  readonly rounds: number;
  readonly secondsPerPhase: number;
  /** Orders open at once: enough to keep both cores busy, few enough that an order does not wait for long. */
  readonly open: number;
  /** Numbers of waiting orders between which the slope of memory is taken. */
  readonly waiting: readonly [number, number];
}

export const fullOrders: OrdersLoad = { rounds: 3, secondsPerPhase: 30, open: 20, waiting: [1_000, 3_000] };
export const quickOrders: OrdersLoad = { rounds: 1, secondsPerPhase: 8, open: 20, waiting: [200, 600] };

export interface Throughput {
  readonly perSecond: number;
  readonly cpuMsPerOrder: number;
}

export interface OrdersMeasurement {
  /** Activities of a product order; the bare one has as many. */
  readonly activities: number;
  readonly events: { readonly product: number; readonly bare: number };
  /** Medians over the rounds. */
  readonly product: Throughput;
  readonly bare: Throughput;
  /** Medians of the ratios, round by round. */
  readonly ratio: { readonly perSecond: number; readonly cpu: number };
  /** Resident KiB for each waiting order. */
  readonly waitingKiB: { readonly product: number; readonly bare: number };
}

/** A paid order over REST. */
export const exampleOrder = (reference: string): KeapOrder =>
  ({
    connection: 'keap/sandbox',
    reference,
    title: 'web shop',
    orderedAt: '2026-11-20T15:30:00Z',
    currency: 'USD',
    total: '54.90',
    contact: { email: 'ada@example.com', givenName: 'Ada', familyName: 'Stone' },
    lines: [
      { sku: 'MUG-B', quantity: 2, unitPrice: '24.95' },
      { kind: 'shipping', quantity: 1, unitPrice: '5.00', name: 'Standard shipping' },
    ],
    payment: { kind: 'taken', method: 'Credit Card (Manual)', reference: `pay-${reference}` },
  }) as unknown as KeapOrder;

/** More than the largest number of waiting orders, so that none is evicted while memory is measured. */
const CACHED = 4_000;

/** Product orders and bare workflows in turn, on one server, in one worker process. */
export const measureOrders = (executable: string, load: OrdersLoad): Promise<OrdersMeasurement> =>
  onStage(executable, async ({ address, startWorker }) =>
    measure(address, await startWorker({ cached: CACHED }), load),
  );

async function measure(address: string, worker: ChildProcess, load: OrdersLoad): Promise<OrdersMeasurement> {
  const connection = await Connection.connect({ address });
  const client = new Client({ connection });
  const waybill = new Waybill(client, 'product');
  let n = 0;
  const productOrder = async () => {
    n += 1;
    const order = await waybill.start(keapOrder, exampleOrder(`B${n}`));
    await order.result();
    return order.workflowId;
  };
  const first = await client.workflow.getHandle(await productOrder()).fetchHistory();
  const activities = first.events?.filter(({ activityTaskScheduledEventAttributes: a }) => a).length ?? 0;
  const bareOrder = async () => {
    n += 1;
    const workflowId = `bare-${n}`;
    await client.workflow.execute('bareOrder', {
      taskQueue: 'bare',
      workflowId,
      args: [activities, exampleOrder(`B${n}`)],
    });
    return workflowId;
  };
  const bareFirst = await client.workflow.getHandle(await bareOrder()).fetchHistory();

  const product: Throughput[] = [];
  const bare: Throughput[] = [];
  // The first phase of each kind warms up and is not counted.
  for (let round = 0; round <= load.rounds; round += 1) {
    const seconds = round === 0 ? Math.min(5, load.secondsPerPhase) : load.secondsPerPhase;
    const results = [
      await phase(worker, bareOrder, load.open, seconds),
      await phase(worker, productOrder, load.open, seconds),
    ];
    if (round === 0) continue;
    bare.push(results[0] as Throughput);
    product.push(results[1] as Throughput);
  }
  const soon = new Date(Date.now() + 24 * 3_600_000).toISOString();
  const waitingKiB = {
    bare: await slope(worker, load.waiting, async () => {
      n += 1;
      await client.workflow.start('bareWaiting', { taskQueue: 'bare', workflowId: `bare-waiting-${n}` });
    }),
    product: await slope(worker, load.waiting, async () => {
      n += 1;
      await waybill.start(keapOrder, { ...exampleOrder(`W${n}`), startAt: soon });
    }),
  };
  await connection.close();
  const ratios = product.map((each, i) => ({
    perSecond: each.perSecond / (bare[i]?.perSecond ?? Number.NaN),
    cpu: each.cpuMsPerOrder / (bare[i]?.cpuMsPerOrder ?? Number.NaN),
  }));
  return {
    activities,
    events: { product: first.events?.length ?? 0, bare: bareFirst.events?.length ?? 0 },
    product: medianOf(product),
    bare: medianOf(bare),
    ratio: { perSecond: median(ratios.map((r) => r.perSecond)), cpu: median(ratios.map((r) => r.cpu)) },
    waitingKiB,
  };
}

/** Keeps `open` orders under way for so many seconds. */
export async function phase(
  worker: ChildProcess,
  run: () => Promise<unknown>,
  open: number,
  seconds: number,
): Promise<Throughput> {
  const before = await usage(worker);
  const begin = performance.now();
  let done = 0;
  const lane = async () => {
    while (performance.now() - begin < seconds * 1_000) {
      await run();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: open }, lane));
  const elapsed = (performance.now() - begin) / 1_000;
  return { perSecond: done / elapsed, cpuMsPerOrder: (cpuBetween(before, await usage(worker)) * 1_000) / done };
}

async function slope(
  worker: ChildProcess,
  [from, to]: readonly [number, number],
  start: () => Promise<void>,
): Promise<number> {
  await startMany(from, start);
  const before = await settledMemory(worker);
  await startMany(to - from, start);
  return ((await settledMemory(worker)) - before) / 1_024 / (to - from);
}

const medianOf = (each: Throughput[]): Throughput => ({
  perSecond: median(each.map(({ perSecond }) => perSecond)),
  cpuMsPerOrder: median(each.map(({ cpuMsPerOrder }) => cpuMsPerOrder)),
});
