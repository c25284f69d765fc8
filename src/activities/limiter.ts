import { failure } from './failure.js';
import type { Lane } from './limiter-lanes.js';
import { Level } from './limiter-level.js';
import { hasRoom, type Line, Lines } from './limiter-lines.js';
import { type Slot, Slots } from './limiter-slots.js';
import { agesAfter, type LimiterState, packRecent, type Sends, stateOfKey } from './limiter-state.js';
import type { Window } from './limiter-windows.js';

export type { Lane } from './limiter-lanes.js';
export type { Slot } from './limiter-slots.js';
export { type LimiterState, unusedState } from './limiter-state.js';
export type { Window } from './limiter-windows.js';

/** Where requests of an account go out. */
export interface Gate {
  /**
   * Waits for a slot. Rejects with `RateLimited` and the time to come back when that would take too long, with
   * `Unavailable` once the limiter is closed. Nothing has been sent then.
   */
  enter(lane: Lane): Promise<Slot>;
  /** After a 429: nobody of the account departs before this moment (wall clock, milliseconds). Never shortens a pause. */
  pause(until: number): void;
}

/** Keeps the limits of one account. Made anew each time this process comes to serve the account. */
export interface Limiter extends Gate {
  /** For requests that are sent with this key of the account: they count for the account and for the key. */
  withKey(name: string): Gate;
  /** For the next owner: with every heartbeat, and once more after {@link close}. */
  state(): LimiterState;
  /** Lets nobody in any more and sends away who waits. Requests that have a slot may finish. */
  close(): void;
  /** After {@link close}. True as soon as no request is out; false after `timeoutMs`, and nothing departs from then on. */
  idle(timeoutMs: number): Promise<boolean>;
}

export interface LimiterOptions {
  /** All of them hold at once. None: no limit. */
  readonly windows: readonly Window[];
  /** Where the account has several keys with a limit each: their windows, by name. They hold beside the account's. */
  readonly keys?: ReadonlyMap<string, readonly Window[]>;
  /** What the former owner left; {@link unusedState} if there never was one. Without it all windows start full. */
  readonly state?: LimiterState | undefined;
  /** How long after writing `state` the former owner may have gone on sending, in milliseconds. Default: until now. */
  readonly leaseMs?: number;
  /** Until when this process surely holds the connection, on the clock of `performance.now()`. Default: for ever. */
  readonly leaseUntil?: () => number;
  /** How long a request waits inside, in milliseconds; longer waits are sent away. Default 5 s. */
  readonly maxWaitMs?: number;
  /** How many requests may be out at once. Default: what the windows let through in ten seconds. */
  readonly concurrency?: number;
}

/** Long enough to even out bursts; a step's time-out leaves room for that much. */
const MAX_WAIT_MS = 5_000;

/** Whoever is away cannot use what becomes free early, so nobody is sent away for longer. */
const LONGEST_AWAY_MS = 10 * 60_000;

/** For whom there is no turn to wait for: about as long as an orderly hand-over takes, or a slow answer. */
const SHORTLY_MS = 500;

/**
 * Makes the limiter of one account: strict in all windows (see {@link Windows}), with lanes, and with a state that can
 * be handed over. Waiting inside is short; a longer queue waits outside, each with the time of its own turn, so that the
 * queue inside neither runs dry nor is stormed.
 */
export function createLimiter(options: LimiterOptions): Limiter {
  return new AccountLimiter(options);
}

class AccountLimiter implements Limiter {
  readonly #lines: Lines;
  readonly #slots = new Slots((now) => this.#changed(now));
  readonly #maxWaitMs: number;
  readonly #leaseUntil: () => number;
  #pausedUntil = Number.NEGATIVE_INFINITY;
  #closed = false;
  #over = false;
  #alarm: { readonly at: number; readonly timer: NodeJS.Timeout } | undefined;
  #onIdle: (() => void)[] = [];

  constructor(options: LimiterOptions) {
    const { windows, keys = new Map<string, readonly Window[]>(), state, leaseMs = Number.POSITIVE_INFINITY } = options;
    this.#lines = new Lines(
      new Level(windows, options.concurrency),
      new Map([...keys].map(([name, its]) => [name, new Level(its)])),
    );
    this.#maxWaitMs = options.maxWaitMs ?? MAX_WAIT_MS;
    this.#leaseUntil = options.leaseUntil ?? (() => Number.POSITIVE_INFINITY);
    const now = performance.now();
    const restore = (level: Level, known: LimiterState | undefined): void => {
      for (const age of agesAfter(known, level.windows, leaseMs, Date.now())) level.restore(now - age);
    };
    restore(this.#lines.account, state);
    for (const [name, key] of this.#lines.keys) restore(key, stateOfKey(state, name));
    if (state?.pausedUntil !== undefined) this.pause(state.pausedUntil);
  }

  enter(lane: Lane): Promise<Slot> {
    return this.#enter(this.#lines.of(undefined), lane);
  }

  withKey(name: string): Gate {
    const line = this.#lines.of(name);
    return { enter: (lane) => this.#enter(line, lane), pause: (until) => this.pause(until) };
  }

  pause(until: number): void {
    const now = performance.now();
    this.#pausedUntil = Math.max(this.#pausedUntil, now + until - Date.now());
    this.#sendAwayWhoWaitsSince(this.#pausedUntil - this.#maxWaitMs, now);
    this.#serve(now);
  }

  state(): LimiterState {
    const now = performance.now();
    const at = Date.now();
    this.#slots.settle(now);
    const { account, keys } = this.#lines;
    return {
      at,
      ...counted(account, now),
      ...(keys.size > 0 ? { keys: Object.fromEntries([...keys].map(([name, key]) => [name, counted(key, now)])) } : {}),
      ...(this.#pausedUntil > now ? { pausedUntil: Math.ceil(at + this.#pausedUntil - now) } : {}),
      ...(this.#closed ? { closed: true as const } : {}),
    };
  }

  close(): void {
    this.#closed = true;
    for (const { waiting } of this.#lines.takeSince(Number.POSITIVE_INFINITY)) waiting.refuse(elsewhere());
    this.#serve(performance.now());
  }

  idle(timeoutMs: number): Promise<boolean> {
    if (this.#lines.account.out === 0) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#over = true;
        resolve(false);
      }, timeoutMs);
      this.#onIdle.push(() => {
        clearTimeout(timer);
        resolve(true);
      });
    });
  }

