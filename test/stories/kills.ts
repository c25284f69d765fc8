import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RequestRecord } from '../../src/sandbox/index.js';
import { ofEach } from './accounts.js';
import { type Case, casesOf, writesAt, writesOf } from './cases.js';
import { endOf, holdOf, howOf } from './endings.js';
import { expectNoFailedTask } from './expect-no-failed-task.js';
import { type KillRig, openKillRig } from './killable.js';
import type { Account, InputOf, Journey, LedgerOf, OrderOf, Tested, Way } from './tested.js';

/** Where a write stands: sent and not worked; worked and not answered; told to Temporal, and the next request is sent. */
type Moment = 'arrival' | 'done' | 'next';

/** A write, and where it stands when its process is struck. */
interface Struck<A extends Account> extends Case<A> {
  readonly moment: Moment;
}

/** An order under way. */
interface Going<A extends Account> {
  readonly way: Way<A>;
  readonly end: Promise<Journey<A>['ends']>;
}

/** An order whose write stands there. */
interface Standing<A extends Account> extends Going<A> {
  readonly name: string;
  readonly one: Struck<A>;
  readonly write: RequestRecord;
  release(): void;
}

/** Rarely: there are many orders. */
const LOOK_EVERY_MS = 2_000;
const RUNNING = Symbol('running');

/** The longest way, a write that is lost and found nowhere, takes a minute when nothing else is to be done. */
const END_WITHIN_MS = 100_000;

const READS_HELD = 5;

const any = ['read', 'write'];

