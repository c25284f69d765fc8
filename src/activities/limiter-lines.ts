import { type Lane, Lanes, type Waiting } from './limiter-lanes.js';
import type { Level } from './limiter-level.js';
import { Turns } from './limiter-turns.js';

/** Those who send with one key of an account, or without any: who waits, and the levels that count their requests. */
export interface Line {
  readonly lanes: Lanes;
  /** The account, and the key. */
  readonly levels: readonly Level[];
}

/**
 * The lines of one account. A slot is one of the account and of the key, taken at once: nobody holds a place at one level
 * while waiting for the other. Who may go now is asked of both, so a line whose key is used up holds up nobody else. Of
 * the lines that may go, the one with the most urgent lane does; equal ones alternate.
 */
export class Lines {
  readonly #keyless: Line;
  readonly #byKey: ReadonlyMap<string, Line>;
  readonly #all: readonly Line[];
  readonly #turns = new Turns<Line>();

  constructor(
    readonly account: Level,
    readonly keys: ReadonlyMap<string, Level>,
  ) {
    this.#keyless = { lanes: new Lanes(), levels: [account] };
    this.#byKey = new Map([...keys].map(([name, key]) => [name, { lanes: new Lanes(), levels: [account, key] }]));
    this.#all = [this.#keyless, ...this.#byKey.values()];
  }

  of(key: string | undefined): Line {
    const line = key === undefined ? this.#keyless : this.#byKey.get(key);
    if (line === undefined) throw new TypeError(`the account has no key ${key}`);
    return line;
  }

  /** How many wait. */
  get size(): number {
    return this.#all.reduce((sum, { lanes }) => sum + lanes.size, 0);
  }

  /** Takes out whoever goes next, of those who have room now. */
  next(now: number): Waiting | undefined {
    const candidates = this.#waiting().flatMap((line) => {
      const urgency = line.lanes.urgency((lane) => hasRoom(line, lane, now));
      return urgency === undefined ? [] : [{ urgency, who: line }];
    });
    const line = this.#turns.next(candidates);
    return line?.lanes.next((lane) => hasRoom(line, lane, now));
  }

  /** Takes out all who have waited since `moment` or longer. */
  takeSince(moment: number): { readonly line: Line; readonly waiting: Waiting }[] {
    return this.#all.flatMap((line) => line.lanes.takeSince(moment).map((waiting) => ({ line, waiting })));
  }

  /** Forgets what was promised to those who are back by now, or will not come. */
  forgetPromises(now: number): void {
    for (const { lanes } of this.#all) lanes.forgetPromises(now);
  }

  /** Since when the one waits who has waited longest; `Infinity` when nobody waits. */
  longestSince(): number {
    return Math.min(...this.#all.map(({ lanes }) => lanes.longestSince()));
  }

  /** When somebody who waits may go, `from` or later, if nothing else happens before; `Infinity` when nobody may. */
  roomAt(from: number): number {
    const able = this.#waiting().filter(({ levels }) => levels.every((level) => !level.full));
    return Math.min(
      ...able.map((line) => {
        const onlyRounds = line.lanes.waitingIn('round') === line.lanes.size;
        return Math.max(...line.levels.map((level) => roomOf(level, onlyRounds ? 'round' : 'read', from, 0, 0)));
      }),
    );
  }

  /** The turn of one more in this lane of a line, behind all who wait. */
  turn(line: Line, lane: Lane, from: number): number {
    const ahead = line.lanes.ahead(lane);
    const rounds = (lanes: Lanes) => lanes.waitingIn('round');
    return this.#turnAfter(
      ahead,
      line,
      lane,
      from,
      this.#others(line, (lanes) => lanes.ahead(lane)),
      rounds,
    );
  }

  /** The turn of one more in this lane of a line, behind all who wait and all who will be back. */
  turnOutside(line: Line, lane: Lane, from: number): number {
    const others = this.#others(line, (lanes) => lanes.ahead(lane) + lanes.promisedAbove(lane));
    const rounds = (lanes: Lanes) => lanes.waitingIn('round') + lanes.promisedIn('round');
    const turnAfter = (ahead: number) => this.#turnAfter(ahead, line, lane, from, others, rounds);
    return turnAfter(line.lanes.aheadOutside(lane, turnAfter));
  }

  /** @param others how many of each other line want to go before: as equals alternate, none goes more often than this one */
  #turnAfter(
    ahead: number,
    line: Line,
    lane: Lane,
    from: number,
    others: readonly number[],
    rounds: (lanes: Lanes) => number,
  ): number {
    const before = others.reduce((sum, other) => sum + Math.min(other, ahead + 1), ahead);
    const roundsBefore = this.#all.reduce((sum, { lanes }) => sum + rounds(lanes), 0);
    return Math.max(
      ...line.levels.map((level) =>
        level === this.account
          ? roomOf(level, lane, from, before, roundsBefore)
          : roomOf(level, lane, from, ahead, rounds(line.lanes)),
      ),
    );
  }

  #others(line: Line, count: (lanes: Lanes) => number): number[] {
    return this.#all.flatMap((other) => (other === line ? [] : [count(other.lanes)]));
  }

  #waiting(): Line[] {
    return this.#all.filter(({ lanes }) => lanes.size > 0);
  }
}

export function hasRoom({ levels }: Line, lane: Lane, now: number): boolean {
  return levels.every((level) => level.hasRoom(lane, now));
}

function roomOf(level: Level, lane: Lane, from: number, ahead: number, rounds: number): number {
  const room = level.roomAt(from, ahead);
  return lane === 'round' ? Math.max(room, level.roundRoomAt(from, rounds)) : room;
}
