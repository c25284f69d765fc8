import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Order } from '../../../src/client/order.js';
import { OrderNotCompletedError } from '../../../src/client.js';
import type { KeapOrderResult } from '../../../src/contracts.js';
import type { KeapSandbox, RequestRecord } from '../../../src/sandbox/index.js';
import { expectNoFailedTask } from '../expect-no-failed-task.js';
import { type Journey, journeys, type Ordered } from './journeys.js';
import { type KillRig, openKillRig } from './kill-rig.js';
import type { Shop, Transport } from './rig.js';

/** One write of a journey. */
interface Case {
  readonly journey: Journey;
  readonly operation: string;
  /** Which of the journey's requests of this operation, counted from 1. */
  readonly nth: number;
  /** How many requests the journey makes up to this one. */
  readonly at: number;
}

/** Where a write stands: sent and not worked; worked and not answered; told to Temporal, and the next request is sent. */
type Moment = 'arrival' | 'done' | 'next';

/** A write, and where it stands when its process is struck. */
interface Struck extends Case {
  readonly moment: Moment;
}

/** An order whose write stands there. */
interface Standing {
  readonly name: string;
  readonly one: Struck;
  readonly shop: Shop;
  readonly input: Ordered;
  readonly order: Order<KeapOrderResult>;
  readonly end: Promise<Journey['ends']>;
  readonly write: RequestRecord;
  release(): void;
}

/** Enough for all cases of a transport. */
const SHOPS: Transport[] = [...Array<Transport>(8).fill('rest'), ...Array<Transport>(15).fill('xml-rpc')];

/** Rarely: each look is a question to the worker, and there are many orders. */
const LOOK_EVERY_MS = 2_000;
const RUNNING = Symbol('running');

/** The longest way, a lost decline, takes half a minute when nothing else is to be done. */
const END_WITHIN_MS = 100_000;

const READS_HELD = 5;

const any = ['read', 'write'];
const writesOf = (sandbox: KeapSandbox): string[] =>
  sandbox
    .ledger()
    .requests.filter(({ kind }) => kind === 'write')
    .map(({ operation }) => operation);

let rig: KillRig;
let slow: KillRig;
let stumbling: KillRig;
let cases: Case[];
/**
 * The payments that are declined. While that answer is lost there is nothing to be found, so it is looked for over the
 * whole settle schedule and sent again: half a minute. What is lost before it is lost like any other payment.
 */
let declines: Case[];
/** The writes of each journey when nothing goes wrong. */
const undisturbed = new Map<Journey, readonly string[]>();
beforeAll(async () => {
  const oneEach = journeys.map(({ transport }) => transport);
  [rig, slow, stumbling] = await Promise.all([
    openKillRig(SHOPS),
    openKillRig(SHOPS),
    openKillRig(oneEach, { stumbling: true }),
  ]);
  const all = await allWrites();
  const isDecline = ({ journey, operation }: Case) => journey.ends === 'failed' && /ayment|charge/.test(operation);
  declines = all.filter(isDecline);
  cases = all.filter((one) => !isDecline(one));
}, 120_000);
afterAll(() => Promise.all([rig, slow, stumbling].map((each) => each.close())));

test('the cases are the writes of both transports', () => {
  const operations = new Set(cases.map(({ operation }) => operation));
  expect([...operations].sort()).toEqual([
    'ContactService.addWithDupCheck',
    'ContactService.update',
    'DataService.update:Job',
    'InvoiceService.addManualPayment',
    'InvoiceService.addOrderItem',
    'InvoiceService.chargeInvoice',
    'InvoiceService.createBlankOrder',
    'InvoiceService.deleteInvoice',
    'OrderService.placeOrder',
    'contacts.create',
    'contacts.update',
    'orderPayments.create',
    'orders.create',
    'orders.delete',
  ]);
});

