import type { Lane } from './limiter-lanes.js';
import { type Window, Windows } from './limiter-windows.js';

/** At the lasting rate answers of up to ten seconds do not slow us down; slower ones mean that the platform ails. */
const SLOW_ANSWER_MS = 10_000;

/**
 * A limit that requests count for: of an account, or of one of its keys. Those of rounds count in windows of half the
 * size, too.
 */
export class Level {
  readonly #all: Windows;
  readonly #rounds: Windows;
  readonly #concurrency: number;
  /** Requests that have a slot and are not done. */
  out = 0;

  /** @param concurrency how many requests may be out at once. Default: what the windows let through in ten seconds */
  constructor(
    readonly windows: readonly Window[],
    concurrency?: number,
  ) {
    this.#all = new Windows(windows);
    this.#rounds = new Windows(windows.map(({ limit, perMs }) => ({ limit: Math.max(1, limit >> 1), perMs })));
    this.#concurrency = concurrency ?? concurrencyFor(windows);
  }

  /** Requests that the platform may not have seen yet. */
  get open(): number {
    return this.#all.taken;
  }

  /** As many are out as may be: there is no room until one of them is done. */
  get full(): boolean {
    return this.out >= this.#concurrency;
  }

  /** The windows that count a request of this lane. */
  counting(lane: Lane): readonly Windows[] {
    return lane === 'round' ? [this.#all, this.#rounds] : [this.#all];
  }

  /** Counts a request of a former owner. */
  restore(arrivedBy: number): void {
    this.#all.take();
    this.#all.stamp(arrivedBy);
  }

  /** The latest moments at which the platform can have seen requests that still count. */
  recent(now: number): readonly number[] {
    return this.#all.recent(now);
  }

  hasRoom(lane: Lane, now: number): boolean {
    return !this.full && this.counting(lane).every((windows) => windows.hasRoom(now));
  }

  /** When there is room, `from` or later, for one behind so many; about, where answers are still to come. */
  roomAt(from: number, ahead: number): number {
    return this.#all.roomAt(from, ahead);
  }

  /** The same for a round behind so many other rounds, by their half alone. */
  roundRoomAt(from: number, ahead: number): number {
    return this.#rounds.roomAt(from, ahead);
  }
}

function concurrencyFor(windows: readonly Window[]): number {
  return Math.ceil(Math.min(...windows.map(({ limit, perMs }) => (limit / perMs) * SLOW_ANSWER_MS)));
}
