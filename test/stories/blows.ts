import { setTimeout as pause } from 'node:timers/promises';
import { expect, type TestContext } from 'vitest';
import { DifferentOrderError } from '../../src/client.js';
import { type Bring, ledgerOf } from './bringing.js';
import { writesAt, writesOf } from './cases.js';
import { expectNoFailedTask } from './expect-no-failed-task.js';
import type { FileServer } from './file-server.js';
import type { KillRig } from './killable.js';
import { inCase } from './matrix.js';
import type { Standing } from './standing.js';
import { momentOf, type Struck } from './strikes.js';
import type { TemporalDoor } from './temporal-door.js';
import type { Account, Tested } from './tested.js';

/** Where writes are struck. */
export interface Place<A extends Account> {
  readonly context: TestContext;
  readonly rig: KillRig<A>;
  readonly bring: Bring<A>;
}

/** The next process follows once the last one is dead. */
export async function killed<A extends Account>(place: Place<A>, struck: readonly Struck<A>[]): Promise<void> {
  const { rig, bring } = place;
  const worker = await rig.worker();
  const standing = await bring(rig, struck);
  worker.signal('SIGKILL');
  await worker.exited;
  for (const { way, one, release } of standing) {
    // The request dies with its sender.
    if (momentOf(one) === 'arrival') way.sandbox.faults.add({ kind: 'reset-before', operation: one.operation });
    release();
  }
  await rig.nextWorker();
  await expectEnds(place, standing);
}

/** What was under way when it was lost is given up after ten seconds, and then comes once more. */
const SAID_WITHIN_MS = 30_000;

/** Killed when it has said what came of its step, or what is to be done next, and the server has not heard of it. */
export async function killedUnheard<A extends Account>(
  place: Place<A>,
  door: TemporalDoor,
  struck: readonly Struck<A>[],
): Promise<void> {
  const { rig, bring } = place;
  const worker = await rig.worker();
  const standing = await bring(rig, struck);
  const said = standing.map(async ({ way, one, release }) => {
    const word = one.strike === 'killed before it was told' ? 'step' : 'workflow task';
    const lost = door.lose(way.account.connection, word);
    release();
    const late = pause(SAID_WITHIN_MS, undefined, { ref: false }).then(() => {
      throw new Error(`${one.id}: no ${word} was lost`);
    });
    await Promise.race([lost, late]);
  });
  await allOf(said);
  worker.signal('SIGKILL');
  await worker.exited;
  door.open();
  await rig.nextWorker();
  await expectEnds(place, standing);
}

/** The write is finished and told, none is sent twice, and the process ends in order. */
export async function stoppedInOrder<A extends Account>(
  place: Place<A>,
  { repeatable }: Pick<Tested<A>, 'repeatable'>,
  struck: readonly Struck<A>[],
): Promise<void> {
  const { rig, bring } = place;
  const worker = await rig.worker();
  await rig.nextWorker();
  const standing = await bring(rig, struck).catch(async (error) => {
    // The next one is then the one at work.
    await worker.kill();
    throw error;
  });
  worker.signal('SIGTERM');
  // An answer that takes a second more.
  await pause(1_000);
  for (const { release } of standing) release();
  expect(await worker.exited).toEqual({ code: 0, signal: null });
  await expectEnds(place, standing, ({ one: { journey, step, operation }, way }) => {
    // Set or taken away: a step that still has to look whether it was kept may begin again elsewhere.
    if (repeatable.includes(step)) return;
    const sends = (writes: readonly string[]) => writes.filter((name) => name === operation).length;
    expect(sends(writesAt(way.sandbox))).toBe(sends(writesOf(journey)));
  });
}

/**
 * At the pace of `openKillRig` longer than the heartbeat (2 s) and the lease (4 s), by which the step is given up; shorter
 * than its request waits (7.2 s): the process still reads the answer when it wakes, and completes the step too late.
 */
const FROZEN_MS = 5_000;

/** Once it wakes, the SDK takes a workflow task in which it slept for one that is stuck; the server hands it out again. */
const SLEPT = 'Script execution timed out';

/** The only process sleeps; the answers wait for it. */
export async function frozen<A extends Account>(place: Place<A>, struck: readonly Struck<A>[]): Promise<void> {
  const { rig, bring } = place;
  const worker = await rig.worker();
  const standing = await bring(rig, struck);
  worker.signal('SIGSTOP');
  for (const { release } of standing) release();
  await pause(FROZEN_MS);
  worker.signal('SIGCONT');
  await expectEnds(place, standing, undefined, SLEPT);
}

/** The Temporal server dies and comes back on its file; the answers come while nobody is there to be told. */
export async function serverKilled<A extends Account>(
  place: Place<A>,
  server: FileServer,
  struck: readonly Struck<A>[],
): Promise<void> {
  const { rig, bring } = place;
  await rig.worker();
  const standing = await bring(rig, struck);
  await server.restart(() => {
    for (const { release } of standing) release();
  });
  await expectEnds(place, standing);
}

/** Whoever starts the order again joins it; with other content it is refused. */
export async function startedAgain<A extends Account>(place: Place<A>, struck: readonly Struck<A>[]): Promise<void> {
  const { rig, bring } = place;
  await rig.worker();
  const standing = await bring(rig, struck);
  const again = standing.map(({ way: { account, input } }) => {
    const other = { ...input, startAt: new Date().toISOString() };
    return Promise.allSettled([account.start(input), account.start(other)]);
  });
  await Promise.all(again);
  for (const { release } of standing) release();
  await expectEnds(place, standing, async ({ way }, i) => {
    const [same, other] = (await again[i]) ?? [];
    expect(same).toMatchObject({ status: 'fulfilled', value: { workflowId: way.order.workflowId, how: 'joined' } });
    expect(other).toMatchObject({ status: 'rejected', reason: expect.any(DifferentOrderError) });
  });
}

/** Each order ends as it should, and the ledger agrees; told for all of them at once. */
async function expectEnds<A extends Account>(
  { context, rig }: Place<A>,
  standing: readonly Standing<A>[],
  more?: (each: Standing<A>, i: number) => unknown,
  harmless?: string,
): Promise<void> {
  await allOf(
    standing.map((each, i) =>
      inCase<A, void>(context, rig.client, each.one.id, async (seen) => {
        const { one, way, end } = each;
        seen(way);
        expect(await end).toBe(one.journey.ends);
        one.journey.judge(ledgerOf(way.account), way.input);
        await more?.(each, i);
        await expectNoFailedTask(rig.client, way.order.workflowId, harmless);
      }),
    ),
  );
}

/** Waits for all of them, and says of each that fails why. */
export async function allOf(cases: readonly Promise<void>[]): Promise<void> {
  const ends = await Promise.allSettled(cases);
  const errors = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as Error] : []));
  if (errors.length > 0) throw new AggregateError(errors, errors.map(({ message }) => message).join('\n\n'));
}
