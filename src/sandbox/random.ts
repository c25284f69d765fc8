/** Chance that comes out the same each time, so that a test that failed by chance fails again. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** True in about this share of the calls: 0 never, 1 always. */
  strikes(share: number): boolean {
    return share > 0 && this.#next() < share;
  }

  /** From 0 up to 1: the generator mulberry32. */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
}