describe.concurrent('each write of an order is made once, or taken back,', () => {
  test('when its process is killed before the write was worked', async () => {
    const worker = await slow.worker();
    const standing = await bring(slow, [...at('arrival', cases), ...at('done', declines)]);
    worker.signal('SIGKILL');
    await worker.exited;
    for (const { shop, one, release } of standing) {
      // The request dies with its sender.
      if (one.moment === 'arrival') shop.sandbox.faults.add({ kind: 'reset-before', operation: one.operation });
      release();
    }
    await slow.nextWorker();
    await expectEnds(slow, standing);
  }, 150_000);

  test('when its process is killed with the answer out, then after it was told; stopped; frozen', async () => {
    await killed(at('done', cases));
    await killed(at('next', cases));
    await stoppedInOrder();
    await frozen();
  }, 180_000);

  test('when a bug of ours strikes after it was sent', async () => {
    await stumbling.worker();
    const shops = shopsFor(stumbling, journeys);
    // A decline that nobody hears of, and a lost counter-entry, are asked about: these are no journeys to their end.
    const whole = journeys.filter(({ ends }) => ends === 'completed');
    await Promise.all(
      whole.map(async (journey) => {
        const shop = shops[journeys.indexOf(journey)] as Shop;
        const { input, order, end } = await start(shop, journey);
        expect(await end, journey.name).toBe('completed');
        journey.judge(shop.sandbox.ledger(), input);
        expect(writesOf(shop.sandbox), journey.name).toEqual(undisturbed.get(journey));
        await expectNoFailedTask(stumbling.client, order.workflowId);
      }),
    );
  }, 90_000);
});

async function killed(struck: readonly Struck[]): Promise<void> {
  const worker = await rig.worker();
  const standing = await bring(rig, struck);
  worker.signal('SIGKILL');
  await worker.exited;
  for (const { release } of standing) release();
  await rig.nextWorker();
  await expectEnds(rig, standing);
}

/** Set or deleted, the same once more: a step that still has to look whether it was kept may begin again elsewhere. */
const MAY_REPEAT = /update|delete|contacts|DupCheck/i;

/** The write is finished and told, none is sent twice, and the process ends in order. */
async function stoppedInOrder(): Promise<void> {
  const worker = await rig.worker();
  await rig.nextWorker();
  const standing = await bring(rig, at('done', cases));
  worker.signal('SIGTERM');
  // An answer that takes a second more.
  await pause(1_000);
  for (const { release } of standing) release();
  expect(await worker.exited).toEqual({ code: 0, signal: null });
  await expectEnds(rig, standing, ({ one: { journey, operation }, shop }) => {
    if (MAY_REPEAT.test(operation)) return;
    const sends = (writes: readonly string[] = []) => writes.filter((name) => name === operation).length;
    expect(sends(writesOf(shop.sandbox))).toBe(sends(undisturbed.get(journey)));
  });
}

/** The only process sleeps for longer than its heartbeat and its lease; the answers wait for it. */
async function frozen(): Promise<void> {
  const worker = await rig.worker();
  const plain = cases.filter(({ journey }) => journey.name === 'paid elsewhere');
  const standing = await bring(rig, at('done', plain));
  worker.signal('SIGSTOP');
  for (const { release } of standing) release();
  await pause(7_000);
  worker.signal('SIGCONT');
  await expectEnds(rig, standing);
}

const at = (moment: Moment, those: readonly Case[]): Struck[] => those.map((one) => ({ ...one, moment }));

