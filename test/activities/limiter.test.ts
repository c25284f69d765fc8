import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { createLimiter, type Lane, type Slot, type Window } from '../../src/activities/limiter.js';
import {
  backlog,
  breaches,
  type Caller,
  callers,
  fresh,
  keap,
  lane,
  mostWithin,
  type Passage,
  pass,
  run,
  simulate,
  sleep,
  windows,
} from './simulation.js';

// Hundreds of simulations each; on a busy machine they take more than the usual five seconds.
vi.setConfig({ testTimeout: 60_000 });

describe('never more than the limit in any stretch', () => {
  test('whatever comes, in whatever lanes, however it is answered', async () => {
    await fc.assert(
      fc.asyncProperty(windows, callers, async (kept, crowd) => {
        const passages = await run(() => fresh(kept), crowd);
        expect(passages.length).toBe(crowd.filter(({ ends }) => ends !== 'unsent').length);
        expect(breaches(passages, kept)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('control: a limiter that counts at sending is caught', async () => {
    const [one] = keap;
    const sent: number[] = [];
    const naive = {
      async enter(): Promise<Slot> {
        const turn = Math.max(performance.now(), (sent.at(-10) ?? -1_000) + 1_000);
        sent.push(turn);
        await sleep(turn - performance.now());
        return { depart: () => undefined, answered: () => undefined, done: () => undefined };
      },
    };
    const passages = await run(() => naive, backlog(100));
    expect(breaches(passages, [one as Window])).toEqual([one]);
  });

  test('rounds take at most half, also when nobody else asks', async () => {
    const passages = await run(() => fresh(keap), backlog(100, { lane: 'round' }));
    expect(passages.length).toBe(100);
    expect(mostWithin(passages, { limit: 5, perMs: 1_000 })).toBe(5);
  });

  test('no more are out at once than a slow platform gets to see', async () => {
    let out = 0;
    let most = 0;
    const passages: Passage[] = [];
    await simulate(async () => {
      const limiter = fresh([{ limit: 3, perMs: 1_000 }]);
      const counted = async (lane: Lane): Promise<Slot> => {
        const slot = await limiter.enter(lane);
        out += 1;
        most = Math.max(most, out);
        const done = () => {
          out -= 1;
          slot.done();
        };
        return { ...slot, done };
      };
      await Promise.all(backlog(100, { answering: 60_000 }).map((one) => pass(counted, one, passages)));
    });
    expect(passages.length).toBe(100);
    expect(most).toBe(30);
  });
});

describe('a backlog', () => {
  const crowds: Record<string, Caller[]> = {
    'of one lane': backlog(490),
    'of two lanes': backlog(490).map((one, i) => ({ ...one, lane: i % 2 === 0 ? 'write' : 'read' })),
    'with slow answers': backlog(490, { answering: 2_000 }),
  };
  test.each(Object.keys(crowds))(
    '%s: at least 95 % of the rate is used, in turn instead of in storms',
    async (name) => {
      const passages = await run(() => fresh(keap), crowds[name] ?? []);
      expect(passages.length).toBe(490);
      expect(breaches(passages, keap)).toEqual([]);
      // At best 240 in the first minute, 240 in the second, and ten at the start of the third.
      expect(Math.max(...passages.map(({ departed }) => departed))).toBeLessThan(120_000 / 0.95);
      // Each is sent away once and told its turn; few turns shift so much that it takes another visit.
      expect(passages.reduce((sum, { sentAway }) => sum + sentAway, 0)).toBeLessThan(1.5 * passages.length);
      expect(Math.max(...passages.map(({ asked, departed }) => departed - asked))).toBeLessThanOrEqual(5_001);
    },
  );

  test('that never ends still lets the lanes below have a tenth', async () => {
    const flood = Array.from({ length: 400 }, (_, i) => ({ at: i * 50, answering: 20, connecting: 0 }));
    const crowd: Caller[] = [
      ...flood.map((one) => ({ ...one, lane: 'read' as const, ends: 'answered' as const })),
      ...backlog(10, { lane: 'round' }),
    ];
    const passages = await run(() => fresh([{ limit: 10, perMs: 1_000 }]), crowd);
    const early = passages.filter(({ departed }) => departed < 20_000);
    expect(early.filter(({ caller }) => caller.lane === 'round').length).toBe(10);
    expect(breaches(passages, [{ limit: 10, perMs: 1_000 }])).toEqual([]);
  });

  test('is served in order inside a lane, and the higher lanes first', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(lane, { minLength: 2, maxLength: 9 }), async (lanes) => {
        const order: string[] = [];
        await simulate(async () => {
          const limiter = fresh([{ limit: 2, perMs: 300 }]);
          const filling = [await limiter.enter('read'), await limiter.enter('read')];
          const waiting = lanes.map(async (lane, i) => {
            const slot = await limiter.enter(lane);
            order.push(`${['undo', 'write', 'read', 'round'].indexOf(lane)} ${i}`);
            slot.depart();
            slot.answered();
            slot.done();
          });
          for (const slot of filling) {
            slot.depart();
            slot.answered();
            slot.done();
          }
          await Promise.all(waiting);
        });
        expect(order).toEqual([...order].sort());
        expect(order.length).toBe(lanes.length);
      }),
    );
  });
});

describe('who cannot be served within 5 s', () => {
  test('is sent away at once, before anything is sent, with a time to come back', async () => {
    await simulate(async () => {
      const limiter = createLimiter({ windows: [{ limit: 1, perMs: 60_000 }] });
      const before = performance.now();
      const error = await limiter.enter('write').catch((error: unknown) => error);
      expect(performance.now()).toBe(before);
      expect(error).toMatchObject({ type: 'RateLimited', nonRetryable: false });
      const { nextRetryDelay } = error as { nextRetryDelay: number };
      expect(nextRetryDelay).toBeGreaterThan(55_000);
      expect(nextRetryDelay).toBeLessThan(60_000);
    });
  });

  test('is sent away as soon as others have gone before for so long', async () => {
    await simulate(async () => {
      const limiter = fresh([{ limit: 1, perMs: 4_000 }]);
      const quick = async (lane: Lane): Promise<void> => {
        const slot = await limiter.enter(lane);
        slot.depart();
        slot.answered();
        slot.done();
      };
      await quick('read');
      const low = quick('read').catch((error: unknown) => ({ error, at: performance.now() }));
      await sleep(2_000);
      await quick('undo');
      expect(await low).toMatchObject({ at: 5_000, error: { type: 'RateLimited' } });
    });
  });

  test('leaves no timer behind', async () => {
    await simulate(async () => {
      const limiter = fresh([{ limit: 1, perMs: 1_000 }]);
      const slot = await limiter.enter('read');
      const waiting = limiter.enter('read').catch((error: unknown) => error);
      limiter.close();
      expect(await waiting).toMatchObject({ type: 'Unavailable' });
      slot.done();
      expect(vi.getTimerCount()).toBe(0);
    });
  });
});

describe('a pause', () => {
  test('keeps everybody of the account here until it is over, those inside and those with a slot, too', async () => {
    await fc.assert(
      fc.asyncProperty(
        windows,
        callers,
        fc.integer({ min: 0, max: 3_000 }),
        fc.integer({ min: 1, max: 20_000 }),
        async (kept, crowd, begin, length) => {
          const passages: Passage[] = [];
          await simulate(async () => {
            const limiter = fresh(kept);
            const pausing = sleep(begin).then(() => limiter.pause(Date.now() + length));
            await Promise.all([pausing, ...crowd.map((one) => pass((lane) => limiter.enter(lane), one, passages))]);
          });
          expect(passages.filter(({ departed }) => departed > begin && departed < begin + length)).toEqual([]);
          expect(passages.length).toBe(crowd.filter(({ ends }) => ends !== 'unsent').length);
          expect(breaches(passages, kept)).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('is never shortened, and is handed over', async () => {
    await simulate(async () => {
      const limiter = fresh([]);
      limiter.pause(Date.now() + 60_000);
      limiter.pause(Date.now() + 1_000);
      const next = createLimiter({ windows: [], state: JSON.parse(JSON.stringify(limiter.state())) });
      const error = await next.enter('undo').catch((error: unknown) => error);
      expect((error as { nextRetryDelay: number }).nextRetryDelay).toBeGreaterThan(55_000);
      await sleep(60_000);
      expect(await next.enter('undo')).toBeDefined();
    });
  });
});

test('a process that does not hold the connection any more sends nothing, a frozen one that thaws neither', async () => {
  await simulate(async () => {
    let leaseUntil = 1_000;
    const limiter = fresh([], { leaseUntil: () => leaseUntil });
    const slot = await limiter.enter('write');
    await sleep(1_000);
    expect(() => slot.depart()).toThrow(expect.objectContaining({ type: 'Unavailable', nextRetryDelay: 500 }));
    slot.done();
    leaseUntil = 2_000;
    const later = await limiter.enter('write');
    expect(() => later.depart()).not.toThrow();
  });
});

test('without windows nothing is counted and nobody waits', async () => {
  const limiter = fresh([]);
  const slots = await Promise.all(Array.from({ length: 1_000 }, () => limiter.enter('round')));
  for (const slot of slots) slot.depart();
  expect(limiter.state()).toMatchObject({ open: 1_000, recent: [] });
  for (const slot of slots) {
    slot.answered();
    slot.done();
  }
  expect(limiter.state()).toMatchObject({ open: 0, recent: [] });
});
