/**
 * When others wait too, each tenth slot goes to who was served longest ago: work that never stops coming in above must
 * not keep the rounds, and with them the news for all waiting orders, away for good.
 */
export const FAIR_EVERY = 10;

/** Someone who wants the next slot. */
export interface Candidate<T> {
  /** The lower, the more urgent. */
  readonly urgency: number;
  readonly who: T;
}

/** Gives slots out in turn: to the most urgent, and of equals to who was served longest ago. */
export class Turns<T extends object> {
  /** When each was served last, counted in slots given out. */
  readonly #served = new WeakMap<T, number>();
  #given = 0;
  /** How many slots were given out above somebody who could have had them, since the last one that was not. */
  #passedOver = 0;

  next(candidates: readonly Candidate<T>[]): T | undefined {
    const [one, ...others] = candidates;
    if (one === undefined) return undefined;
    const urgent = others.reduce((a, b) => ((b.urgency - a.urgency || this.#last(b) - this.#last(a)) < 0 ? b : a), one);
    const longest = others.reduce((a, b) => (this.#last(b) < this.#last(a) ? b : a), one);
    const turn = this.#passedOver + 1 < FAIR_EVERY ? urgent : longest;
    if (turn.urgency > urgent.urgency) this.#passedOver = 0;
    else if (candidates.some(({ urgency }) => urgency > turn.urgency)) this.#passedOver += 1;
    this.#given += 1;
    this.#served.set(turn.who, this.#given);
    return turn.who;
  }

  #last({ who }: Candidate<T>): number {
    return this.#served.get(who) ?? 0;
  }
}
