import type { Lane } from './limiter-lanes.js';
import { type Window, Windows } from './limiter-windows.js';

/** The permission to send one request. */
export interface Slot {
  /**
   * Right before the first byte leaves. Throws a failure when the request must not leave after all: the account pauses
   * (`RateLimited`), or this process does not hold the connection any more (`Unavailable`).
   */
  depart(): void;
  /** The head of the answer is there. */
  answered(): void;
  /** The request is over, however it ended: once, and last. One that never departed does not count. */
  done(): void;
}

/** A request is at the platform within this time, or its answer is here: nothing slower was ever measured. */
export const ARRIVAL_MS = 250;

/** What the slots tell the limiter. */
export interface SlotEvents {
  /** Throws when a request of this lane must not depart now. */
  mayDepart(lane: Lane, now: number): void;
  /** A place may have become free. */
  changed(now: number): void;
}

interface Request {
  /** The windows that count it. */
  readonly counted: readonly Windows[];
  departedAt?: number;
  stamped: boolean;
}

/** Gives out slots and counts them: each in the account's windows, those of rounds also in windows of half the size. */
export class Slots {
  readonly #all: Windows;
  readonly #rounds: Windows;
  readonly #events: SlotEvents;
  /** In order of departure, until they are stamped. */
  readonly #departed: Request[] = [];
  #out = 0;

  constructor(windows: readonly Window[], events: SlotEvents) {
    this.#all = new Windows(windows);
    this.#rounds = new Windows(windows.map(({ limit, perMs }) => ({ limit: Math.max(1, limit >> 1), perMs })));
    this.#events = events;
  }

  /** Requests that have a slot and are not done. */
  get out(): number {
    return this.#out;
  }

  /** Requests that the platform may not have seen yet. */
  get open(): number {
    return this.#all.taken;
  }

  /** Counts a request of a former owner. */
  restore(arrivedBy: number): void {
    this.#all.take();
    this.#all.stamp(arrivedBy);
  }

  /** The latest moments at which the platform can have seen requests that still count. */
  recent(now: number): readonly number[] {
    this.#settle(now);
    return this.#all.recent(now);
  }

  hasRoom(lane: Lane, now: number): boolean {
    this.#settle(now);
    return this.#all.hasRoom(now) && (lane !== 'round' || this.#rounds.hasRoom(now));
  }

  /** When there is room, `from` or later, for one behind so many; about, where answers are still to come. */
  roomAt(from: number, ahead: number): number {
    return this.#all.roomAt(from, ahead);
  }

  /** The same for a round behind so many other rounds, by their half alone. */
  roundRoomAt(from: number, ahead: number): number {
    return this.#rounds.roomAt(from, ahead);
  }

  take(lane: Lane): Slot {
    const request: Request = {
      counted: lane === 'round' ? [this.#all, this.#rounds] : [this.#all],
      stamped: false,
    };
    for (const windows of request.counted) windows.take();
    this.#out += 1;
    return {
      depart: () => this.#depart(request, lane),
      answered: () => this.#answered(request),
      done: () => this.#done(request),
    };
  }

  #depart(request: Request, lane: Lane): void {
    const now = performance.now();
    this.#events.mayDepart(lane, now);
    request.departedAt = now;
    this.#departed.push(request);
  }

  #answered(request: Request): void {
    const now = performance.now();
    this.#settle(now);
    stamp(request, now);
    this.#events.changed(now);
  }

  #done(request: Request): void {
    if (request.departedAt === undefined) for (const windows of request.counted) windows.release();
    this.#out -= 1;
    this.#events.changed(performance.now());
  }

  /** Stamps whatever must be at the platform by now, answered or not. Before any later stamp, so that they ascend. */
  #settle(now: number): void {
    for (let next = this.#departed[0]; next !== undefined; next = this.#departed[0]) {
      const arrival = (next.departedAt ?? now) + ARRIVAL_MS;
      if (!next.stamped && arrival > now) return;
      stamp(next, arrival);
      this.#departed.shift();
    }
  }
}

function stamp(request: Request, at: number): void {
  if (request.stamped) return;
  request.stamped = true;
  for (const windows of request.counted) windows.stamp(at);
}
