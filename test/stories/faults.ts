import type { Client } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { FreeAccounts, ofEach, openAccounts, type Rig } from './accounts.js';
import { casesOf, writesAt, writesOf } from './cases.js';
import { answering, type End, endOf, holdOf, howOf } from './endings.js';
import { expectNoFailedTask } from './expect-no-failed-task.js';
import { atEachRequest, chosen, idOf, inCase, isWhole, noSuchRequest, withCases } from './matrix.js';
import { until } from './serving.js';
import type { Account, FaultOf, InputOf, Journey, LedgerOf, Tested, Way } from './tested.js';
import { eachKindOfFault, refusedForGood, type WireFault, wireFaults } from './wire-faults.js';

/** So many cases of a file at once: they mostly wait. Each has an account to itself while it runs. */
const AT_A_TIME = 12;

/** A refusal of each of two dozen requests, one order after the other. */
const EACH_REQUEST_MS = 300_000;

/** Without `npm run faults`: no multiple of it is the number of faults that a write meets, so that each meets others. */
const ONE_CASE_IN = 7;
const ONE_REQUEST_IN = 5;

/** A write of a journey under a fault. */
interface Faulty<A extends Account> {
  readonly id: string;
  readonly journey: Journey<A>;
  readonly fault: WireFault;
}

/** Every write of a story under every fault of the wire, and every request refused for good; the ledger is the judge. */
export function testFaults<A extends Account>(tested: Tested<A>): void {
  const { variants, journeys } = tested;
  const all = faultCasesOf(tested);
  const undisturbed = chosen(all.undisturbed);
  const refusals = withCases(all.refusals);
  const faults = chosen(all.faults, ONE_CASE_IN);
  if (undisturbed.length + refusals.length + faults.length === 0) return;

  vi.setConfig({ maxConcurrency: AT_A_TIME });
  let rig: Rig<A>;
  let free: FreeAccounts<A>;
  beforeAll(async () => {
    rig = await openAccounts(tested, ofEach(variants, AT_A_TIME));
    free = new FreeAccounts(rig.accounts);
  });
  afterAll(() => rig.close());

  describe.concurrent('each journey makes the writes that are its cases, and a broken promise is red', () => {
    for (const { id, journey } of undisturbed) {
      test(id, (context) =>
        free.lend(journey.variant, (account) =>
          inCase<A, void>(context, rig.client, id, async (seen) => {
            const { sandbox } = account;
            const { ended, way } = await travel(rig.client, tested, account, journey, seen);
            expect(howOf(ended)).toBe(journey.ends);
            expect(writesAt(sandbox)).toEqual(writesOf(journey));
            expectAsGone(ended, await way.order.status(), journey);
            const ledger = sandbox.ledger() as LedgerOf<A>;
            journey.judge(ledger, way.input);
            if (journey.ends !== 'completed') return;
            const twice = { ...ledger, orders: [...ledger.orders, ...ledger.orders] };
            expect(() => journey.judge(twice, way.input)).toThrow();
            expect(() => journey.judge({ ...ledger, orders: [] }, way.input)).toThrow();
            expect(() => tested.nothingLeft(ledger, way.input)).toThrow();
          }),
        ),
      );
    }
  });

  describe.concurrent('a refusal for good leaves nothing behind, or is held once it cannot be taken back', () => {
    for (const { id: group, variant } of refusals) {
      test(group, { timeout: EACH_REQUEST_MS }, (context) =>
        free.lend(variant, async (account) => {
          const journey = journeys.find((each) => each.variant === variant);
          if (journey === undefined) throw new Error(`no journey over ${variant}`);
          // What the account offers is remembered for an hour: from the second order on all of them send the same.
          await travel(rig.client, tested, account, journey);
          const refused = await atEachRequest(group, ONE_REQUEST_IN, (nth, id) => {
            account.sandbox.reset();
            const fault = { ...refusedForGood, operation: '*', nth };
            return inCase<A, number | typeof noSuchRequest>(context, rig.client, id, async (seen) => {
              const struck = await judged(rig.client, tested, account, journey, fault, seen);
              return struck === 1 ? nth : noSuchRequest;
            });
          });
          if (isWhole) expect(refused.length).toBeGreaterThan(journey.writes.length);
        }),
      );
    }
  });

  describe.concurrent('every write under every fault', () => {
    for (const { id, journey, fault } of faults) {
      test(id, (context) =>
        free.lend(journey.variant, (account) =>
          inCase<A, void>(context, rig.client, id, async (seen) => {
            expect(await judged(rig.client, tested, account, journey, fault, seen)).toBe(1);
          }),
        ),
      );
    }
  });
}

/** All of a story; of refusals the groups. */
export function faultCasesOf<A extends Account>({ variants, journeys, contract: { name: story } }: Tested<A>) {
  return {
    undisturbed: journeys.map((journey) => ({
      id: idOf(story, 'undisturbed', journey.variant, journey.name),
      journey,
    })),
    refusals: variants.map((variant) => ({ id: idOf(story, 'refusals', variant), variant })),
    faults: variants.flatMap((variant) => faultyOf(story, journeys, variant)),
  };
}

function faultyOf<A extends Account>(
  story: string,
  journeys: readonly Journey<A>[],
  variant: A['variant'],
): Faulty<A>[] {
  const over = journeys.filter((journey) => journey.variant === variant);
  return casesOf(over, (step) => step).flatMap(({ journey, step, operation, nth }) => {
    const faults = Object.entries(wireFaults).filter(
      ([name]) => journey.everyFault === true || eachKindOfFault.includes(name),
    );
    return [...faults, ['refused for good', refusedForGood] as const].map(([name, fault]) => ({
      id: idOf(story, 'faults', variant, journey.name, `${step} ${operation}`, name),
      journey,
      fault: { ...fault, operation, nth },
    }));
  });
}

/** Takes an order along a journey under one fault, and lets the ledger judge. @returns how often the fault struck */
async function judged<A extends Account>(
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
const statusOf = (order: Way<Account>['order']): Promise<Status> =>
  until(order, ({ happenings }) => happenings.length > 0);

const textsOf = ({ happenings }: Status) => happenings.map(({ text }) => text);

function expectAsGone<A extends Account>(ended: End, status: Status, { result, told }: Journey<A>): void {
  if (result !== undefined) expect(ended).toMatchObject(result);
  if (told !== undefined) expect(textsOf(status)).toContain(told);
}

/**
 * Takes an order along a journey to its end.
 *
 * @param refused whether something was refused for good by now: then a person sees to what is asked
 */
async function travel<A extends Account>(
  client: Client,
  tested: Tested<A>,
  account: A,
  journey: Journey<A>,
  seen?: (way: Way<A>) => void,
  refused?: () => boolean,
): Promise<{ readonly ended: End; readonly way: Way<A> }> {
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
