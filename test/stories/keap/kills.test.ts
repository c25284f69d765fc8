import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Order } from '../../../src/client/order.js';
import { OrderNotCompletedError } from '../../../src/client.js';
import type { KeapOrderResult } from '../../../src/contracts.js';
import type { Hold, KeapSandbox, RequestRecord } from '../../../src/sandbox/index.js';
import { type Journey, journeys, type Ordered } from './journeys.js';
import { expectNoFailedTask } from './judge.js';
import { type KillRig, openKillRig } from './kill-rig.js';
import { type Shop, type Transport, until } from './rig.js';

/** One write of a journey. */
interface Case extends Journey {
  readonly operation: string;
  /** The how manyeth request of this operation. */
  readonly nth: number;
  /** How many requests the journey makes up to this one. */
  readonly at: number;
  /** All writes of the journey, when nothing goes wrong. */
  readonly writes: readonly string[];
}

/** A case under way: its write stands where its process is to be struck. */
interface Standing {
  readonly name: string;
  readonly one: Case;
  readonly shop: Shop;
  readonly input: Ordered;
  readonly order: Order<KeapOrderResult>;
  readonly end: Promise<Journey['ends']>;
  readonly write: RequestRecord;
  release(): void;
}

/** Where a write stands: sent and not worked; worked and not answered; answered, and what comes next is on its way. */
type Moment = 'arrival' | 'done' | 'next';

/** Enough for all cases of a transport, and for all journeys. */
const SHOPS: Transport[] = [...Array<Transport>(8).fill('rest'), ...Array<Transport>(14).fill('xml-rpc')];

const any = ['read', 'write'];
const writesOf = (sandbox: KeapSandbox) =>
  sandbox
    .ledger()
    .requests.filter(({ kind }) => kind === 'write')
    .map(({ operation }) => operation);

async function endOf(order: Order<KeapOrderResult>): Promise<Journey['ends']> {
  try {
    await order.result();
    return 'completed';
  } catch (error) {
    if (!(error instanceof OrderNotCompletedError)) throw error;
    return error.failure === undefined ? 'canceled' : 'failed';
  }
}

/** The end, or an error as soon as the order asks a person: nobody is there to answer. */
function endUnasked(order: Order<KeapOrderResult>): Promise<Journey['ends']> {
  const end = endOf(order);
  const asked = until(order, ({ hold, state }) => hold !== undefined || state !== 'running').then(({ hold }) => {
    if (hold === undefined) return end;
    throw new Error(`it asks: ${hold.question} (${hold.facts.join('; ')})`);
  });
  return Promise.race([end, asked]);
}

async function start(shop: Shop, journey: Journey) {
  shop.sandbox.reset();
  const input = shop.order(journey.order);
  const order = await shop.start(input);
  const played = journey.play?.(order, shop.sandbox);
  // A cancel may be cut off by what happens to the process; the order's end tells what became of it.
  played?.catch(() => undefined);
  return { input, order, end: endUnasked(order) };
}

