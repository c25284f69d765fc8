/** Often enough that no longer stall is missed. */
const LOOK_EVERY_MS = 50;

/**
 * The imitations run in this process, and stamp a request when they come to it. The limiter reckons with a quarter of a
 * second for its way (`ARRIVAL_MS`): what takes longer because this machine has no core for us is no breach of Waybill's.
 */
const LONG_MS = 200;

/** Watches when this process was late by more than a request may be. */
export class Stalls {
  readonly #ended: number[] = [];
  readonly #timer: NodeJS.Timeout;
  #due = performance.now() + LOOK_EVERY_MS;

  constructor() {
    this.#timer = setInterval(() => {
      const now = performance.now();
      if (now - this.#due > LONG_MS) this.#ended.push(now);
      this.#due = now + LOOK_EVERY_MS;
    }, LOOK_EVERY_MS);
  }

  get number(): number {
    return this.#ended.length;
  }

  /** Whether one ended in this time, by `performance.now()`. */
  within(from: number, to: number): boolean {
    return this.#ended.some((at) => at >= from && at <= to);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
