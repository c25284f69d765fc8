import { afterAll, beforeAll, expect, test } from 'vitest';
import { allOf } from './blows.js';
import { ledgerOf } from './bringing.js';
import { writesAt, writesOf } from './cases.js';
import { expectNoFailedTask } from './expect-no-failed-task.js';
import { type KillRig, openKillRig } from './killable.js';
import { inCase, spread } from './matrix.js';
import { start } from './standing.js';
import { killId } from './strikes.js';
import type { Account, Journey, Tested } from './tested.js';

/** A dozen seconds when nothing else is to be done; beside two stories that are killed at every moment several times that. */
const STUMBLES_MS = 240_000;

/** Without `npm run faults`. */
const ONE_CASE_IN = 5;

/** A journey after each of whose writes a bug of ours strikes. */
interface Stumble<A extends Account> {
  readonly id: string;
  readonly journey: Journey<A>;
}

export function stumblesOf<A extends Account>({ contract, journeys }: Tested<A>): readonly Stumble<A>[] {
  return spread(
    journeys
      // What is lost for good, and what is then asked about, are no journeys to their end.
      .filter(({ ends }) => ends === 'completed')
      .map((journey) => ({ id: killId(contract.name, journey, 'a bug of ours after each write'), journey })),
    ONE_CASE_IN,
  );
}

export function testStumbles<A extends Account>(tested: Tested<A>, stumbles: readonly Stumble<A>[]): void {
  if (stumbles.length === 0) return;
  let rig: KillRig<A>;
  beforeAll(async () => {
    const wanted = stumbles.map(({ journey: { variant } }) => ({ variant }));
    rig = await openKillRig(tested, wanted, { stumbling: true });
  });
  afterAll(() => rig.close());

  test('when a bug of ours strikes after it was sent', { timeout: STUMBLES_MS }, async (context) => {
    await rig.worker();
    await allOf(
      stumbles.map(({ id, journey }, i) =>
        inCase<A, void>(context, rig.client, id, async (seen) => {
          const account = rig.accounts[i] as A;
          const { way, end } = await start(rig, account, journey);
          seen(way);
          expect(await end).toBe('completed');
          journey.judge(ledgerOf(account), way.input);
          const writes = journey.writes.filter(([step]) => step !== journey.leftOut);
          expect(writesAt(account.sandbox)).toEqual(writesOf({ ...journey, writes }));
          await expectNoFailedTask(rig.client, way.order.workflowId);
        }),
      ),
    );
  });
}
