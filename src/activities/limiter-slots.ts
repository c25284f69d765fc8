import type { Lane } from './limiter-lanes.js';
import type { Level } from './limiter-level.js';
import type { Windows } from './limiter-windows.js';

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

interface Request {
  readonly levels: readonly Level[];
  /** The windows that count it. */
  readonly counted: readonly Windows[];
  /** Throws when it must not depart now. */
  readonly mayDepart: (now: number) => void;
  departedAt?: number;
  stamped: boolean;
}

/** Gives out slots and counts them, each in all windows of its levels from the same moment on. */
export class Slots {
  /** In order of departure, until they are stamped. */
  readonly #departed: Request[] = [];
  readonly #changed: (now: number) => void;

  /** @param changed called when a place may have become free */
  constructor(changed: (now: number) => void) {
    this.#changed = changed;
  }

  /** @param levels of the account, and of the key that is used */
  take(lane: Lane, levels: readonly Level[], mayDepart: (now: number) => void): Slot {
    const counted = levels.flatMap((level) => level.counting(lane));
    const request: Request = { levels, counted, mayDepart, stamped: false };
    for (const windows of counted) windows.take();
    for (const level of levels) level.out += 1;
    return {
      depart: () => this.#depart(request),
      answered: () => this.#answered(request),
      done: () => this.#done(request),
    };
  }

  /** Stamps whatever must be at the platform by now, answered or not. Before any later stamp, so that they ascend. */
  settle(now: number): void {
    for (let next = this.#departed[0]; next !== undefined; next = this.#departed[0]) {
      const arrival = (next.departedAt ?? now) + ARRIVAL_MS;
      if (!next.stamped && arrival > now) return;
      stamp(next, arrival);
      this.#departed.shift();
    }
  }

  #depart(request: Request): void {
    const now = performance.now();
    request.mayDepart(now);
    request.departedAt = now;
    this.#departed.push(request);
  }

  #answered(request: Request): void {
    const now = performance.now();
    this.settle(now);
    stamp(request, now);
    this.#changed(now);
  }

  #done(request: Request): void {
    if (request.departedAt === undefined) for (const windows of request.counted) windows.release();
    for (const level of request.levels) level.out -= 1;
    this.#changed(performance.now());
  }
}

function stamp(request: Request, at: number): void {
  if (request.stamped) return;
  request.stamped = true;
  for (const windows of request.counted) windows.stamp(at);
}
