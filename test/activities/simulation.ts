import fc from 'fast-check';
import { vi } from 'vitest';
import {
  createLimiter,
  type Lane,
  type Limiter,
  type LimiterOptions,
  type Slot,
  unusedState,
  type Window,
} from '../../src/activities/limiter.js';

/** One request of a simulated account; all times in milliseconds. */
export interface Caller {
  /** When it first asks, counted from the start of the simulation. */
  readonly at: number;
  readonly lane: Lane;
  /** From having a slot to departing. */
  readonly connecting: number;
  /** From departing to the head of the answer. */
  readonly answering: number;
  /** `lost`: the connection breaks instead of an answer. `unsent`: it breaks before the departure. */
  readonly ends: 'answered' | 'lost' | 'unsent';
}

/** What happened to a caller in the end; times on the simulated clock. */
export interface Passage {
  readonly caller: Caller;
  /** When it asked for the last time, which was when it was let in. */
  readonly asked: number;
  readonly departed: number;
  /** The last moment at which the platform can have seen it. */
  readonly arrivedBy: number;
  /** How often it was sent away before. */
  readonly sentAway: number;
}

/** From a refusal's own time to the next attempt: Temporal and the queue take a moment, too. */
const REDELIVERY_MS = 30;

/** Runs on vitest's simulated clock, which moves from timer to timer. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Lets a caller come, wait, come back when it is sent away, send, and be answered. Gives up after `until`. */
export async function pass(
  enter: (lane: Lane) => Promise<Slot>,
  caller: Caller,
  passages: Passage[],
  until = Number.POSITIVE_INFINITY,
): Promise<void> {
  await sleep(caller.at);
  for (let sentAway = 0; performance.now() < until; sentAway += 1) {
    const asked = performance.now();
    try {
      const slot = await enter(caller.lane);
      await send(slot, caller, (departed, arrivedBy) =>
        passages.push({ caller, asked, departed, arrivedBy, sentAway }),
      );
      return;
    } catch (error) {
      const { nextRetryDelay } = error as { nextRetryDelay?: number };
      if (nextRetryDelay === undefined) throw error;
      await sleep(nextRetryDelay + REDELIVERY_MS);
    }
  }
}

async function send(
  slot: Slot,
  { connecting, answering, ends }: Caller,
  note: (departed: number, arrivedBy: number) => void,
): Promise<void> {
  try {
    if (connecting > 0) await sleep(connecting);
    if (ends === 'unsent') return;
    slot.depart();
    const departed = performance.now();
    note(departed, departed + Math.min(ends === 'answered' ? answering : 250, 250));
    await sleep(answering);
    if (ends === 'answered') slot.answered();
  } finally {
    slot.done();
  }
}

/**
 * The most requests that a platform can have seen within one stretch of the window, each having come at the worst moment
 * between its departure and its latest arrival.
 */
export function mostWithin(passages: readonly Passage[], { perMs }: Window): number {
  return Math.max(
    0,
    ...passages.map(
      ({ arrivedBy: start }) =>
        passages.filter(({ departed, arrivedBy }) => arrivedBy >= start && departed <= start + perMs).length,
    ),
  );
}

/** Runs a story on a simulated clock that starts at zero and ends when nothing is left to wait for. */
export async function simulate(story: () => Promise<unknown>): Promise<void> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
  try {
    let over = false;
    const ended = story().finally(() => {
      over = true;
    });
    while (!over) await vi.advanceTimersToNextTimerAsync();
    await ended;
  } finally {
    vi.useRealTimers();
  }
}

const window = fc.record({ limit: fc.integer({ min: 1, max: 12 }), perMs: fc.integer({ min: 100, max: 2_000 }) });
export const windows = fc.array(window, { minLength: 1, maxLength: 3 });
export const lane = fc.constantFrom<Lane>('undo', 'write', 'read', 'round');
export const caller: fc.Arbitrary<Caller> = fc.record({
  at: fc.integer({ min: 0, max: 3_000 }),
  lane,
  connecting: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 120 })),
  answering: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 2_000 })),
  ends: fc.oneof(
    { weight: 8, arbitrary: fc.constant('answered' as const) },
    fc.constantFrom('lost' as const, 'unsent' as const),
  ),
});
export const callers = fc.array(caller, { minLength: 1, maxLength: 60, size: 'max' });

export const breaches = (passages: readonly Passage[], kept: readonly Window[]): Window[] =>
  kept.filter((one) => mostWithin(passages, one) > one.limit);

/** Callers that all come at once, with the answers of a quick platform. */
export const backlog = (size: number, more: Partial<Caller> = {}): Caller[] =>
  Array.from({ length: size }, (_, i) => ({
    at: 0,
    lane: 'read',
    connecting: 0,
    answering: 5 + ((i * 37) % 56),
    ends: 'answered',
    ...more,
  }));

export const fresh = (kept: readonly Window[], more: Partial<LimiterOptions> = {}): Limiter =>
  createLimiter({ windows: kept, state: unusedState, ...more });

/** Runs the callers against one limiter to the end. */
export async function run(makeLimiter: () => Pick<Limiter, 'enter'>, crowd: readonly Caller[]): Promise<Passage[]> {
  const passages: Passage[] = [];
  await simulate(async () => {
    const limiter = makeLimiter();
    await Promise.all(crowd.map((one) => pass((lane) => limiter.enter(lane), one, passages)));
  });
  return passages;
}

/** Keap's spike limit, and a narrower one beside it. */
export const keap: readonly Window[] = [
  { limit: 10, perMs: 1_000 },
  { limit: 240, perMs: 60_000 },
];
