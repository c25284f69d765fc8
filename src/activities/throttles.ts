/**
 * Counts how often in a row an account was told to come less often: until a request of it has succeeded. Known to one
 * process only; the next owner of the account begins anew, after the pause that it is handed.
 */
export class Throttles {
  #inARow = 0;
  #since = Number.NEGATIVE_INFINITY;

  /**
   * A request was refused so. Those that were under way together are one refusal.
   *
   * @param at when it was asked for, on the clock of `performance.now()`
   * @returns which refusal in a row it is, counted from 1
   */
  again(at: number): number {
    if (at >= this.#since) {
      this.#inARow += 1;
      this.#since = performance.now();
    }
    return this.#inARow;
  }

  /** A request has succeeded. One that left before the last refusal proves nothing. */
  over(at: number): void {
    if (at >= this.#since) this.#inARow = 0;
  }
}
