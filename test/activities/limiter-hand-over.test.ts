import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { createLimiter, unusedState, type Window } from '../../src/activities/limiter.js';
import {
  backlog,
  breaches,
  type Caller,
  callers,
  fresh,
  keap,
  type Passage,
  pass,
  simulate,
  sleep,
  windows,
} from './simulation.js';

// Hundreds of simulations each; on a busy machine they take more than the usual five seconds.
vi.setConfig({ testTimeout: 60_000 });

describe('a hand-over', () => {
  const leaseMs = 1_000;

  /** An owner serves until its lease ends; the next one starts when it is over, from the last state that was seen. */
  async function handOver(
    kept: readonly Window[],
    crowd: readonly Caller[],
    beat: number,
    gap: number,
    remember = true,
  ) {
    const passages: Passage[] = [];
    await simulate(async () => {
      const first = fresh(kept, { leaseUntil: () => beat + leaseMs });
      const served = crowd.map((one) => pass((lane) => first.enter(lane), one, passages, beat + leaseMs));
      await sleep(beat);
      const seen = remember ? JSON.parse(JSON.stringify(first.state())) : unusedState;
      await sleep(leaseMs + gap);
      const next = createLimiter({ windows: kept, state: seen, leaseMs });
      await Promise.all([...served, ...crowd.map((one) => pass((lane) => next.enter(lane), one, passages))]);
    });
    return passages;
  }

  test('after a crash or a freeze breaks no limit', async () => {
    await fc.assert(
      fc.asyncProperty(
        windows,
        callers,
        fc.integer({ min: 0, max: 2_500 }),
        fc.integer({ min: 0, max: 500 }),
        async (kept, crowd, beat, gap) => {
          expect(breaches(await handOver(kept, crowd, beat, gap), kept)).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('control: one that forgets what was sent is caught', async () => {
    expect(breaches(await handOver(keap, backlog(40), 500, 0, false), keap)).toEqual(keap.slice(0, 1));
  });

  test('in order breaks no limit either, whether or not all that was out got its answer in time', async () => {
    await fc.assert(
      fc.asyncProperty(
        windows,
        callers,
        fc.integer({ min: 0, max: 2_500 }),
        fc.integer({ min: 0, max: 300 }),
        async (kept, crowd, end, patience) => {
          const passages: Passage[] = [];
          await simulate(async () => {
            const first = fresh(kept);
            const served = crowd.map((one) => pass((lane) => first.enter(lane), one, passages, end));
            await sleep(end);
            first.close();
            await first.idle(patience);
            const next = createLimiter({ windows: kept, state: JSON.parse(JSON.stringify(first.state())), leaseMs });
            await Promise.all([...served, ...crowd.map((one) => pass((lane) => next.enter(lane), one, passages))]);
          });
          expect(breaches(passages, kept)).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('in order goes on at once with what the windows still let through', async () => {
    const passages: Passage[] = [];
    await simulate(async () => {
      const first = fresh(keap);
      const served = backlog(4).map((one) => pass((lane) => first.enter(lane), one, passages));
      await sleep(0);
      first.close();
      await expect(first.enter('undo')).rejects.toMatchObject({ type: 'Unavailable' });
      expect(await first.idle(1_000)).toBe(true);
      const state = JSON.parse(JSON.stringify(first.state()));
      expect(state).toMatchObject({ closed: true, open: 0 });
      const next = createLimiter({ windows: keap, state, leaseMs });
      await Promise.all([...served, ...backlog(6).map((one) => pass((lane) => next.enter(lane), one, passages))]);
      expect(performance.now()).toBeLessThan(150);
    });
    expect(passages.length).toBe(10);
  });

  test('in order does not wait for ever for what is out', async () => {
    await simulate(async () => {
      const limiter = fresh(keap);
      const slot = await limiter.enter('write');
      slot.depart();
      expect(await limiter.idle(1_000)).toBe(false);
      expect(performance.now()).toBe(1_000);
    });
  });

  test('without any word from the former owner starts with full windows', async () => {
    await simulate(async () => {
      const limiter = createLimiter({ windows: [{ limit: 10, perMs: 1_000 }] });
      await limiter.enter('write');
      expect(performance.now()).toBeGreaterThanOrEqual(1_000);
    });
  });

  test('needs no more than a few kilobytes in the heartbeat, however many were sent', async () => {
    await simulate(async () => {
      const limiter = fresh([{ limit: 20_000, perMs: 3_600_000 }]);
      for (let i = 0; i < 20_000; i += 1) {
        const slot = await limiter.enter('read');
        slot.depart();
        slot.answered();
        slot.done();
        await sleep(179);
      }
      expect(JSON.stringify(limiter.state()).length).toBeLessThan(6_000);
    });
  });
});
