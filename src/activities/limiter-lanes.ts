import { type Candidate, FAIR_EVERY, Turns } from './limiter-turns.js';

/** Who goes first when the limit is short. Rounds get at most half. */
export type Lane = 'undo' | 'write' | 'read' | 'round';

/** Someone who waits for a slot. */
export interface Waiting {
  readonly lane: Lane;
  /** When the waiting began. */
  readonly since: number;
  admit(): void;
  refuse(error: Error): void;
}

interface Queue {
  readonly lane: Lane;
  readonly waiting: Waiting[];
}

const ORDER: readonly Lane[] = ['undo', 'write', 'read', 'round'];

/** Promised turns drift by this much as answers take longer or shorter; a larger gap between them is free. */
const GAP_MS = 500;

/** Who waits, and who was told to come back. Lanes go in order; inside a lane it is first come, first served. */
export class Lanes {
  readonly #queues: readonly Queue[] = ORDER.map((lane) => ({ lane, waiting: [] }));
  readonly #turns = new Turns<Queue>();
  /** Who was sent away and is not back yet, in the order of their turns. */
  #promised: { readonly lane: Lane; readonly turn: number; readonly back: number }[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(waiting: Waiting): void {
    this.#queue(waiting.lane).waiting.push(waiting);
    this.#size += 1;
  }

  /** How urgent the most urgent is who waits in a lane that `may` go now: the lower, the more. */
  urgency(may: (lane: Lane) => boolean): number | undefined {
    return this.#candidates(may)[0]?.urgency;
  }

  /** Takes out whoever goes next, of the lanes that `may` go now. */
  next(may: (lane: Lane) => boolean): Waiting | undefined {
    const waiting = this.#turns.next(this.#candidates(may))?.waiting.shift();
    if (waiting !== undefined) this.#size -= 1;
    return waiting;
  }

  /** Takes out all who have waited since `moment` or longer. */
  takeSince(moment: number): Waiting[] {
    const taken: Waiting[] = [];
    for (const { waiting } of this.#queues) {
      const rest = waiting.findIndex(({ since }) => since > moment);
      taken.push(...waiting.splice(0, rest < 0 ? waiting.length : rest));
    }
    this.#size -= taken.length;
    return taken;
  }

  /** Since when the one waits who has waited longest; `Infinity` when nobody waits. */
  longestSince(): number {
    return Math.min(...this.#queues.map(({ waiting }) => waiting[0]?.since ?? Number.POSITIVE_INFINITY));
  }

  /** How many wait in this lane. */
  waitingIn(lane: Lane): number {
    return this.#queue(lane).waiting.length;
  }

  /** How many were sent away from this lane and are not back yet. */
  promisedIn(lane: Lane): number {
    return this.#promised.reduce((count, promise) => (promise.lane === lane ? count + 1 : count), 0);
  }

  /** How many were sent away from this lane or one above and are not back yet. */
  promisedAbove(lane: Lane): number {
    return this.#promised.filter((promise) => ORDER.indexOf(promise.lane) <= ORDER.indexOf(lane)).length;
  }

  /** How many go before one who comes to this lane now, of those who wait. */
  ahead(lane: Lane): number {
    const above = this.#queues.slice(0, ORDER.indexOf(lane) + 1).reduce((sum, { waiting }) => sum + waiting.length, 0);
    return Math.min(above, mostAhead(this.waitingIn(lane)));
  }

  /**
   * How many go before one of this lane who is sent away now: who waits, and who was promised a turn before, up to the
   * first gap between the promises. `turnAfter` tells the turn of the one with so many ahead.
   */
  aheadOutside(lane: Lane, turnAfter: (ahead: number) => number): number {
    let ahead = this.ahead(lane);
    for (const promise of this.#promised) {
      if (ORDER.indexOf(promise.lane) > ORDER.indexOf(lane)) continue;
      if (turnAfter(ahead) + GAP_MS < promise.turn) break;
      ahead += 1;
    }
    return Math.min(ahead, mostAhead(this.waitingIn(lane) + this.promisedIn(lane)));
  }

  /** Notes that somebody was sent away to be back at a moment, shortly before a turn. */
  promise(lane: Lane, turn: number, back: number): void {
    const later = this.#promised.findLastIndex((promise) => promise.turn <= turn) + 1;
    this.#promised.splice(later, 0, { lane, turn, back });
  }

  /** Forgets the promises to those who are back by now, or will not come. */
  forgetPromises(now: number): void {
    this.#promised = this.#promised.filter(({ back }) => back > now);
  }

  #candidates(may: (lane: Lane) => boolean): Candidate<Queue>[] {
    return this.#queues.flatMap((queue, urgency) =>
      queue.waiting.length > 0 && may(queue.lane) ? [{ urgency, who: queue }] : [],
    );
  }

  #queue(lane: Lane): Queue {
    const queue = this.#queues[ORDER.indexOf(lane)];
    if (queue === undefined) throw new TypeError(`no lane ${lane}`);
    return queue;
  }
}

/** With so many of the own lane before, more than this never go before: the lane has its share. */
function mostAhead(ofOwnLane: number): number {
  return (ofOwnLane + 1) * FAIR_EVERY - 1;
}
