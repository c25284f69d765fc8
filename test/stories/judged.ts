import type { Client } from '@temporalio/client';
import { expect } from 'vitest';
import { answering, type End, endOf, holdOf, howOf } from './endings.js';
import { expectNoFailedTask } from './expect-no-failed-task.js';
import { until } from './serving.js';
import type { Account, FaultOf, InputOf, Journey, LedgerOf, Tested, Way } from './tested.js';
import type { WireFault } from './wire-faults.js';

/** An order that has ended. */
export interface Travelled<A extends Account> {
  readonly ended: End;
  readonly way: Way<A>;
}

/** Takes an order along a journey under one fault, and lets the ledger judge. @returns how often the fault struck */
export async function judged<A extends Account>(
  client: Client,
  tested: Tested<A>,
  account: A,
  journey: Journey<A>,
  fault: WireFault,
  seen: (way: Way<A>) => void,
): Promise<number | undefined> {
  const { sandbox } = account;
  const { id } = sandbox.faults.add(fault as FaultOf<A>);
  const refused = fault.kind === 'business';
  const struckYet = () => sandbox.ledger().faults.find((each) => each.id === id)?.fired === 1;
  const { ended, way } = await travel(client, tested, account, journey, seen, refused ? struckYet : undefined);
  const { input, order } = way;
  const ledger = sandbox.ledger() as LedgerOf<A>;
  const status = await statusOf(order);
  const struck = ledger.faults.find((each) => each.id === id)?.fired;
  const operation = ledger.requests.find((request) => request.fault === fault.kind)?.operation ?? '';
  const own = refused ? journey.refused?.[operation] : undefined;
  if (own !== undefined) {
    own.judge(ledger, input);
    if (own.told !== undefined) expect(textsOf(status)).toContainEqual(expect.stringMatching(own.told));
  } else if (howOf(ended) === journey.ends) {
    journey.judge(ledger, input);
  } else {
    tested.nothingLeft(ledger, input);
    expect(ended.left).toEqual([]);
  }
  if (!refused || struck === 0) {
    expect(howOf(ended)).toBe(journey.ends);
    expectAsGone(ended, status, journey);
  }
  await expectNoFailedTask(client, order.workflowId);
  return struck;
}

type Status = Awaited<ReturnType<Way<Account>['order']['status']>>;

/** How it ended, as the order tells it: one that no worker was free to ask within the client's time tells nothing. */
export const statusOf = (order: Way<Account>['order']): Promise<Status> =>
  until(order, ({ happenings }) => happenings.length > 0);

export const textsOf = ({ happenings }: Status): string[] => happenings.map(({ text }) => text);

/** It ended as its journey says: so the platform has it, and so it tells. */
export async function expectEnd<A extends Account>(
  client: Client,
  journey: Journey<A>,
  { ended, way: { sandbox, input, order } }: Travelled<A>,
): Promise<void> {
  expect(howOf(ended)).toBe(journey.ends);
  journey.judge(sandbox.ledger() as LedgerOf<A>, input);
  expectAsGone(ended, await statusOf(order), journey);
  await expectNoFailedTask(client, order.workflowId);
}

function expectAsGone<A extends Account>(ended: End, status: Status, { result, told }: Journey<A>): void {
  if (result !== undefined) expect(ended).toMatchObject(result);
  if (told !== undefined) expect(textsOf(status)).toContain(told);
}

/**
 * Takes an order along a journey to its end.
 *
 * @param refused whether something was refused for good by now: then a person sees to what is asked
 */
export async function travel<A extends Account>(
  client: Client,
  tested: Tested<A>,
  account: A,
  journey: Journey<A>,
  seen?: (way: Way<A>) => void,
  refused?: () => boolean,
): Promise<Travelled<A>> {
  const input = account.order(journey.order) as InputOf<A>;
  const order = (await account.start(input)) as Way<A>['order'];
  const way: Way<A> = { account, sandbox: account.sandbox, input, order };
  seen?.(way);
  const played = Promise.resolve(journey.play?.(way));
  // Whoever asked for what was refused once asks for it again.
  played.catch(() => (refused === undefined ? undefined : journey.play?.(way))).catch(() => undefined);
  const ended = answering(client, order, endOf(order), async ({ id, question, facts, at }) => {
    if (refused?.() === true) {
      // What was asked before the refusal may have been answered meanwhile, and is no reason to take anything back.
      if ((await holdOf(client, order))?.id === id) await tested.takeBack?.(way);
    } else if (journey.asked === 'settles itself') return;
    else if (journey.asked === undefined) throw new Error(`it asks: ${question} (${facts.join('; ')})`);
    // It may have settled itself meanwhile.
    await at.resolve({ hold: id, answer: 'retry' }).catch(() => undefined);
  });
  try {
    // An order that is taken back early does not come to all that is played.
    const [how] = await Promise.all([ended, refused ? undefined : played]);
    return { ended: how, way };
  } catch (error) {
    // What still runs must not go on in the next case of this account.
    await client.workflow
      .getHandle(order.workflowId)
      .terminate()
      .catch(() => undefined);
    throw error;
  }
}
