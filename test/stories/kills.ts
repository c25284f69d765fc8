import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, type TestContext, test } from 'vitest';
import { ofEach } from './accounts.js';
import { type Case, writesAt, writesOf } from './cases.js';
import { expectNoFailedTask } from './expect-no-failed-task.js';
import { type KillRig, openKillRig } from './killable.js';
import { chosen, inCase, isWhole } from './matrix.js';
import { any, type Standing, stand, start } from './standing.js';
import { isSlow, killId, momentOf, type Strike, type Struck, struckOf } from './strikes.js';
import type { Account, Journey, LedgerOf, Tested } from './tested.js';

/** Without `npm run faults`: another strike for each write than for the one before. */
const ONE_CASE_IN = 4;

/** So many stand together before the first of them is given up: see the pace of `openKillRig`. */
const AT_ONCE = 12;

/** At that pace a request is given up after so long. */
const GIVEN_UP_MS = 7_000;

/** A batch of strikes takes about a minute; a story has up to a dozen of them. */
const STRIKES_MS = isWhole ? 900_000 : 240_000;
const STUMBLES_MS = 90_000;

/** Every write of a story with its process killed, stopped or frozen at each moment of it; the ledger is the judge. */
export function testKills<A extends Account>(tested: Tested<A>): void {
  const { journeys, contract } = tested;
  const all = struckOf(contract.name, journeys);
  const cases = chosen(all, ONE_CASE_IN);
  const those = (isMeant: (one: Struck<A>) => boolean) => inBatches(cases.filter(isMeant));
  const by = (strike: Strike) => those((one) => one.strike === strike && !isSlow(one));
  const stumbles = chosen(
    journeys
      // What is lost for good, and what is then asked about, are no journeys to their end.
      .filter(({ ends }) => ends === 'completed')
      .map((journey) => ({ id: killId(contract.name, journey, 'a bug of ours after each write'), journey })),
  );
  if (cases.length + stumbles.length === 0) return;

  /** How many requests a journey makes up to each of its writes, when nothing goes wrong. */
  const positions = new Map<Journey<A>, readonly number[]>();

  let rig: KillRig<A>;
  let slow: KillRig<A>;
  let stumbling: KillRig<A>;
  beforeAll(async () => {
    const over = (variant: string) => journeys.filter((journey) => journey.variant === variant).length;
    const enough = tested.variants.flatMap((variant) => ofEach([variant], Math.max(AT_ONCE, over(variant))));
    [rig, slow, stumbling] = await Promise.all([
      openKillRig(tested, enough),
      openKillRig(tested, enough),
      openKillRig(
        tested,
        stumbles.map(({ journey: { variant } }) => ({ variant })),
        { stumbling: true },
      ),
    ]);
    if (cases.length > 0) await playUndisturbed();
  }, 120_000);
  afterAll(() => Promise.all([rig, slow, stumbling].map((each) => each.close())));

  describe.concurrent('each write of an order is made once, or taken back,', () => {
    const early = those((one) => one.strike === 'killed before it was worked' || isSlow(one));
    testWith(early, 'when its process is killed before the write was worked', STRIKES_MS, async (context) => {
      for (const batch of early) await killed(context, slow, batch);
    });

    const later = those((one) => one.strike !== 'killed before it was worked' && !isSlow(one));
    testWith(later, 'when its process is killed later, stopped or frozen', STRIKES_MS, async (context) => {
      for (const batch of by('killed when it was worked')) await killed(context, rig, batch);
      for (const batch of by('killed when it was told')) await killed(context, rig, batch);
      for (const batch of by('stopped in order')) await stoppedInOrder(context, batch);
      for (const batch of by('frozen')) await frozen(context, batch);
    });

    testWith(stumbles, 'when a bug of ours strikes after it was sent', STUMBLES_MS, async (context) => {
      await stumbling.worker();
      await allOf(
        stumbles.map(({ id, journey }, i) =>
          inCase<A, void>(context, stumbling.client, id, async (seen) => {
            const account = stumbling.accounts[i] as A;
            const { way, end } = await start(stumbling, account, journey);
            seen(way);
            expect(await end).toBe('completed');
            journey.judge(ledgerOf(account), way.input);
            const writes = journey.writes.filter(([step]) => step !== journey.leftOut);
            expect(writesAt(account.sandbox)).toEqual(writesOf({ ...journey, writes }));
            await expectNoFailedTask(stumbling.client, way.order.workflowId);
          }),
        ),
      );
    });
  });

  async function killed(context: TestContext, of: KillRig<A>, struck: readonly Struck<A>[]): Promise<void> {
    const worker = await of.worker();
    const standing = await bring(of, struck);
    worker.signal('SIGKILL');
    await worker.exited;
    for (const { way, one, release } of standing) {
      // The request dies with its sender.
      if (momentOf(one) === 'arrival') way.sandbox.faults.add({ kind: 'reset-before', operation: one.operation });
      release();
    }
    await of.nextWorker();
    await expectEnds(context, of, standing);
  }

  /** The write is finished and told, none is sent twice, and the process ends in order. */
  async function stoppedInOrder(context: TestContext, struck: readonly Struck<A>[]): Promise<void> {
    const worker = await rig.worker();
    await rig.nextWorker();
    const standing = await bring(rig, struck);
    worker.signal('SIGTERM');
    // An answer that takes a second more.
    await pause(1_000);
    for (const { release } of standing) release();
    expect(await worker.exited).toEqual({ code: 0, signal: null });
    await expectEnds(context, rig, standing, ({ one: { journey, step, operation }, way }) => {
      // Set or taken away: a step that still has to look whether it was kept may begin again elsewhere.
      if (tested.repeatable.includes(step)) return;
      const sends = (writes: readonly string[]) => writes.filter((name) => name === operation).length;
      expect(sends(writesAt(way.sandbox))).toBe(sends(writesOf(journey)));
    });
  }

  /** The only process sleeps for longer than its heartbeat and its lease; the answers wait for it. */
  async function frozen(context: TestContext, struck: readonly Struck<A>[]): Promise<void> {
    const worker = await rig.worker();
    const standing = await bring(rig, struck);
    worker.signal('SIGSTOP');
    for (const { release } of standing) release();
    await pause(7_000);
    worker.signal('SIGCONT');
    await expectEnds(context, rig, standing);
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
    for (const { one, since } of standing) {
      if (momentOf(one) === 'next') continue;
      // Otherwise its sender had given up before it was struck, and this would be another case.
      expect(performance.now() - since, `${one.id} stood for`).toBeLessThan(GIVEN_UP_MS);
    }
    return standing;
  }

  function positionOf({ journey, operation, nth }: Case<A>): number {
    const same = writesOf(journey).flatMap((name, i) => (name === operation ? [i] : []));
    return positions.get(journey)?.[same[nth - 1] ?? -1] ?? 0;
  }
}