/** Runs each journey undisturbed, and gives all their writes: those that an earlier journey makes alike only once. */
async function allWrites(): Promise<Case[]> {
  await rig.worker();
  const shops = shopsFor(rig, journeys);
  const requests = await Promise.all(
    journeys.map(async (journey, i) => {
      const { sandbox } = shops[i] as Shop;
      const { input, end } = await start(shops[i] as Shop, journey);
      expect(await end, journey.name).toBe(journey.ends);
      journey.judge(sandbox.ledger(), input);
      undisturbed.set(journey, writesOf(sandbox));
      return sandbox.ledger().requests;
    }),
  );
  const seen = new Set<string>();
  return journeys.flatMap((journey, j) =>
    (requests[j] ?? []).flatMap(({ kind, operation }, i, all) => {
      if (kind !== 'write') return [];
      const nth = all.slice(0, i + 1).filter((request) => request.operation === operation).length;
      const money = /ayment|charge/.test(operation) ? JSON.stringify(journey.order.payment) : '';
      const key = `${journey.transport} ${operation} ${nth} ${money}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [{ journey, operation, nth, at: i + 1 }];
    }),
  );
}

function shopsFor(of: KillRig, wanted: readonly Journey[]): Shop[] {
  const free = [...of.shops];
  return wanted.map(({ transport }) => {
    const found = free.findIndex((shop) => shop.transport === transport);
    const [shop] = found < 0 ? [] : free.splice(found, 1);
    if (shop === undefined) throw new Error(`too few shops over ${transport}`);
    return shop;
  });
}

/** Starts an order in an empty shop, with what happens to it, and with somebody who sees to its holds. */
async function start(shop: Shop, journey: Journey) {
  shop.sandbox.reset();
  const input = shop.order(journey.order);
  const order = await shop.start(input);
  const ended = endOf(order);
  // What is asked of an order may be cut off by what happens to its process; the ledger tells what became of it.
  journey.play?.(order, shop.sandbox).catch(() => undefined);
  return { input, order, end: answerHolds(order, journey.mayAsk === true, ended) };
}

async function endOf(order: Order<KeapOrderResult>): Promise<Journey['ends']> {
  try {
    await order.result();
    return 'completed';
  } catch (error) {
    if (!(error instanceof OrderNotCompletedError)) throw error;
    return error.failure === undefined ? 'canceled' : 'failed';
  }
}

/** A person who looks now and then until it is over. Whoever asks without need is an error; what is lost is tried again. */
async function answerHolds<T>(order: Order<KeapOrderResult>, mayAsk: boolean, end: Promise<T>): Promise<T> {
  const deadline = performance.now() + END_WITHIN_MS;
  for (;;) {
    const over = await Promise.race([end, pause(LOOK_EVERY_MS, RUNNING)]);
    if (over !== RUNNING) return over as T;
    const { hold, step, troubles } = await order.status();
    if (performance.now() > deadline) throw new Error(`it does not end: ${step}; ${troubles.join('; ')}`);
    if (hold === undefined) continue;
    if (!mayAsk) throw new Error(`it asks: ${hold.question} (${hold.facts.join('; ')})`);
    await order.resolve({ hold: hold.id, answer: 'retry' }).catch(() => undefined);
  }
}

/** Brings the writes to where they are to stand, about together: those with the longest way begin first. */
async function bring(of: KillRig, struck: readonly Struck[]): Promise<Standing[]> {
  const shops = shopsFor(
    of,
    struck.map(({ journey }) => journey),
  );
  const longest = Math.max(...struck.map((one) => one.at));
  const leader = shops[struck.findIndex((one) => one.at === longest)]?.sandbox as KeapSandbox;
  leader.reset();
  const standing = await Promise.all(
    struck.map(async (one, i) => {
      if (one.at < longest) await leader.whenRequest(any, longest - one.at);
      return stand(shops[i] as Shop, one);
    }),
  );
  // Otherwise its sender had given up before it was struck, and this would be another case.
  for (const { name, shop, write, one } of standing) {
    const after = shop.sandbox.ledger().requests.filter(({ id }) => id > write.id);
    expect(after.length, name).toBeLessThan(one.moment === 'next' ? READS_HELD : 1);
  }
  return standing;
}

async function stand(shop: Shop, one: Struck): Promise<Standing> {
  const { sandbox } = shop;
  const { journey, operation, nth, moment } = one;
  const name = `${journey.name} over ${journey.transport}, ${operation} ${nth}, ${moment}`;
  const { input, order, end } = await start(shop, journey);
  const hold = sandbox.hold({ operation, nth, at: moment === 'arrival' ? 'arrival' : 'done' });
  const early = end.then((how) => Promise.reject(new Error(`${name}: ${how} before it was reached`)));
  const write = await Promise.race([hold.reached, early]);
  if (moment !== 'next') return { name, one, shop, input, order, end, write, release: hold.release };
  // A read that waits too long is sent again, and waits again.
  const rest = Array.from({ length: READS_HELD }, (_, i) => sandbox.hold({ operation: any, nth: i + 1 }));
  hold.release();
  await Promise.race([rest[0]?.reached, end]);
  const release = () => {
    for (const each of rest) each.release();
  };
  return { name, one, shop, input, order, end, write, release };
}

/** Each order ends as it should, and the ledger agrees; told for all of them at once. */
async function expectEnds(
  of: KillRig,
  standing: readonly Standing[],
  more?: (each: Standing) => unknown,
): Promise<void> {
  const problems = await Promise.all(
    standing.map(async (each) => {
      const { name, one, shop, input, order, end } = each;
      try {
        expect(await end).toBe(one.journey.ends);
        one.journey.judge(shop.sandbox.ledger(), input);
        await more?.(each);
        await expectNoFailedTask(of.client, order.workflowId);
        return [];
      } catch (error) {
        return [`${name}: ${error instanceof Error ? error.message : error}\n  ${writesOf(shop.sandbox).join(', ')}`];
      }
    }),
  );
  expect(problems.flat()).toEqual([]);
}