/** Every write of a story with its process killed, stopped or frozen at each moment of it; the ledger is the judge. */
export function testKills<A extends Account>(tested: Tested<A>): void {
  const { journeys, rounds = [] } = tested;
  const all = casesOf(journeys, (step, nth) => `${step} ${nth}`);
  /**
   * What leaves nothing to be found is looked for over the whole settle schedule and sent again, which takes long. What
   * is lost before it is lost like any other write.
   */
  const slowCases = all.filter(({ journey, step }) => journey.slow === step);
  const cases = all.filter((one) => !slowCases.includes(one));
  /** How many requests a journey makes up to each of its writes, when nothing goes wrong. */
  const positions = new Map<Journey<A>, readonly number[]>();

  let rig: KillRig<A>;
  let slow: KillRig<A>;
  let stumbling: KillRig<A>;
  beforeAll(async () => {
    const over = (variant: string, those: readonly Journey<A>[]) =>
      those.filter((journey) => journey.variant === variant).length;
    const struck = all.map(({ journey }) => journey);
    // No more than stand at the same time: each is one more connection to serve.
    const enough = tested.variants.flatMap((variant) =>
      ofEach([variant], Math.max(over(variant, struck), over(variant, journeys))),
    );
    [rig, slow, stumbling] = await Promise.all([
      openKillRig(tested, enough),
      openKillRig(tested, enough),
      openKillRig(
        tested,
        journeys.map(({ variant }) => ({ variant })),
        { stumbling: true },
      ),
    ]);
    await playUndisturbed();
  }, 120_000);
  afterAll(() => Promise.all([rig, slow, stumbling].map((each) => each.close())));

  describe.concurrent('each write of an order is made once, or taken back,', () => {
    test('when its process is killed before the write was worked', async () => {
      const worker = await slow.worker();
      const standing = await bring(slow, [...at('arrival', cases), ...at('done', slowCases)]);
      worker.signal('SIGKILL');
      await worker.exited;
      for (const { way, one, release } of standing) {
        // The request dies with its sender.
        if (one.moment === 'arrival') way.sandbox.faults.add({ kind: 'reset-before', operation: one.operation });
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
      const accounts = accountsFor(stumbling, journeys);
      // What is lost for good, and what is then asked about, are no journeys to their end.
      const whole = journeys.filter(({ ends }) => ends === 'completed');
      await Promise.all(
        whole.map(async (journey) => {
          const account = accounts[journeys.indexOf(journey)] as A;
          const { way, end } = await start(stumbling, account, journey);
          expect(await end, journey.name).toBe('completed');
          journey.judge(ledgerOf(account), way.input);
          const writes = journey.writes.filter(([step]) => step !== journey.leftOut);
          expect(writesAt(account.sandbox), journey.name).toEqual(writesOf({ ...journey, writes }));
          await expectNoFailedTask(stumbling.client, way.order.workflowId);
        }),
      );
    }, 90_000);
  });

  async function killed(struck: readonly Struck<A>[]): Promise<void> {
    const worker = await rig.worker();
    const standing = await bring(rig, struck);
    worker.signal('SIGKILL');
    await worker.exited;
    for (const { release } of standing) release();
    await rig.nextWorker();
    await expectEnds(rig, standing);
  }

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
    await expectEnds(rig, standing, ({ one: { journey, step, operation }, way }) => {
      // Set or taken away: a step that still has to look whether it was kept may begin again elsewhere.
      if (tested.repeatable.includes(step)) return;
      const sends = (writes: readonly string[]) => writes.filter((name) => name === operation).length;
      expect(sends(writesAt(way.sandbox))).toBe(sends(writesOf(journey)));
    });
  }

  /** The only process sleeps for longer than its heartbeat and its lease; the answers wait for it. */
  async function frozen(): Promise<void> {
    const worker = await rig.worker();
    const plain = cases.filter(({ journey }) => journey.everyFault === true);
    const standing = await bring(rig, at('done', plain));
    worker.signal('SIGSTOP');
    for (const { release } of standing) release();
    await pause(7_000);
    worker.signal('SIGCONT');
    await expectEnds(rig, standing);
  }

  /** Plays each journey undisturbed, and holds its writes against those that it says it makes. */
  async function playUndisturbed(): Promise<void> {
    await rig.worker();
    const accounts = accountsFor(rig, journeys);
    await Promise.all(
      journeys.map(async (journey, i) => {
        const account = accounts[i] as A;
        const { way, end } = await start(rig, account, journey);
        expect(await end, journey.name).toBe(journey.ends);
        journey.judge(ledgerOf(account), way.input);
        expect(writesAt(account.sandbox), journey.name).toEqual(writesOf(journey));
        const { requests } = account.sandbox.ledger();
        positions.set(
          journey,
          requests.flatMap(({ kind }, before) => (kind === 'write' ? [before + 1] : [])),
        );
      }),
    );
  }

  function accountsFor(of: KillRig<A>, wanted: readonly Journey<A>[]): A[] {
    const free = [...of.accounts];
    return wanted.map(({ variant }) => {
      const found = free.findIndex((account) => account.variant === variant);
      const [account] = found < 0 ? [] : free.splice(found, 1);
      if (account === undefined) throw new Error(`too few accounts over ${variant}`);
      return account;
    });
  }

  /** Brings the writes to where they are to stand, about together: those with the longest way begin first. */
  async function bring(of: KillRig<A>, struck: readonly Struck<A>[]): Promise<Standing<A>[]> {
    const accounts = accountsFor(
      of,
      struck.map(({ journey }) => journey),
    );
    const ways = struck.map((one) => positionOf(one));
    const longest = Math.max(...ways);
    const leader = accounts[ways.indexOf(longest)]?.sandbox as A['sandbox'];
    leader.reset();
    const standing = await Promise.all(
      struck.map(async (one, i) => {
        const ahead = longest - (ways[i] ?? 0);
        if (ahead > 0) await leader.whenRequest(any, ahead);
        return stand(of, accounts[i] as A, one);
      }),
    );
    // Otherwise its sender had given up before it was struck, and this would be another case.
    for (const { name, way, write, one } of standing) {
      const after = way.sandbox
        .ledger()
        .requests.filter(({ id, operation }) => id > write.id && !rounds.includes(operation));
      expect(after.length, `${name}: ${after.map(({ operation }) => operation)}`).toBeLessThan(
        one.moment === 'next' ? READS_HELD : 1,
      );
    }
    return standing;
  }

  function positionOf({ journey, operation, nth }: Case<A>): number {
    const same = writesOf(journey).flatMap((name, i) => (name === operation ? [i] : []));
    return positions.get(journey)?.[same[nth - 1] ?? -1] ?? 0;
  }
}

