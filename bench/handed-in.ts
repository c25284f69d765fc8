import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { Waybill } from '../src/client.js';
import { keapOrder } from '../src/contracts.js';
import type { KeapLedger } from '../src/sandbox/index.js';
import { exampleOrder, phase } from './orders.js';
import { type BenchStage, end, median, onStage, startMany, usage } from './stage.js';

/** How many orders are handed in at once, and how. */
export interface HandedInLoad {
  readonly orders: number;
  /** Of each kind in turn, so that what else the machine does hits both. */
  readonly block: number;
  /** Starts, and orders of the steady phases, that are under way at once. */
  readonly open: number;
  readonly steadySeconds: number;
  /** The backlog is given up after this. */
  readonly drainSeconds: number;
}

export const fullHandedIn: HandedInLoad = {
  orders: 10_000,
  block: 1_000,
  open: 20,
  steadySeconds: 60,
  drainSeconds: 3_600,
};
export const quickHandedIn: HandedInLoad = { orders: 500, block: 100, open: 20, steadySeconds: 10, drainSeconds: 300 };

export interface HandedInMeasurement {
  /** Starts a second, over all blocks; the ratio is the median of the pairs of blocks. */
  readonly starts: { readonly product: number; readonly bare: number; readonly ratio: number };
  readonly accepted: number;
  /** As the server counts them right after that. */
  readonly listed: number;
  /** Completed, and at the platform there once and paid once. */
  readonly carried: number;
  /** Orders a second before the orders were handed in and after the last had ended. */
  readonly steady: readonly [number, number];
  /** Orders a second while the first, the second and the last third of the backlog ended. */
  readonly thirds: readonly number[];
  /** Of the worker that carried the backlog, at its highest. */
  readonly maxRssMiB: number;
}

/** On a task queue that nobody polls: bare workflows are only handed in, as the orders are at first. */
const NOBODY = 'nobody';

/** How often the backlog is counted. */
const COUNT_EVERY_MS = 1_000;

/** What was started is listed after this at the latest. */
const LISTED_WITHIN_MS = 60_000;

export const measureHandedIn = (executable: string, load: HandedInLoad, cached: number): Promise<HandedInMeasurement> =>
  onStage(executable, async (stage) => {
    const connection = await Connection.connect({ address: stage.address });
    try {
      const startWorker = () => stage.startWorker({ cached, only: 'orders' });
      return await measure(new Client({ connection }), stage, startWorker, load);
    } finally {
      await connection.close();
    }
  });

async function measure(
  client: Client,
  stage: BenchStage,
  startWorker: () => Promise<ChildProcess>,
  load: HandedInLoad,
): Promise<HandedInMeasurement> {
  const waybill = new Waybill(client, 'product');
  let n = 0;
  const carryOne = async () => {
    n += 1;
    await (await waybill.start(keapOrder, exampleOrder(`S${n}`))).result();
  };
  const steady = async (worker: ChildProcess) =>
    (await phase(worker, carryOne, load.open, load.steadySeconds)).perSecond;

  const first = await startWorker();
  await phase(first, carryOne, load.open, Math.min(5, load.steadySeconds));
  const before = await steady(first);
  await end(first);

  const since = new Date();
  const query = `WorkflowType = "${keapOrder.name}" AND StartTime >= "${since.toISOString()}"`;
  const count = async (status: string) =>
    (await client.workflow.count(`${query} AND ExecutionStatus = "${status}"`)).count;
  const handed = await handIn(client, waybill, load);
  const listed = await reached(load.orders, LISTED_WITHIN_MS, () => count('Running'));

  const worker = await startWorker();
  const { thirds, ended } = await drain(load, () => count('Completed'));
  const { maxRss } = await usage(worker);
  const after = ended === load.orders ? await steady(worker) : Number.NaN;
  const ledger = (await (await fetch(`${stage.sandbox.urls.keap}/_sandbox/ledger`)).json()) as KeapLedger;
  return {
    ...handed,
    listed,
    carried: Math.min(ended, paidOnce(ledger)),
    steady: [before, after],
    thirds,
    maxRssMiB: maxRss / 2 ** 20,
  };
}

/** Hands both kinds in, block by block in turn; which goes first changes. */
async function handIn(client: Client, waybill: Waybill, { orders, block, open }: HandedInLoad) {
  const accepted = { product: 0, bare: 0 };
  const kinds = {
    bare: async () => {
      accepted.bare += 1;
      const workflowId = `handed-in-${accepted.bare}`;
      const args = [exampleOrder(`H${accepted.bare}`)];
      await client.workflow.start('bareWaiting', { taskQueue: NOBODY, workflowId, args });
    },
    product: async () => {
      accepted.product += 1;
      await waybill.start(keapOrder, exampleOrder(`H${accepted.product}`));
    },
  };
  const seconds = { product: [] as number[], bare: [] as number[] };
  for (let done = 0; done < orders; done += block) {
    const turn = ['bare', 'product'] as const;
    for (const kind of (done / block) % 2 === 0 ? turn : turn.toReversed()) {
      const begin = performance.now();
      await startMany(block, kinds[kind], open);
      seconds[kind].push((performance.now() - begin) / 1_000);
    }
  }
  const perSecond = (of: number[]) => orders / of.reduce((sum, each) => sum + each, 0);
  const ratio = median(seconds.product.map((each, i) => (seconds.bare[i] ?? Number.NaN) / each));
  const starts = { product: perSecond(seconds.product), bare: perSecond(seconds.bare), ratio };
  return { starts, accepted: accepted.product };
}

/** Follows the backlog to its end. */
async function drain({ orders, drainSeconds }: HandedInLoad, completed: () => Promise<number>) {
  const begin = performance.now();
  const marks = [1, 2, 3].map((third) => Math.ceil((orders * third) / 3));
  const passed = [{ at: begin, ended: 0 }];
  let ended = 0;
  await reached(orders, drainSeconds * 1_000, async () => {
    ended = await completed();
    while (ended >= (marks[passed.length - 1] ?? Number.POSITIVE_INFINITY))
      passed.push({ at: performance.now(), ended });
    return ended;
  });
  const thirds = passed.slice(1).map(({ at, ended }, i) => {
    const last = passed[i] as (typeof passed)[0];
    return (ended - last.ended) / ((at - last.at) / 1_000);
  });
  return { thirds, ended };
}

/** Counts until it is as many, or for so long. */
async function reached(wanted: number, withinMs: number, count: () => Promise<number>): Promise<number> {
  for (const begin = performance.now(); ; await sleep(COUNT_EVERY_MS)) {
    const now = await count();
    if (now >= wanted || performance.now() - begin > withinMs) return now;
  }
}

/** How many of the orders that were handed in stand at the platform once, and paid once. */
function paidOnce({ orders }: KeapLedger): number {
  const times = new Map<string, number>();
  for (const { customFields, paid, payments, total } of orders) {
    const reference = Object.values(customFields).find((value) => /^H\d+$/.test(value));
    if (reference === undefined) continue;
    const once = payments.length === 1 && paid === total;
    times.set(reference, (times.get(reference) ?? 0) + (once ? 1 : 2));
  }
  return [...times.values()].filter((each) => each === 1).length;
}
