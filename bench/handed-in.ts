import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { Waybill } from '../src/client.js';
import { keapOrder } from '../src/contracts.js';
import type { KeapLedger } from '../src/sandbox/index.js';
import { exampleOrder, phase } from './orders.js';
import { type BenchStage, backlogOf, end, median, onStage, startMany, tell, usage } from './stage.js';

/** How many orders are handed in at once, and how. */
export interface HandedInLoad {
  readonly orders: number;
  /** Of each kind in turn, so that what else the machine does hits both. */
  readonly blocks: number;
  /** Starts, and orders of the steady phases, that are under way at once. */
  readonly open: number;
  readonly steadySeconds: number;
  /** The backlog is given up after this. */
  readonly drainSeconds: number;
}

export const fullHandedIn: HandedInLoad = {
  orders: 10_000,
  blocks: 10,
  open: 20,
  steadySeconds: 60,
  drainSeconds: 3_600,
};
export const quickHandedIn: HandedInLoad = { orders: 500, blocks: 10, open: 20, steadySeconds: 10, drainSeconds: 300 };

export interface HandedInMeasurement {
  /** Starts a second, over all blocks; the ratio is the median of the pairs of blocks. */
  readonly starts: { readonly product: number; readonly bare: number; readonly ratio: number };
  readonly accepted: number;
  /** As the server counts them right after that. */
  readonly listed: number;
  /** Completed. */
  readonly ended: number;
  /** Under way, or not begun, when the backlog was not followed any more. */
  readonly running: number;
  /** Stand at the platform once and paid once: as many as ended, and some of those under way. */
  readonly paidOnce: number;
  /** Stand there in any other way that is not only unpaid: none. */
  readonly wrong: number;
  /** Orders a second before the orders were handed in, and after the last had ended if it has. */
  readonly steady: readonly number[];
  /** Orders a second in the first, the second and the last third of the time. */
  readonly thirds: readonly number[];
  /** Of the worker that carried the backlog, at its highest. */
  readonly maxRssMiB: number;
}

/** On a task queue that nobody polls: bare workflows are only handed in, as the orders are at first. */
const NOBODY = 'nobody';

/** How often the backlog is counted, and spoken of. */
const COUNT_EVERY_MS = 1_000;
const TELL_EVERY_MS = 30_000;

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

  tell('the steady rate before');
  const first = await startWorker();
  await phase(first, carryOne, load.open, Math.min(5, load.steadySeconds));
  const before = await steady(first);
  await end(first);

  tell('orders are handed in');
  const since = new Date();
  const query = `WorkflowType = "${keapOrder.name}" AND StartTime >= "${since.toISOString()}"`;
  const count = async (status: string) =>
    (await client.workflow.count(`${query} AND ExecutionStatus = "${status}"`)).count;
  const handed = await handIn(client, waybill, load);
  const listed = await reached(load.orders, LISTED_WITHIN_MS, () => count('Running'));

  tell('they are carried');
  const worker = await startWorker();
  const { thirds, ended } = await drain(client, load, () => count('Completed'));
  const running = await count('Running');
  const { maxRss } = await usage(worker);
  const after = running === 0 ? [await steady(worker)] : [];
  const ledger = (await (await fetch(`${stage.sandbox.urls.keap}/_sandbox/ledger`)).json()) as KeapLedger;
  return {
    ...handed,
    listed,
    ended,
    running,
    ...judged(ledger),
    steady: [before, ...after],
    thirds,
    maxRssMiB: maxRss / 2 ** 20,
  };
}

/** Hands both kinds in, block by block in turn; which goes first changes. */
async function handIn(client: Client, waybill: Waybill, { orders, blocks, open }: HandedInLoad) {
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
  for (let i = 0; i < blocks; i += 1) {
    const turn = ['bare', 'product'] as const;
    for (const kind of i % 2 === 0 ? turn : turn.toReversed()) {
      const begin = performance.now();
      await startMany(orders / blocks, kinds[kind], open);
      seconds[kind].push((performance.now() - begin) / 1_000);
    }
  }
  const perSecond = (of: number[]) => orders / of.reduce((sum, each) => sum + each, 0);
  const ratio = median(seconds.product.map((each, i) => (seconds.bare[i] ?? Number.NaN) / each));
  const starts = { product: perSecond(seconds.product), bare: perSecond(seconds.bare), ratio };
  return { starts, accepted: accepted.product };
}

/** Follows the backlog to its end, or for so long. */
async function drain(client: Client, { orders, drainSeconds }: HandedInLoad, completed: () => Promise<number>) {
  const counts = [{ at: performance.now(), ended: 0 }];
  let told = counts[0];
  const ended = await reached(orders, drainSeconds * 1_000, async () => {
    const now = { ended: await completed(), at: performance.now() };
    counts.push(now);
    if (now.at - (told?.at ?? 0) > TELL_EVERY_MS) {
      tell(`${now.ended} have ended, ${await backlogOf(client, 'product')} have not begun`);
      told = now;
    }
    return now.ended;
  });
  return { ended, thirds: thirdsOf(counts) };
}

/** What ended in a second in each third of the time. */
function thirdsOf(counts: readonly { readonly at: number; readonly ended: number }[]): number[] {
  const begin = counts[0]?.at ?? 0;
  const third = ((counts.at(-1)?.at ?? 0) - begin) / 3;
  const marks = [0, 1, 2, 3].map((i) => counts.findLast(({ at }) => at <= begin + i * third + 1));
  return [0, 1, 2].map((i) => {
    const [from, to] = [marks[i], marks[i + 1]];
    return ((to?.ended ?? 0) - (from?.ended ?? 0)) / (((to?.at ?? 0) - (from?.at ?? 0)) / 1_000);
  });
}

/** Counts until it is as many, or for so long. */
async function reached(wanted: number, withinMs: number, count: () => Promise<number>): Promise<number> {
  for (const begin = performance.now(); ; await sleep(COUNT_EVERY_MS)) {
    const now = await count();
    if (now >= wanted || performance.now() - begin > withinMs) return now;
  }
}

/** What the platform has of the orders that were handed in. */
function judged({ orders }: KeapLedger): { readonly paidOnce: number; readonly wrong: number } {
  const ours = new Map<string, boolean[]>();
  for (const { customFields, paid, payments, total } of orders) {
    const reference = Object.values(customFields).find((value) => /^H\d+$/.test(value));
    if (reference === undefined) continue;
    const once = payments.length === 1 && paid === total;
    if (once || payments.length > 0) ours.set(reference, [...(ours.get(reference) ?? []), once]);
  }
  const each = [...ours.values()];
  const paidOnce = each.filter(([first, ...more]) => first === true && more.length === 0).length;
  return { paidOnce, wrong: each.length - paidOnce };
}
