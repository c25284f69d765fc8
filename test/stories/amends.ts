import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { expect } from 'vitest';
import { RefusedError } from '../../src/client.js';
import type { UpdateAnswer } from '../../src/workflows/contract.js';
import { howOf } from './endings.js';
import { expectNoFailedTask } from './expect-no-failed-task.js';
import { statusOf, textsOf, travel } from './judged.js';
import { atEachRequest, idOf, inCase, isWhole, noCase, withCases } from './matrix.js';
import type { Account, Change, LedgerOf, Tested, Way } from './tested.js';
import type { Trial } from './trials.js';

/** Two dozen orders, one after the other. */
const EACH_REQUEST_MS = 300_000;

/** Without `npm run faults`. */
const ONE_REQUEST_IN = 13;

const LOOK_EVERY_MS = 100;

/** A change at any request of an order: what its caller is told is true. */
export function amends<A extends Account>(tested: Tested<A>): Trial<A>[] {
  const { contract, changes = [] } = tested;
  const all = changes.map((change) => {
    const { variant, name } = change.journey;
    return { change, id: idOf(contract.name, 'amends', variant, name, change.update) };
  });
  return withCases(all).map(({ id: group, change }) => ({
    id: group,
    variant: change.journey.variant,
    timeout: EACH_REQUEST_MS,
    async run(context, client, account) {
      const verdicts = await atEachRequest(group, ONE_REQUEST_IN, (nth, id) => {
        account.sandbox.reset();
        return inCase<A, Told | typeof noCase>(context, client, id, (seen) =>
          changedAt(client, tested, account, change, nth, seen),
        );
      });
      // It is asked for before anything is sent, and when all is over.
      if (isWhole) expect(new Set(verdicts)).toEqual(new Set(['done', 'refused']));
    },
  }));
}

type Told = 'done' | 'refused';

/** Stops the order's nth request on its way, asks for the change, and lets the request go. */
async function changedAt<A extends Account>(
  client: Client,
  tested: Tested<A>,
  account: A,
  { update, journey, wanted, judge }: Change<A>,
  nth: number,
  seen: (way: Way<A>) => void,
): Promise<Told | typeof noCase> {
  const { sandbox } = account;
  const hold = sandbox.hold({ operation: '*', nth });
  let asked: Promise<Told | 'pending'> | undefined;
  const { ended, way } = await travel(client, tested, account, journey, (going) => {
    seen(going);
    const { order, input } = going;
    void hold.reached.then(async () => {
      let answered = false;
      asked = answerOf(order.send(update as never, wanted(input))).finally(() => {
        answered = true;
      });
      asked.catch(() => undefined);
      while (!answered && !(await hasTaken(client, order, update))) await pause(LOOK_EVERY_MS);
      hold.release();
    });
  });
  if (asked === undefined) return noCase;
  const { input, order } = way;
  const told = becameOf(update, await asked, textsOf(await statusOf(order)));
  expect(howOf(ended)).toBe(journey.ends);
  (told === 'done' ? judge : journey.judge)(sandbox.ledger() as LedgerOf<A>, input);
  await expectNoFailedTask(client, order.workflowId);
  return told;
}

async function answerOf(sent: Promise<UpdateAnswer>): Promise<Told | 'pending'> {
  try {
    return (await sent).verdict;
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return 'refused';
  }
}

/** What is not decided in time is told of the order. Where nothing is, it has ended before. */
function becameOf(update: string, answer: Told | 'pending', texts: readonly string[]): Told {
  if (answer !== 'pending') return answer;
  return texts.some((text) => text.startsWith(`${update}: `)) ? 'done' : 'refused';
}

async function hasTaken(client: Client, { workflowId }: Way<Account>['order'], update: string): Promise<boolean> {
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  return (
    events?.some(
      ({ workflowExecutionUpdateAcceptedEventAttributes: of }) => of?.acceptedRequest?.input?.name === update,
    ) === true
  );
}
