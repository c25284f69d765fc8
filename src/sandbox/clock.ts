/** Node clamps a longer timer to 1 ms, so longer waits are slept in parts. */
const longestTimerMs = 2_147_483_647;

/**
 * The time of one imitated platform. It starts at the machine's time, runs `speed` times as fast and can be
 * pushed forward. Expiries, throttle windows and search lags are all measured by it; it never runs backwards.
 */
export class SandboxClock {
  #origin: number;
  #realOrigin = performance.now();
  #speed: number;
  #closed = false;
  readonly #sleepers = new Set<() => void>();

  constructor(options: { start?: number | undefined; speed?: number | undefined } = {}) {
    this.#origin = options.start ?? Date.now();
    this.#speed = positive(options.speed ?? 1);
  }

  /** Milliseconds since 1970, whole. */
  now(): number {
    return Math.floor(this.precise());
  }

  /** Like `now`, with fractions: a strict window must not gain a millisecond by rounding. */
  precise(): number {
    return this.#origin + (performance.now() - this.#realOrigin) * this.#speed;
  }

  get speed(): number {
    return this.#speed;
  }

  /** Moves the time forward and wakes whatever has slept long enough. */
  advance(ms: number): void {
    if (!(ms >= 0)) throw new RangeError(`the sandbox clock only moves forward, not by ${ms} ms`);
    this.#rebase(this.precise() + ms);
  }

  /** Sets the time, in milliseconds since 1970, to a moment that has not passed yet. */
  set(time: number): void {
    this.advance(time - this.precise());
  }

  setSpeed(speed: number): void {
    const now = this.precise();
    this.#speed = positive(speed);
    this.#rebase(now);
  }

  /** Resolves when `ms` of this clock have passed, or at once when the sandbox stops. */
  wait(ms: number): Promise<void> {
    return this.waitUntil(this.precise() + ms);
  }

  /** The same, for a moment of this clock: one that has been decided on before the clock was pushed. */
  async waitUntil(time: number): Promise<void> {
    while (!this.#closed) {
      const left = time - this.precise();
      if (left <= 0) return;
      await this.#sleep(Math.min(left / this.#speed, longestTimerMs));
    }
  }

  /** Ends every wait; called when the platform stops. */
  close(): void {
    this.#closed = true;
    this.#wake();
  }

  #sleep(realMs: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, Math.ceil(realMs));
      this.#sleepers.add(wake);
    });
  }

  #rebase(time: number): void {
    this.#origin = time;
    this.#realOrigin = performance.now();
    this.#wake();
  }

  #wake(): void {
    for (const wake of [...this.#sleepers]) wake();
  }
}

function positive(speed: number): number {
  if (!(speed > 0)) throw new RangeError(`a clock speed must be above zero, not ${speed}`);
  return speed;
}
