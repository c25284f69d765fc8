import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import {
  createLimiter,
  type Lane,
  type Limiter,
  type LimiterState,
  type Slot,
  type Window,
} from '../../src/activities/limiter.js';
import {
  backlog,
  breaches,
  type Caller,
  caller,
  fresh,
  lane,
  mostWithin,
  type Passage,
  pass,
  simulate,
  sleep,
  windows,
} from './simulation.js';

// Hundreds of simulations each; on a busy machine they take more than the usual five seconds.
vi.setConfig({ testTimeout: 60_000 });

/** A caller with the key that it sends with. */
type Keyed = Caller & { readonly key: string };
type Keys = ReadonlyMap<string, readonly Window[]>;

/** A site with a limit for all, and one for each key to it. */
const site: readonly Window[] = [{ limit: 10, perMs: 1_000 }];
const keysOf = (...names: string[]): Keys => new Map(names.map((name) => [name, [{ limit: 3, perMs: 1_000 }]]));
const NAMES = ['A', 'B', 'C'];

const keyed = fc.tuple(caller, fc.constantFrom(...NAMES)).map(([one, key]): Keyed => ({ ...one, key }));
const crowds = fc.array(keyed, { minLength: 1, maxLength: 60, size: 'max' });
const keyLimits = fc
  .tuple(windows, windows, windows)
  .map((each): Keys => new Map(NAMES.map((n, i) => [n, each[i] ?? []])));

const withKeys = (kept: readonly Window[], keys: Keys) => fresh(kept, { keys });

/** Lets the callers through a limiter, each with its key. */
const come = (limiter: Limiter, crowd: readonly Keyed[], passages: Passage[], until?: number) =>
  Promise.all(crowd.map((one) => pass((lane) => limiter.withKey(one.key).enter(lane), one, passages, until)));

async function run(makeLimiter: () => Limiter, crowd: readonly Keyed[]): Promise<Passage[]> {
  const passages: Passage[] = [];
  await simulate(() => come(makeLimiter(), crowd, passages));
  return passages;
}

const of = (passages: readonly Passage[], key: string) =>
  passages.filter(({ caller }) => (caller as Keyed).key === key);

/** Breaches of the account's limit, and of each key's. */
const allBreaches = (passages: readonly Passage[], kept: readonly Window[], keys: Keys) => [
  ...breaches(passages, kept),
  ...[...keys].flatMap(([key, its]) => breaches(of(passages, key), its)),
];

const backlogOf = (keys: Keys, each: number, more: Partial<Caller> = {}): Keyed[] =>
  [...keys.keys()].flatMap((key) => backlog(each, more).map((one) => ({ ...one, key })));

const lastOf = (passages: readonly Passage[]) => Math.max(...passages.map(({ departed }) => departed));

