/** Chance that comes out the same for the same seeds: the generator mulberry32. */
export class Dice {
  #state: number;

  constructor(...seeds: readonly number[]) {
    // Each seed is stirred in by itself, so that 1, 2 and 2, 1 are two games.
    this.#state = 0;
    for (const seed of seeds) this.#state = Math.floor(this.#next() * RANGE) ^ seed;
  }

  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.#next() * (most - least + 1));
  }

  /** True in about this share of the calls. */
  strikes(share: number): boolean {
    return this.#next() < share;
  }

  pick<T>(from: readonly T[]): T {
    const one = from[Math.floor(this.#next() * from.length)];
    if (one === undefined) throw new RangeError('nothing to pick from');
    return one;
  }

  /** From 0 up to 1. */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / RANGE;
  }
}

const RANGE = 4_294_967_296;