/** Runs each journey undisturbed, and gives all their writes: those that an earlier journey makes alike only once. */
async function allWrites(rig: KillRig): Promise<Case[]> {
  await rig.worker();
  const shops = shopsFor(rig, journeys);
  const seen = new Set<string>();
  const runs = await Promise.all(
    journeys.map(async (journey, i) => {
      const { sandbox } = shops[i] as Shop;
      const { input, end } = await start(shops[i] as Shop, journey);
      expect(await end).toBe(journey.ends);
      journey.judge(sandbox.ledger(), input);
      return { journey, requests: sandbox.ledger().requests, writes: writesOf(sandbox) };
    }),
  );
  return runs.flatMap(({ journey, requests, writes }) =>
    requests.flatMap(({ kind, operation }, i) => {
      if (kind !== 'write') return [];
      const nth = requests.slice(0, i + 1).filter((request) => request.operation === operation).length;
      const money = /payment|charge/i.test(operation) ? JSON.stringify(journey.order.payment) : '';
      const key = `${journey.transport} ${operation} ${nth} ${money}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [{ ...journey, operation, nth, at: i + 1, writes }];
    }),
  );
}

function shopsFor(rig: KillRig, wanted: readonly { readonly transport: Transport }[]): Shop[] {
  const free = [...rig.shops];
  return wanted.map(({ transport }) => {
    const found = free.findIndex((shop) => shop.transport === transport);
    const [shop] = found < 0 ? [] : free.splice(found, 1);
    if (shop === undefined) throw new Error(`too few shops over ${transport}`);
    return shop;
  });
}

/** Brings the writes of all cases to where they are to stand, about together: those with the longest way begin first. */
async function bring(rig: KillRig, cases: readonly Case[], moment: Moment): Promise<Standing[]> {
  const shops = shopsFor(rig, cases);
  const longest = Math.max(...cases.map(({ at }) => at));
  const leader = shops[cases.findIndex(({ at }) => at === longest)]?.sandbox as KeapSandbox;
  leader.reset();
  const standing = await Promise.all(
    cases.map(async (one, i) => {
      const shop = shops[i] as Shop;
      if (one.at < longest) await leader.whenRequest(any, longest - one.at);
      return stand(shop, one, moment);
    }),
  );
  // Otherwise the caller had given up before it was struck, and this would be another case.
  for (const { name, shop, write } of standing) {
    const requests = shop.sandbox.ledger().requests;
    expect(requests.length - requests.findIndex(({ id }) => id === write.id), name).toBeLessThanOrEqual(2);
  }
  return standing;
}

async function stand(shop: Shop, one: Case, moment: Moment): Promise<Standing> {
  const { sandbox } = shop;
  const { input, order, end } = await start(shop, one);
  const name = `${one.name} over ${one.transport}, ${one.operation} ${one.nth}`;
  const hold = sandbox.hold({ operation: one.operation, nth: one.nth, at: moment === 'arrival' ? 'arrival' : 'done' });
  const write = await Promise.race([
    hold.reached,
    end.then((how) => Promise.reject(new Error(`${name}: ${how} before it was reached`))),
  ]);
  let last: Hold = hold;
  if (moment === 'next') {
    last = sandbox.hold({ operation: any });
    hold.release();
    await Promise.race([last.reached, end]);
  }
  return { name, one, shop, input, order, end, write, release: last.release };
}

/** The order ends as it should, and the ledger agrees; told for all cases at once. */
async function expectEnds(rig: KillRig, standing: readonly Standing[], more?: (each: Standing) => unknown) {
  const problems = await Promise.all(
    standing.map(async (each) => {
      const { name, one, shop, input, order, end } = each;
      try {
        expect(await end).toBe(one.ends);
        one.judge(shop.sandbox.ledger(), input);
        await more?.(each);
        await expectNoFailedTask(rig.client, order.workflowId);
        return undefined;
      } catch (error) {
        return `${name}: ${error instanceof Error ? error.message : error}\n  ${writesOf(shop.sandbox).join(', ')}`;
      }
    }),
  );
  expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
}

let rig: KillRig;
let slow: KillRig;
let stumbling: KillRig;
let cases: Case[];
beforeAll(async () => {
  [rig, slow, stumbling] = await Promise.all([
    openKillRig(SHOPS),
    openKillRig(SHOPS),
    openKillRig(
      journeys.map(({ transport }) => transport),
      { stumbling: true },
    ),
  ]);
  cases = await allWrites(rig);
});
afterAll(() => Promise.all([rig, slow, stumbling].map((each) => each.close())));

test('the cases are writes of both transports', () => {
  const operations = new Set(cases.map(({ operation }) => operation));
  console.log(
    cases
      .map(({ name, transport, operation, nth, at }) => `${transport} ${name} ${operation} ${nth} @${at}`)
      .join('\n'),
  );
  expect([...operations]).toEqual(
    expect.arrayContaining([
      'orders.create',
      'orders.delete',
      'InvoiceService.createBlankOrder',
      'OrderService.placeOrder',
    ]),
  );
});

describe.concurrent('each write of an order is made once, or taken back,', () => {
  test('when its process is killed before the write was worked', async () => {
    const worker = await slow.worker();
    const standing = await bring(slow, cases, 'arrival');
    worker.signal('SIGKILL');
    await worker.exited;
    for (const { shop, one, release } of standing) {
      // The request dies with its sender.
      shop.sandbox.faults.add({ kind: 'reset-before', operation: one.operation });
      release();
    }
    await slow.nextWorker();
    await expectEnds(slow, standing);
  }, 120_000);

  test('when its process is killed with the answer out, with the answer untold, and after that; stopped; frozen', async () => {
    await test_();
  }, 180_000);

  test('when a bug of ours strikes after it was sent', async () => {
    await stumbling.worker();
    const shops = shopsFor(stumbling, journeys);
    // A decline that nobody hears of is asked about, so that is no journey to its end.
    const whole = journeys.filter(({ ends }) => ends === 'completed');
    await Promise.all(
      whole.map(async (journey) => {
        const shop = shops[journeys.indexOf(journey)] as Shop;
        const { input, order, end } = await start(shop, journey);
        expect(await end, journey.name).toBe('completed');
        journey.judge(shop.sandbox.ledger(), input);
        const { writes } = cases.find(
          ({ name, transport }) => name === journey.name && transport === journey.transport,
        ) as Case;
        expect(writesOf(shop.sandbox), journey.name).toEqual(writes);
        await expectNoFailedTask(stumbling.client, order.workflowId);
      }),
    );
  }, 60_000);
});

async function test_() {
  const lap = (what: string, from: number) => console.log(what, Math.round(performance.now() - from));
  for (const step of [killedWhileAnswerIsOut]) {
    const from = performance.now();
    await step();
    lap(step.name, from);
  }
}

/** The work is done and its answer is not there. */
async function killedWhileAnswerIsOut() {
  const worker = await rig.worker();
  const t0 = performance.now(); const L = (w: string) => console.log(w, Math.round(performance.now() - t0));
  const standing = await bring(rig, cases, 'done');
  L('brought');
  worker.signal('SIGKILL');
  await worker.exited;
  for (const { release } of standing) release();
  await rig.nextWorker();
  L('next');
  for (const x of standing) { void x.shop.sandbox.whenRequest(any, x.shop.sandbox.ledger().requests.length + 1).then(() => L(x.name + ' goes on')); void x.end.then(() => L(x.name + ' ends')); }
  await expectEnds(rig, standing);
  for (const x of standing.slice(10, 14)) { const h = await rig.client.workflow.getHandle(x.order.workflowId).fetchHistory(); console.log(x.name); let last = 0; for (const e of h.events ?? []) { const t = Number(e.eventTime?.seconds) * 1000 + Number(e.eventTime?.nanos) / 1e6; console.log('   ', Math.round(t - last), e.eventType, e.activityTaskScheduledEventAttributes?.activityType?.name ?? '', e.workflowTaskTimedOutEventAttributes ? 'WFT TIMEOUT' : '', e.activityTaskTimedOutEventAttributes ? 'ACT TIMEOUT' : '', e.activityTaskStartedEventAttributes?.attempt ?? '', e.timerStartedEventAttributes?.startToFireTimeout?.seconds?.toString() ?? ''); last = t; } }
}

/** The answer has come, and the process has not told the server of it. */
async function killedBeforeItIsTold() {
  const worker = await rig.worker();
  const standing = await bring(rig, cases, 'done');
  worker.signal('SIGSTOP');
  for (const { release } of standing) release();
  const answered = ({ shop, write }: Standing) =>
    shop.sandbox.ledger().requests.find(({ id }) => id === write.id)?.status;
  while (!standing.every(answered)) await pause(10);
  worker.signal('SIGKILL');
  await worker.exited;
  await rig.nextWorker();
  await expectEnds(rig, standing);
}

/** The write is told and the next request is under way. */
async function killedAfterwards() {
  const worker = await rig.worker();
  const standing = await bring(rig, cases, 'next');
  worker.signal('SIGKILL');
  await worker.exited;
  for (const { release } of standing) release();
  await rig.nextWorker();
  await expectEnds(rig, standing);
}

/** The write is finished and told, none is sent twice, and the process ends in order. */
async function stoppedInOrder() {
  const worker = await rig.worker();
  await rig.nextWorker();
  const standing = await bring(rig, cases, 'done');
  worker.signal('SIGTERM');
  // An answer that takes a second more.
  await pause(1_000);
  for (const { release } of standing) release();
  expect(await worker.exited).toEqual({ code: 0, signal: null });
  await expectEnds(rig, standing, ({ one, shop }) => {
    const sends = (writes: readonly string[]) => writes.filter((operation) => operation === one.operation).length;
    expect(sends(writesOf(shop.sandbox))).toBe(sends(one.writes));
  });
}

/** The only process sleeps for longer than its heartbeat and its lease; the answers wait for it. */
async function frozen() {
  const worker = await rig.worker();
  const standing = await bring(rig, cases, 'done');
  worker.signal('SIGSTOP');
  for (const { release } of standing) release();
  await pause(7_000);
  worker.signal('SIGCONT');
  await expectEnds(rig, standing);
}
