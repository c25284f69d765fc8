import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { expectReplays } from './expect-replays.js';
import { DEADLINE_MS, fullName, openTheatre, type Scenario, type Scenarios, type Theatre } from './scenario.js';
import type { ServingOptions } from './serving.js';
import type { Account } from './tested.js';

/** Beside the deadline of a scenario: its replay, and the wait for an account. */
const TIMEOUT_MS = DEADLINE_MS + 40_000;

/** Which scenarios are played, and how. */
export interface Chosen {
  /**
   * One of each kind: with the workflow cache off, so that every workflow task replays its order from the beginning. The
   * worker then runs one task at a time.
   */
  readonly withoutCache: readonly string[];
  /** Whether the others are played too; what was recorded was played then. */
  readonly others: 'are recorded' | 'are played';
  /** As many of one variant as run at a time, without the cache and with it. */
  readonly atATime: { readonly withoutCache: number; readonly others?: number };
}

/** Plays scenarios of a story, and replays each once more when it is over. */
export function testScenarios<A extends Account>(of: Scenarios<A>, { withoutCache, others, atATime }: Chosen): void {
  const nameOf = (scenario: Scenario<A>) => fullName(of, scenario);
  const isWithout = (scenario: Scenario<A>) => withoutCache.includes(nameOf(scenario));
  vi.setConfig({ maxConcurrency: Math.max(atATime.withoutCache, atATime.others ?? 0) * of.variants.length });

  test('each scenario has a name of its own, fit for a file', () => {
    const all = of.all.map(nameOf);
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter((name) => !/^[a-z0-9-]+$/.test(name))).toEqual([]);
    expect(all).toEqual(expect.arrayContaining([...withoutCache]));
  });

  describe('with the workflow cache off, and replayed', () => {
    playEach(of.all.filter(isWithout), atATime.withoutCache, { maxCachedOrders: 0 });
  });

  if (others === 'are played') {
    describe('and replayed', () => {
      playEach(
        of.all.filter((scenario) => !isWithout(scenario)),
        atATime.others ?? atATime.withoutCache,
      );
    });
  }

  function playEach(chosen: readonly Scenario<A>[], most: number, options: ServingOptions = {}): void {
    let theatre: Theatre<A>;
    beforeAll(async () => {
      theatre = await openTheatre(of, chosen, most, options);
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
  }
}
