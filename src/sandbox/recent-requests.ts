/** Dropping what is forgotten only now and then keeps each request cheap. */
const longestForgottenPart = 4096;

/** When the last requests were let in: what a limit of so many in any second or minute is judged by. */
export class RecentRequests {
  /** Oldest first, from `#head` on. */
  #times: number[] = [];
  #head = 0;

  /** @param keepMs how long a request counts, in milliseconds of the sandbox's clock */
  constructor(private readonly keepMs: number) {}

  get count(): number {
    return this.#times.length - this.#head;
  }

  /** The oldest that still counts. */
  get oldest(): number | undefined {
    return this.#times[this.#head];
  }

  /** `now` with fractions of a millisecond: a strict window must not gain by rounding. */
  add(now: number): void {
    this.#times.push(now);
  }

  /** Whether the last `limit` requests all came after `since`: one more would be one too many in that window. */
  holds(limit: number, since: number): boolean {
    if (this.count < limit) return false;
    const oldest = this.#times[this.#times.length - limit];
    return oldest !== undefined && oldest > since;
  }

  forget(now: number): void {
    while (this.#head < this.#times.length && (this.#times[this.#head] ?? 0) <= now - this.keepMs) this.#head += 1;
    if (this.#head > longestForgottenPart) {
      this.#times = this.#times.slice(this.#head);
      this.#head = 0;
    }
  }
}