const ledgerOf = <A extends Account>({ sandbox }: A): LedgerOf<A> => sandbox.ledger() as LedgerOf<A>;

const at = <A extends Account>(moment: Moment, those: readonly Case<A>[]): Struck<A>[] =>
  those.map((one) => ({ ...one, moment }));

/** Starts an order, with what happens to it, and with somebody who sees to its holds. */
async function start<A extends Account>(of: KillRig<A>, account: A, journey: Journey<A>): Promise<Going<A>> {
  const input = account.order(journey.order) as InputOf<A>;
  const order = (await account.start(input)) as OrderOf<A>;
  const way: Way<A> = { account, sandbox: account.sandbox, input, order };
  const ended = endOf(order).then(howOf);
  // What is asked of an order may be cut off by what happens to its process; the ledger tells what became of it.
  journey.play?.(way).catch(() => undefined);
  return { way, end: answerHolds(of, way, journey, ended) };
}

/** A person who looks now and then until it is over. Whoever asks without need is an error; what is lost is tried again. */
async function answerHolds<A extends Account, T>(
  { client }: KillRig<A>,
  { order }: Way<A>,
  { asked }: Journey<A>,
  end: Promise<T>,
): Promise<T> {
  const deadline = performance.now() + END_WITHIN_MS;
  for (;;) {
    const over = await Promise.race([end, pause(LOOK_EVERY_MS, RUNNING)]);
    if (over !== RUNNING) return over as T;
    if (performance.now() > deadline) {
      const { step, troubles } = await order.status();
      throw new Error(`it does not end: ${step}; ${troubles.join('; ')}`);
    }
    const hold = await holdOf(client, order);
    if (hold === undefined || asked === 'settles itself') continue;
    if (asked === undefined) throw new Error(`it asks: ${hold.question} (${hold.facts.join('; ')})`);
    await hold.at.resolve({ hold: hold.id, answer: 'retry' }).catch(() => undefined);
  }
}

async function stand<A extends Account>(of: KillRig<A>, account: A, one: Struck<A>): Promise<Standing<A>> {
  const { sandbox } = account;
  const { journey, step, operation, nth, moment } = one;
  const name = `${journey.name} over ${journey.variant}, ${step}, ${operation} ${nth}, ${moment}`;
  sandbox.reset();
  const hold = sandbox.hold({ operation, nth, at: moment === 'arrival' ? 'arrival' : 'done' });
  const { way, end } = await start(of, account, journey);
  const early = end.then((how) => Promise.reject(new Error(`${name}: ${how} before it was reached`)));
  const write = await Promise.race([hold.reached, early]);
  if (moment !== 'next') return { name, one, way, end, write, release: hold.release };
  // A read that waits too long is sent again, and waits again.
  const rest = Array.from({ length: READS_HELD }, (_, i) => sandbox.hold({ operation: any, nth: i + 1 }));
  hold.release();
  await Promise.race([rest[0]?.reached, end]);
  const release = () => {
    for (const each of rest) each.release();
  };
  return { name, one, way, end, write, release };
}

/** Each order ends as it should, and the ledger agrees; told for all of them at once. */
async function expectEnds<A extends Account>(
  of: KillRig<A>,
  standing: readonly Standing<A>[],
  more?: (each: Standing<A>) => unknown,
): Promise<void> {
  const problems = await Promise.all(
    standing.map(async (each) => {
      const { name, one, way, end } = each;
      try {
        expect(await end).toBe(one.journey.ends);
        one.journey.judge(ledgerOf(way.account), way.input);
        await more?.(each);
        await expectNoFailedTask(of.client, way.order.workflowId);
        return [];
      } catch (error) {
        const writes = writesAt(way.sandbox).join(', ');
        return [`${name}: ${error instanceof Error ? error.message : error}\n  ${writes}`];
      }
    }),
  );
  expect(problems.flat()).toEqual([]);
}
