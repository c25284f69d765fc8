import type { BigcommerceLimits } from './options.js';

/** A request that found nothing left of the quota. */
export interface ThrottleBreach {
  time: number;
  credential: string;
}

/** What the platform allows an account that is on no plan of the public list: more than anybody sends. */
const unlimited: BigcommerceLimits = { quota: 1_000_000, windowMs: 30_000 };

/** So many requests in a window, which begins with the first of them: all callers of the store together. */
export class Throttle {
  #startedAt = Number.NEGATIVE_INFINITY;
  #used = 0;
  readonly breaches: ThrottleBreach[] = [];

  /** Counts a request; false when it may not pass. `now` with fractions of a millisecond. */
  admit(credential: string, now: number, limits: BigcommerceLimits | 'off'): boolean {
    const { quota } = this.#turn(now, limits);
    if (this.#used >= quota) {
      this.breaches.push({ time: Math.floor(now), credential });
      return false;
    }
    this.#used += 1;
    return true;
  }

  /** Other apps of the store send so many. */
  spend(requests: number, now: number, limits: BigcommerceLimits | 'off'): void {
    this.#turn(now, limits);
    this.#used += requests;
  }

  headers(now: number, limits: BigcommerceLimits | 'off'): Record<string, string> {
    const { quota, windowMs } = this.#turn(now, limits);
    return {
      'x-rate-limit-requests-left': String(Math.max(0, quota - this.#used)),
      'x-rate-limit-requests-quota': String(quota),
      'x-rate-limit-time-window-ms': String(windowMs),
      'x-rate-limit-time-reset-ms': String(Math.max(0, Math.ceil(this.#startedAt + windowMs - now))),
    };
  }

  #turn(now: number, limits: BigcommerceLimits | 'off'): BigcommerceLimits {
    const current = limits === 'off' ? unlimited : limits;
    if (now >= this.#startedAt + current.windowMs) {
      this.#startedAt = now;
      this.#used = 0;
    }
    return current;
  }
}
