/** Never more than `limit` requests in any stretch of `perMs` milliseconds. */
export interface Window {
  readonly limit: number;
  readonly perMs: number;
}

/**
 * A slot counts a thousandth longer than its window: two clocks kept by NTP may drift apart by that much (it slews by
 * up to 500 ppm each), and the window is the platform's, in the platform's clock.
 */
const DRIFT = 1.001;

/** A platform that counts in whole milliseconds sees two moments up to one millisecond closer than they are. */
const TICK_MS = 1;

/** Stamps that no window counts any more are cut off when there are so many: rarely enough to cost nothing. */
const CUT = 1_024;

interface Counted {
  readonly limit: number;
  /** How long a stamp counts, in milliseconds. */
  readonly span: number;
  /** Index of the first stamp that still counts. */
  first: number;
}

/**
 * Counts requests against several windows at once. A request is first taken (it counts, however long it takes to get
 * there), then stamped with the latest moment at which the platform can have seen it, and counts for each window until
 * that window has passed since. All times are milliseconds of one monotonic clock.
 *
 * Strict: of any requests that the platform sees within one window, the last to be taken was taken while all the
 * others counted, so there are never more than `limit`.
 */
export class Windows {
  readonly #windows: readonly Counted[];
  /** The window with the lowest lasting rate: it decides how a long queue moves on. */
  readonly #narrowest: Counted | undefined;
  #taken = 0;
  /** In ascending order, but for those of a former owner. */
  #stamps: number[] = [];

  constructor(windows: readonly Window[]) {
    this.#windows = windows.map(({ limit, perMs }) => ({ limit, span: perMs * DRIFT + TICK_MS, first: 0 }));
    this.#narrowest = this.#windows.toSorted((a, b) => a.limit / a.span - b.limit / b.span)[0];
  }

  /** Requests taken and not yet stamped. */
  get taken(): number {
    return this.#taken;
  }

  take(): void {
    this.#taken += 1;
  }

  /** The request never left. */
  release(): void {
    this.#taken -= 1;
  }

  /** `at` may lie ahead. A stamp that follows a later one counts for as long as that: late is safe. */
  stamp(at: number): void {
    this.#taken -= 1;
    if (this.#windows.length > 0) this.#stamps.push(at);
  }

  hasRoom(now: number): boolean {
    this.#forget(now);
    for (const { limit, first } of this.#windows) {
      if (this.#taken + this.#stamps.length - first >= limit) return false;
    }
    return true;
  }

  /**
   * The moment, at `from` or later, at which a request may be taken once `ahead` others have been. An estimate where it
   * depends on answers still to come.
   */
  roomAt(from: number, ahead: number): number {
    if (this.#narrowest === undefined) return from;
    const { limit, span } = this.#narrowest;
    let at = from;
    for (const window of this.#windows) at = Math.max(at, this.#roomIn(window, from, ahead % limit));
    return at + Math.floor(ahead / limit) * span;
  }

  /** The stamps that some window still counts. */
  recent(now: number): readonly number[] {
    return this.#stamps.slice(this.#forget(now));
  }

  #roomIn({ limit, span, first }: Counted, from: number, ahead: number): number {
    const place = (ahead % limit) + this.#taken + this.#stamps.length - first - limit;
    const start = place < 0 ? from : Math.max(from, (this.#stamps[first + place] ?? from) + span);
    return start + Math.floor(ahead / limit) * span;
  }

  /** Moves each window on to its first stamp that still counts; returns the lowest of their indexes. */
  #forget(now: number): number {
    let lowest = this.#stamps.length;
    for (const window of this.#windows) {
      while ((this.#stamps[window.first] ?? now) + window.span <= now) window.first += 1;
      lowest = Math.min(lowest, window.first);
    }
    if (lowest < CUT) return lowest;
    this.#stamps = this.#stamps.slice(lowest);
    for (const window of this.#windows) window.first -= lowest;
    return 0;
  }
}
