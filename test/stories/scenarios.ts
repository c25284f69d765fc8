import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { expectReplays } from './expect-replays.js';
import { DEADLINE_MS, fullName, openTheatre, type Scenario, type Scenarios, type Theatre } from './scenario.js';
import type { Account } from './tested.js';

/** Beside the deadline of a scenario: its replay, and the wait for an account. */
const TIMEOUT_MS = DEADLINE_MS + 40_000;

/** One scenario of each kind, in full: the recordings of the others show that they would go the same way. */
export interface Chosen {
  /** With the workflow cache off, every workflow task replays its order from the beginning. The worker then runs one at a time. */
  readonly withoutCache: readonly string[];
  /** As many of one variant as run at a time. */
  readonly atATime: number;
}

/** Plays scenarios of a story, and replays each once more when it is over. Recording plays them all. */
export function testScenarios<A extends Account>(of: Scenarios<A>, { withoutCache, atATime }: Chosen): void {
  const nameOf = (scenario: Scenario<A>) => fullName(of, scenario);
  const chosen = of.all.filter((scenario) => withoutCache.includes(nameOf(scenario)));
  vi.setConfig({ maxConcurrency: atATime * of.variants.length });

  test('each scenario has a name of its own, fit for a file', () => {
    const all = of.all.map(nameOf);
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter((name) => !/^[a-z0-9-]+$/.test(name))).toEqual([]);
    expect(all).toEqual(expect.arrayContaining([...withoutCache]));
  });

  describe('with the workflow cache off, and replayed', () => {
    let theatre: Theatre<A>;
    beforeAll(async () => {
      theatre = await openTheatre(of, chosen, atATime, { maxCachedOrders: 0 });
    });
    afterAll(() => theatre.close());
    describe.concurrent('scenario', () => {
      test.each(chosen.map((scenario) => ({ name: nameOf(scenario), scenario })))(
        '$name',
        async ({ scenario }) => {
          await expectReplays(theatre.rig.client, await theatre.play(scenario));
        },
        TIMEOUT_MS,
      );
    });
  });
}
