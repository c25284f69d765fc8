import { expect } from 'vitest';
import { amends } from './amends.js';
import { casesOf, writesAt, writesOf } from './cases.js';
import { expectEnd, judged, travel } from './judged.js';
import { lags } from './lags.js';
import { atEachRequest, chosen, idOf, inCase, isWhole, noCase, spread, withCases } from './matrix.js';
import type { Account, LedgerOf, Tested } from './tested.js';
import { type Trial, testTrials } from './trials.js';
import { webhooks } from './webhooks.js';
import { refusedForGood, wireFaults } from './wire-faults.js';

/** A refusal of each of two dozen requests, one order after the other. */
const EACH_REQUEST_MS = 300_000;

/** Without `npm run faults`: prime to the number of faults that a write meets, so that each meets others. */
const ONE_CASE_IN = 151;
const ONE_REQUEST_IN = 13;

/** All that can go wrong between the orders of a story and their platform; the ledger is the judge. */
export function testFaults<A extends Account>(tested: Tested<A>): void {
  testTrials(tested, {
    'each journey makes the writes that are its cases, and a broken promise is red': undisturbed(tested),
    'a refusal for good leaves nothing behind, or is held once it cannot be taken back': refusals(tested),
    'every write under every fault': faults(tested),
    'what becomes of webhooks is no matter': webhooks(tested),
    'what a search shows late is made once': lags(tested),
    'a change at any request is answered truly': amends(tested),
  });
}

/** The cases of a story, whether they are to run or not; of refusals the groups. */
export function faultCasesOf<A extends Account>({ contract: { name: story }, variants, journeys }: Tested<A>) {
  const each = [...Object.entries(wireFaults), ['refused for good', refusedForGood] as const];
  return {
    undisturbed: journeys.map((journey) => ({
      id: idOf(story, 'undisturbed', journey.variant, journey.name),
      journey,
    })),
    refusals: variants.map((variant) => ({ id: idOf(story, 'refusals', variant), variant })),
    faults: casesOf(journeys, (step) => step).flatMap(({ journey, step, operation, nth }) =>
      each.map(([name, fault]) => ({
        id: idOf(story, 'faults', journey.variant, journey.name, `${step} ${operation}`, name),
        journey,
        fault: { ...fault, operation, nth },
      })),
    ),
  };
}

function undisturbed<A extends Account>(tested: Tested<A>): Trial<A>[] {
  return chosen(faultCasesOf(tested).undisturbed).map(({ id, journey }) => ({
    id,
    variant: journey.variant,
    run: (context, client, account) =>
      inCase<A, void>(context, client, id, async (seen) => {
        const { sandbox } = account;
        const gone = await travel(client, tested, account, journey, seen);
        expect(writesAt(sandbox)).toEqual(writesOf(journey));
        await expectEnd(client, journey, gone);
        if (journey.ends !== 'completed') return;
        const { input } = gone.way;
        const ledger = sandbox.ledger() as LedgerOf<A>;
        const twice = { ...ledger, orders: [...ledger.orders, ...ledger.orders] };
        expect(() => journey.judge(twice, input)).toThrow();
        expect(() => journey.judge({ ...ledger, orders: [] }, input)).toThrow();
        expect(() => tested.nothingLeft(ledger, input)).toThrow();
      }),
  }));
}

function refusals<A extends Account>(tested: Tested<A>): Trial<A>[] {
  const { journeys } = tested;
  return withCases(faultCasesOf(tested).refusals).map(({ id: group, variant }) => ({
    id: group,
    variant,
    timeout: EACH_REQUEST_MS,
    async run(context, client, account) {
      const journey = journeys.find((each) => each.variant === variant);
      if (journey === undefined) throw new Error(`no journey over ${variant}`);
      // What the account offers is remembered for an hour: from the second order on all of them send the same.
      await travel(client, tested, account, journey);
      const refused = await atEachRequest(group, ONE_REQUEST_IN, (nth, id) => {
        account.sandbox.reset();
        const fault = { ...refusedForGood, operation: '*', nth };
        return inCase<A, number | typeof noCase>(context, client, id, async (seen) =>
          (await judged(client, tested, account, journey, fault, seen)) === 1 ? nth : noCase,
        );
      });
      if (isWhole) expect(refused.length).toBeGreaterThan(journey.writes.length);
    },
  }));
}

function faults<A extends Account>(tested: Tested<A>): Trial<A>[] {
  return spread(faultCasesOf(tested).faults, ONE_CASE_IN).map(({ id, journey, fault }) => ({
    id,
    variant: journey.variant,
    run: (context, client, account) =>
      inCase<A, void>(context, client, id, async (seen) => {
        expect(await judged(client, tested, account, journey, fault, seen)).toBe(1);
      }),
  }));
}