describe('never more than the limits of account and key in any stretch', () => {
  test('whatever comes, with whatever keys, in whatever lanes', async () => {
    await fc.assert(
      fc.asyncProperty(windows, keyLimits, crowds, async (kept, keys, crowd) => {
        const passages = await run(() => withKeys(kept, keys), crowd);
        expect(passages.length).toBe(crowd.filter(({ ends }) => ends !== 'unsent').length);
        expect(allBreaches(passages, kept, keys)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('control: keys that are not counted are caught', async () => {
    const keys = keysOf(...NAMES);
    const passages = await run(() => withKeys(site, new Map(NAMES.map((name) => [name, []]))), backlogOf(keys, 10));
    expect(allBreaches(passages, site, keys)).toHaveLength(3);
  });

  test('rounds take at most half of each', async () => {
    const keys: Keys = new Map(['A', 'B', 'C', 'D'].map((name) => [name, [{ limit: 4, perMs: 1_000 }]]));
    const passages = await run(() => withKeys(site, keys), backlogOf(keys, 20, { lane: 'round' }));
    expect(mostWithin(passages, { limit: 5, perMs: 1_000 })).toBe(5);
    for (const key of keys.keys()) expect(mostWithin(of(passages, key), { limit: 2, perMs: 1_000 })).toBe(2);
  });
});

describe('a backlog', () => {
  test.each([
    ['of three keys uses at least 95 % of what the keys may', ['A', 'B', 'C'], 9],
    ['of five keys uses at least 95 % of what the account may', ['A', 'B', 'C', 'D', 'E'], 10],
    ['of twelve keys too', Array.from({ length: 12 }, (_, i) => `K${i}`), 10],
  ])('%s, in turn instead of in storms', async (_, names, perSecond) => {
    const keys = keysOf(...names);
    const each = Math.ceil((60 * perSecond) / names.length);
    const passages = await run(() => withKeys(site, keys), backlogOf(keys, each));
    expect(passages.length).toBe(each * names.length);
    expect(allBreaches(passages, site, keys)).toEqual([]);
    expect(lastOf(passages)).toBeLessThan((passages.length / perSecond) * (1_000 / 0.95));
    expect(passages.reduce((sum, { sentAway }) => sum + sentAway, 0)).toBeLessThan(2 * passages.length);
    // Nobody is done long before the others: equals alternate.
    for (const key of names) expect(lastOf(of(passages, key))).toBeGreaterThan(0.8 * lastOf(passages));
  });

  test('of one key leaves to another what that may, at once', async () => {
    const keys = keysOf('A', 'B');
    const crowd: Keyed[] = [
      ...backlog(200).map((one) => ({ ...one, key: 'A' })),
      ...Array.from({ length: 40 }, (_, i) => ({ ...(backlog(1)[0] as Caller), at: 400 * i, key: 'B' })),
    ];
    const passages = await run(() => withKeys(site, keys), crowd);
    expect(Math.max(...of(passages, 'B').map(({ caller, departed }) => departed - caller.at))).toBeLessThan(50);
    expect(lastOf(of(passages, 'A'))).toBeLessThan((200 / 3) * (1_000 / 0.95));
  });

  test('of one key whose answers do not come leaves to another what that may', async () => {
    const keys = keysOf('A', 'B');
    const crowd: Keyed[] = [
      ...backlog(300, { answering: 60_000 }).map((one) => ({ ...one, key: 'A' })),
      ...backlog(60, { at: 100_000 }).map((one) => ({ ...one, key: 'B' })),
    ];
    const passages = await run(() => withKeys(site, keys), crowd);
    expect(lastOf(of(passages, 'B')) - 100_000).toBeLessThan((60 / 3) * (1_000 / 0.95));
  });
});

describe('the lanes hold over all keys', () => {
  /** Endless work of some keys that would fill the site alone. */
  const flood = (lane: Lane, names: readonly string[], seconds: number): Keyed[] =>
    names.flatMap((key) => Array.from({ length: 4 * seconds }, (_, i) => ({ ...quick(lane, i * 250), key })));
  const quick = (lane: Lane, at: number): Caller => ({ at, lane, connecting: 0, answering: 20, ends: 'answered' });

  test('an urgent request of one key goes before the reads of others that wait for the site', async () => {
    const names = ['A', 'B', 'C', 'D'];
    const undos = Array.from({ length: 20 }, (_, i) => ({ ...quick('undo', 2_000 + i * 500), key: 'E' }));
    const crowd = [...flood('read', names, 15), ...undos];
    const passages = await run(() => withKeys(site, keysOf(...names, 'E')), crowd);
    const waited = of(passages, 'E').map(({ caller, departed, sentAway }) => [sentAway, departed - caller.at]);
    expect(waited.every(([sentAway]) => sentAway === 0)).toBe(true);
    // The next place of the site; all ten may have been given at once, so that it is up to a second away.
    expect(Math.max(...waited.map(([, ms = 0]) => ms))).toBeLessThan(1_100);
  });

  test('who waits for the site goes in the order of the lanes, whatever the keys', async () => {
    const waiting = fc.array(fc.tuple(lane, fc.constantFrom(...NAMES)), { minLength: 2, maxLength: 9 });
    await fc.assert(
      fc.asyncProperty(waiting, async (those) => {
        const order: Lane[] = [];
        await simulate(async () => {
          const limiter = withKeys([{ limit: 2, perMs: 300 }], new Map(NAMES.map((name) => [name, []])));
          const through = (slot: Slot) => {
            slot.depart();
            slot.answered();
            slot.done();
          };
          const filling = [await limiter.enter('read'), await limiter.enter('read')];
          const passing = those.map(async ([lane, key]) => {
            const slot = await limiter.withKey(key).enter(lane);
            order.push(lane);
            through(slot);
          });
          filling.forEach(through);
          await Promise.all(passing);
        });
        const lanes = ['undo', 'write', 'read', 'round'];
        expect(order).toEqual(those.map(([lane]) => lane).toSorted((a, b) => lanes.indexOf(a) - lanes.indexOf(b)));
      }),
    );
  });

  test('but what never ends above leaves a tenth to those below, of other keys and of its own', async () => {
    const names = ['A', 'B', 'C', 'D'];
    const low = [
      ...backlog(10, { lane: 'read' }).map((one) => ({ ...one, key: 'E' })),
      ...backlog(4, { lane: 'round' }).map((one) => ({ ...one, key: 'A' })),
    ];
    const passages = await run(() => withKeys(site, keysOf(...names, 'E')), [...flood('write', names, 60), ...low]);
    const early = passages.filter(({ departed }) => departed < 40_000);
    expect(early.filter(({ caller }) => caller.lane === 'read')).toHaveLength(10);
    expect(early.filter(({ caller }) => caller.lane === 'round')).toHaveLength(4);
  });

  test('a pause is one of the whole account', async () => {
    await simulate(async () => {
      const limiter = withKeys(site, keysOf('A', 'B'));
      limiter.withKey('A').pause(Date.now() + 60_000);
      for (const gate of [limiter, limiter.withKey('A'), limiter.withKey('B')]) {
        await expect(gate.enter('undo')).rejects.toMatchObject({ type: 'RateLimited' });
      }
      await sleep(60_000);
      expect(await limiter.withKey('B').enter('undo')).toBeDefined();
    });
  });

  test('a key that the account does not have is a mistake', () => {
    expect(() => withKeys(site, keysOf('A')).withKey('B')).toThrow('no key B');
  });
});

describe('a hand-over', () => {
  const leaseMs = 1_000;

  /** An owner serves until its lease ends; the next one starts when it is over, from the last state that was seen. */
  async function crash(
    kept: readonly Window[],
    keys: Keys,
    crowd: readonly Keyed[],
    beat: number,
    seen = (state: LimiterState): LimiterState => state,
  ): Promise<Passage[]> {
    const passages: Passage[] = [];
    await simulate(async () => {
      const first = fresh(kept, { keys, leaseUntil: () => beat + leaseMs });
      const served = come(first, crowd, passages, beat + leaseMs);
      await sleep(beat);
      const state = seen(JSON.parse(JSON.stringify(first.state())));
      await sleep(leaseMs);
      await Promise.all([served, come(createLimiter({ windows: kept, keys, state, leaseMs }), crowd, passages)]);
    });
    return passages;
  }

  test('after a crash breaks no limit of either level', async () => {
    await fc.assert(
      fc.asyncProperty(
        windows,
        keyLimits,
        crowds,
        fc.integer({ min: 0, max: 2_500 }),
        async (kept, keys, crowd, beat) => {
          expect(allBreaches(await crash(kept, keys, crowd, beat), kept, keys)).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('in order breaks none either, and goes on with what both still let through', async () => {
    await fc.assert(
      fc.asyncProperty(
        windows,
        keyLimits,
        crowds,
        fc.integer({ min: 0, max: 2_500 }),
        async (kept, keys, crowd, end) => {
          const passages: Passage[] = [];
          await simulate(async () => {
            const first = withKeys(kept, keys);
            const served = come(first, crowd, passages, end);
            await sleep(end);
            first.close();
            await first.idle(300);
            const state = JSON.parse(JSON.stringify(first.state()));
            await Promise.all([served, come(createLimiter({ windows: kept, keys, state, leaseMs }), crowd, passages)]);
          });
          expect(allBreaches(passages, kept, keys)).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('control: one that forgets what was sent with the keys is caught', async () => {
    const keys = keysOf('A');
    const forget = (state: LimiterState): LimiterState => ({
      ...state,
      closed: true,
      keys: { A: { bucketMs: 1, recent: [], open: 0 } },
    });
    const passages = await crash([], keys, backlogOf(keys, 20), 500, forget);
    expect(allBreaches(passages, [], keys)).toEqual(keys.get('A'));
  });

  test('lets a key wait that the former owner did not know: somebody may have used it before', async () => {
    await simulate(async () => {
      const first = withKeys(site, keysOf('A'));
      first.close();
      const state = JSON.parse(JSON.stringify(first.state()));
      const next = createLimiter({ windows: site, keys: keysOf('A', 'B'), state, leaseMs });
      await next.withKey('A').enter('read');
      expect(performance.now()).toBe(0);
      await next.withKey('B').enter('read');
      expect(performance.now()).toBeGreaterThanOrEqual(1_000);
    });
  });
});