  #enter(line: Line, lane: Lane): Promise<Slot> {
    const now = performance.now();
    if (this.#closed) return Promise.reject(elsewhere());
    this.#slots.settle(now);
    if (this.#lines.size === 0 && now >= this.#pausedUntil && hasRoom(line, lane, now)) {
      return Promise.resolve(this.#take(line, lane));
    }
    const turn = this.#lines.turn(line, lane, Math.max(now, this.#pausedUntil));
    if (turn > now + this.#maxWaitMs) return Promise.reject(this.#sendAway(line, lane, now));
    return new Promise((resolve, reject) => {
      line.lanes.push({ lane, since: now, admit: () => resolve(this.#take(line, lane)), refuse: reject });
      this.#serve(now);
    });
  }

  #take(line: Line, lane: Lane): Slot {
    return this.#slots.take(lane, line.levels, (now) => this.#mayDepart(line, lane, now));
  }

  /** Asked again at the last moment: the process may have been frozen, or the account paused, since the slot was given. */
  #mayDepart(line: Line, lane: Lane, now: number): void {
    if (this.#over || now >= this.#leaseUntil()) throw elsewhere();
    if (now < this.#pausedUntil) throw this.#sendAway(line, lane, now);
  }

  #changed(now: number): void {
    if (this.#lines.account.out === 0) for (const resolve of this.#onIdle.splice(0)) resolve();
    if (this.#lines.size > 0) this.#serve(now);
  }

  /** Lets in whoever may go, sends away who has waited too long, and sees to it that this happens again in time. */
  #serve(now: number): void {
    this.#slots.settle(now);
    while (now >= this.#pausedUntil) {
      const waiting = this.#lines.next(now);
      if (waiting === undefined) break;
      waiting.admit();
    }
    this.#sendAwayWhoWaitsSince(now - this.#maxWaitMs, now);
    this.#setAlarm(now);
  }

  #setAlarm(now: number): void {
    const overdue = this.#lines.longestSince() + this.#maxWaitMs;
    const at = Math.min(overdue, this.#lines.roomAt(Math.max(now, this.#pausedUntil)));
    if (at === this.#alarm?.at) return;
    clearTimeout(this.#alarm?.timer);
    this.#alarm = undefined;
    if (at === Number.POSITIVE_INFINITY) return;
    const ring = (): void => {
      this.#alarm = undefined;
      this.#serve(performance.now());
    };
    this.#alarm = { at, timer: setTimeout(ring, Math.ceil(at - now)) };
  }

  #sendAwayWhoWaitsSince(moment: number, now: number): void {
    for (const { line, waiting } of this.#lines.takeSince(moment)) {
      waiting.refuse(this.#sendAway(line, waiting.lane, now));
    }
  }

  /** The failure for someone who cannot wait inside. It says when to come back: shortly before the turn, spread. */
  #sendAway(line: Line, lane: Lane, now: number): Error {
    this.#lines.forgetPromises(now);
    const turn = this.#lines.turnOutside(line, lane, Math.max(now, this.#pausedUntil));
    const early = this.#maxWaitMs * between(0.2, 0.8);
    let away = Math.max(turn - now - early, SHORTLY_MS * between(0.5, 1.5));
    if (away > LONGEST_AWAY_MS) away = LONGEST_AWAY_MS * between(0.5, 1);
    else line.lanes.promise(lane, turn, now + away);
    const seconds = Math.ceil(away / 1_000);
    return failure('RateLimited', `the account's limit is taken, next try in ${seconds} s`, {}, { retryAfterMs: away });
  }
}

/** What a level has sent that the next owner must count. */
function counted(level: Level, now: number): Sends {
  const ages = level.recent(now).map((stamp) => now - stamp);
  return { ...packRecent(ages, level.windows), open: level.open };
}

function elsewhere(): Error {
  const message = 'this process does not serve the connection at the moment';
  return failure('Unavailable', message, {}, { retryAfterMs: SHORTLY_MS });
}

function between(low: number, high: number): number {
  return low + Math.random() * (high - low);
}
