import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { FreeAccounts, openAccounts, type Rig } from './accounts.js';
import { endOf } from './endings.js';
import { expectNoFailedTask } from './expect-no-failed-task.js';
import { atEachRequest, idOf, inCase, isWhole, noCase, withCases } from './matrix.js';
import { until } from './serving.js';
import type { Account, InputOf, Journey, LedgerOf, OrderOf, Play, Tested, Way } from './tested.js';

/** Two dozen orders, one after the other. */
const EACH_REQUEST_MS = 180_000;

/** Without `npm run faults`. */
const ONE_REQUEST_IN = 13;

/** All of a story, in groups of one for each request. */
export const cancelsOf = <A extends Account>({ contract, cancels: { journeys, people } }: Tested<A>) =>
  journeys.flatMap((each) =>
    Object.entries(people).flatMap(([then, play]) =>
      (['update', 'button'] as const).map((by) => {
        const { variant, name } = each.journey;
        return { ...each, id: idOf(contract.name, 'cancels', variant, name, by, then), by, play };
      }),
    ),
  );

/** A cancel at any request of an order, by our update and by Temporal's own, is answered truly; the ledger is the judge. */
export function testCancels<A extends Account>(tested: Tested<A>): void {
  const { expectTrue } = tested.cancels;
  const groups = withCases(cancelsOf(tested));
  if (groups.length === 0) return;
  vi.setConfig({ maxConcurrency: groups.length });
  let rig: Rig<A>;
  let free: FreeAccounts<A>;
  beforeAll(async () => {
    rig = await openAccounts(
      tested,
      groups.map(({ journey }) => ({ variant: journey.variant })),
    );
    free = new FreeAccounts(rig.accounts);
  });
  afterAll(() => rig.close());

  describe.concurrent('a cancel at any request is answered truly', () => {
    for (const { id: group, journey, requests, last, by, play } of groups) {
      test(group, { timeout: EACH_REQUEST_MS }, (context) =>
        free.lend(journey.variant, async (account) => {
          const verdicts = await atEachRequest(group, ONE_REQUEST_IN, (k, id) => {
            account.sandbox.reset();
            return inCase<A, string | typeof noCase>(context, rig.client, id, (seen) =>
              cancelAt(account, journey, k, by, play, seen),
            );
          });
          if (!isWhole) return;
          expect(verdicts.length).toBeGreaterThanOrEqual(requests);
          // The first request is a cancel before anything.
          expect(verdicts[0]).toContain('stopped');
          expect(verdicts).toContainEqual(expect.stringContaining(last));
        }),
      );
    }
  });

  /** Stops the order's k-th request on its way, asks for a cancel, and lets the request go. */
  async function cancelAt(
    account: A,
    journey: Journey<A>,
    k: number,
    by: 'update' | 'button',
    people: Play<A>,
    seen: (way: Way<A>) => void,
  ): Promise<string | typeof noCase> {
    const { sandbox } = account;
    const hold = sandbox.hold({ operation: '*', nth: k });
    const input = account.order(journey.order) as InputOf<A>;
    const order = (await account.start(input)) as OrderOf<A>;
    const way: Way<A> = { account, sandbox, input, order };
    seen(way);
    const end = endOf(order);
    // What it is to go through may be cut off by the cancel.
    journey.play?.(way).catch(() => undefined);
    const at = await Promise.race([hold.reached, end.then(() => undefined)]);
    if (at === undefined) return noCase;
    const handle = rig.client.workflow.getHandle(order.workflowId);
    const asked = by === 'update' ? order.cancel() : handle.cancel();
    await until(order, ({ happenings }) => happenings.some(({ text }) => text === 'cancel asked for'));
    hold.release();
    const seenTo = people(way);
    seenTo.catch(() => undefined);
    await asked;
    const { cancel } = await end;
    await seenTo;
    const { status } = await handle.describe();
    expect(status.name).toBe(cancel?.verdict === 'stopped' ? 'CANCELLED' : 'COMPLETED');
    expectTrue(cancel?.verdict, sandbox.ledger() as LedgerOf<A>, input);
    expect(await order.cancel()).toEqual(cancel);
    await expectNoFailedTask(rig.client, order.workflowId);
    return `${at.operation}: ${cancel?.verdict}`;
  }
}
