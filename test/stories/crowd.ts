import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { endOf } from './endings.js';
import { expectNoFailedTask } from './expect-no-failed-task.js';
import { openKillRig } from './killable.js';
import { chosen, count, isSample } from './matrix.js';
import type { Account, InputOf, LedgerOf, OrderOf, Play, Tested } from './tested.js';

/** All that one account is asked to carry at a time, or enough that some stand at every step when the process dies. */
const ORDERS = isSample ? 50 : 200;

/** A process that died is missed after four seconds; the next one then has as long to work until it dies too. */
const LIFE_MS = 8_000;

/** As long as most orders are under way; then the last process finishes what is left. */
const LIVES = isSample ? 2 : 7;

/** A third of it is enough when nothing else is to be done. A test's own time-out could not say what it waits for. */
const DEADLINE_MS = 300_000;

/** For the last process to end, and a look at each order. */
const CLOSING_MS = 60_000;

/** Rarely enough that looking is not the work. */
export const CROWD_LOOKS_EVERY_MS = 500;

/** One of the ways that the orders of a crowd take. */
export interface Course<A extends Account> {
  readonly name: string;
  /** What happens to the order once the platform has it. */
  readonly play: Play<A>;
  /** What its result must be, told of the order that the ledger has. */
  readonly ends: (ledger: LedgerOf<A>, input: InputOf<A>) => Record<string, unknown>;
}

export interface Crowd<A extends Account> {
  readonly variant: A['variant'];
  readonly courses: readonly Course<A>[];
  /** References of the orders with which people at the platform can begin. Asked once for all: a ledger is copied. */
  readonly there: (ledger: LedgerOf<A>) => readonly string[];
  /** What the orders have made at the platform, one for each. Without it all orders that the ledger has. */
  readonly made?: (ledger: LedgerOf<A>) => readonly unknown[];
}

/** Many orders at one account, in all courses, while the process that carries them dies every few seconds. */
export function testCrowd<A extends Account>(tested: Tested<A>, { variant, courses, there, made }: Crowd<A>): void {
  const crowd = { id: `${tested.contract.name}/crowd` };
  test.for(chosen([crowd]))(
    'orders go through all states while their process is killed every few seconds',
    {
      timeout: DEADLINE_MS + CLOSING_MS,
    },
    async ({ id }, { task, onTestFinished }) => {
      const from = performance.now();
      onTestFinished(() => count(task, { id, passed: task.result?.state === 'pass', ms: performance.now() - from }));
      const rig = await openKillRig(tested, [{ variant }]);
      let over = false;
      onTestFinished(async () => {
        over = true;
        await rig.close();
      });
      const account = rig.accounts[0] as A;
      const { sandbox } = account;
      const ledger = () => sandbox.ledger() as LedgerOf<A>;
      await rig.worker();
      const ways = await Promise.all(
        Array.from({ length: ORDERS }, async (_, i) => {
          const input = account.order(tested.reference === undefined ? { reference: `K-${i}` } : {}) as InputOf<A>;
          const order = (await account.start(input)) as OrderOf<A>;
          return { account, sandbox, input, order, course: courses[i % courses.length] as Course<A> };
        }),
      );
      const dying = (async () => {
        for (let life = 0; life < LIVES && !over; life++) {
          await sleep(LIFE_MS);
          const worker = await rig.worker();
          await worker.kill();
          await rig.nextWorker();
        }
      })();
      const seen = new Set<string>();
      const looking = setInterval(() => {
        for (const reference of there(ledger())) seen.add(reference);
      }, CROWD_LOOKS_EVERY_MS);
      onTestFinished(() => clearInterval(looking));
      const open = new Set(ways);
      const playing = Promise.all(
        ways.map(async (going) => {
          const { course, ...way } = going;
          while (!seen.has(way.input.reference)) await sleep(CROWD_LOOKS_EVERY_MS);
          await course.play(way);
          const end = await endOf(way.order);
          open.delete(going);
          return end;
        }),
      );
      const late = sleep(DEADLINE_MS, undefined, { ref: false }).then(async () => {
        for (const { order } of open) await expectNoFailedTask(rig.client, order.workflowId);
        throw new Error(
          `not over after ${DEADLINE_MS} ms: ${[...open].map(({ input }) => input.reference).join(', ')}`,
        );
      });
      late.catch(() => undefined);
      const ends = await Promise.race([playing, late]);
      await dying;
      const last = ledger();
      expect(made?.(last) ?? last.orders).toHaveLength(ORDERS);
      for (const [i, { course, input, order }] of ways.entries()) {
        expect(ends[i], `${course.name} ${input.reference}`).toMatchObject(course.ends(last, input));
        await expectNoFailedTask(rig.client, order.workflowId);
      }
    },
  );
}