/** A test, unless none of its cases is asked for. */
function testWith(
  cases: readonly unknown[],
  name: string,
  timeout: number,
  run: (context: TestContext) => Promise<void>,
) {
  if (cases.length > 0) test(name, { timeout }, run);
}

const ledgerOf = <A extends Account>({ sandbox }: A): LedgerOf<A> => sandbox.ledger() as LedgerOf<A>;

function inBatches<T>(all: readonly T[]): T[][] {
  const batches = Math.ceil(all.length / AT_ONCE);
  return Array.from({ length: batches }, (_, i) => all.slice(i * AT_ONCE, (i + 1) * AT_ONCE));
}

/** Each order ends as it should, and the ledger agrees; told for all of them at once. */
async function expectEnds<A extends Account>(
  context: TestContext,
  of: KillRig<A>,
  standing: readonly Standing<A>[],
  more?: (each: Standing<A>) => unknown,
): Promise<void> {
  await allOf(
    standing.map((each) =>
      inCase<A, void>(context, of.client, each.one.id, async (seen) => {
        const { one, way, end } = each;
        seen(way);
        expect(await end).toBe(one.journey.ends);
        one.journey.judge(ledgerOf(way.account), way.input);
        await more?.(each);
        await expectNoFailedTask(of.client, way.order.workflowId);
      }),
    ),
  );
}

/** Waits for all of them, and says of each that fails why. */
async function allOf(cases: readonly Promise<void>[]): Promise<void> {
  const ends = await Promise.allSettled(cases);
  const errors = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as Error] : []));
  if (errors.length > 0) throw new AggregateError(errors, errors.map(({ message }) => message).join('\n\n'));
}
