import { failure } from './failure.js';
import { type Lane, Lanes } from './limiter-lanes.js';
import { type Slot, Slots } from './limiter-slots.js';
import { agesAfter, type LimiterState, packRecent } from './limiter-state.js';
import type { Window } from './limiter-windows.js';

export type { Lane } from './limiter-lanes.js';
export type { Slot } from './limiter-slots.js';
export { type LimiterState, unusedState } from './limiter-state.js';
export type { Window } from './limiter-windows.js';

/** Keeps the limits of one account. Made anew each time this process comes to serve the account. */
export interface Limiter {
  /**
   * Waits for a slot. Rejects with `RateLimited` and the time to come back when that would take too long, with
   * `Unavailable` once the limiter is closed. Nothing has been sent then.
   */
  enter(lane: Lane): Promise<Slot>;
  /** After a 429: nobody departs before this moment (wall clock, milliseconds). Never shortens a pause. */
  pause(until: number): void;
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

/** At the lasting rate answers of up to ten seconds do not slow us down; slower ones mean that the platform ails. */
const SLOW_ANSWER_MS = 10_000;

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
  readonly #windows: readonly Window[];
  readonly #slots: Slots;
  readonly #lanes = new Lanes();
  readonly #maxWaitMs: number;
  readonly #concurrency: number;
  readonly #leaseUntil: () => number;
  #pausedUntil = Number.NEGATIVE_INFINITY;
  #closed = false;
  #over = false;
  #alarm: { readonly at: number; readonly timer: NodeJS.Timeout } | undefined;
  #onIdle: (() => void)[] = [];

  constructor(options: LimiterOptions) {
    const { windows, state, leaseMs = Number.POSITIVE_INFINITY } = options;
    this.#windows = windows;
    this.#slots = new Slots(windows, {
      mayDepart: (lane, now) => this.#mayDepart(lane, now),
      changed: (now) => this.#changed(now),
    });
    this.#maxWaitMs = options.maxWaitMs ?? MAX_WAIT_MS;
    this.#concurrency = options.concurrency ?? concurrencyFor(windows);
    this.#leaseUntil = options.leaseUntil ?? (() => Number.POSITIVE_INFINITY);
    const now = performance.now();
    for (const age of agesAfter(state, windows, leaseMs, Date.now())) this.#slots.restore(now - age);
    if (state?.pausedUntil !== undefined) this.pause(state.pausedUntil);
  }

  enter(lane: Lane): Promise<Slot> {
    const now = performance.now();
    if (this.#closed) return Promise.reject(elsewhere());
    if (this.#lanes.size === 0 && this.#mayGo(lane, now)) return Promise.resolve(this.#slots.take(lane));
    if (this.#turn(lane, now) > now + this.#maxWaitMs) return Promise.reject(this.#sendAway(lane, now));
    return new Promise((resolve, reject) => {
      this.#lanes.push({ lane, since: now, admit: () => resolve(this.#slots.take(lane)), refuse: reject });
      this.#serve(now);
    });
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
    const ages = this.#slots.recent(now).map((stamp) => now - stamp);
    return {
      at,
      ...packRecent(ages, this.#windows),
      open: this.#slots.open,
      ...(this.#pausedUntil > now ? { pausedUntil: Math.ceil(at + this.#pausedUntil - now) } : {}),
      ...(this.#closed ? { closed: true as const } : {}),
    };
  }

  close(): void {
    this.#closed = true;
    for (const waiting of this.#lanes.takeSince(Number.POSITIVE_INFINITY)) waiting.refuse(elsewhere());
    this.#serve(performance.now());
  }

  idle(timeoutMs: number): Promise<boolean> {
    if (this.#slots.out === 0) return Promise.resolve(true);
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

  #mayGo(lane: Lane, now: number): boolean {
    return this.#slots.out < this.#concurrency && now >= this.#pausedUntil && this.#slots.hasRoom(lane, now);
  }

  /** Asked again at the last moment: the process may have been frozen, or the account paused, since the slot was given. */
  #mayDepart(lane: Lane, now: number): void {
    if (this.#over || now >= this.#leaseUntil()) throw elsewhere();
    if (now < this.#pausedUntil) throw this.#sendAway(lane, now);
  }

  #changed(now: number): void {
    if (this.#slots.out === 0) for (const resolve of this.#onIdle.splice(0)) resolve();
    if (this.#lanes.size > 0) this.#serve(now);
  }

  /** Lets in whoever may go, sends away who has waited too long, and sees to it that this happens again in time. */
  #serve(now: number): void {
    for (;;) {
      const waiting = this.#lanes.next((lane) => this.#mayGo(lane, now));
      if (waiting === undefined) break;
      waiting.admit();
    }
    this.#sendAwayWhoWaitsSince(now - this.#maxWaitMs, now);
    this.#setAlarm(now);
  }

  #setAlarm(now: number): void {
    const overdue = this.#lanes.longestSince() + this.#maxWaitMs;
    const at = Math.min(overdue, this.#lanes.size === 0 ? overdue : this.#roomAt(now));
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

  /** When somebody who waits may go if nothing else happens before. */
  #roomAt(now: number): number {
    if (this.#slots.out >= this.#concurrency) return Number.POSITIVE_INFINITY;
    const from = Math.max(now, this.#pausedUntil);
    const room = this.#slots.roomAt(from, 0);
    const onlyRounds = this.#lanes.waitingIn('round') === this.#lanes.size;
    return onlyRounds ? Math.max(room, this.#slots.roundRoomAt(from, 0)) : room;
  }

  /** The turn of one more in this lane, behind all who wait. */
  #turn(lane: Lane, now: number): number {
    const from = Math.max(now, this.#pausedUntil);
    const turn = this.#slots.roomAt(from, this.#lanes.ahead(lane));
    return lane === 'round' ? Math.max(turn, this.#slots.roundRoomAt(from, this.#lanes.waitingIn(lane))) : turn;
  }

  /** The turn of one more in this lane, behind all who wait and all who will be back. */
  #turnOutside(lane: Lane, now: number): number {
    const from = Math.max(now, this.#pausedUntil);
    const turnAfter = (ahead: number): number => this.#slots.roomAt(from, ahead);
    const turn = turnAfter(this.#lanes.aheadOutside(lane, turnAfter));
    if (lane !== 'round') return turn;
    return Math.max(turn, this.#slots.roundRoomAt(from, this.#lanes.waitingIn(lane) + this.#lanes.promisedIn(lane)));
  }

  #sendAwayWhoWaitsSince(moment: number, now: number): void {
    for (const waiting of this.#lanes.takeSince(moment)) waiting.refuse(this.#sendAway(waiting.lane, now));
  }

  /** The failure for someone who cannot wait inside. It says when to come back: shortly before the turn, spread. */
  #sendAway(lane: Lane, now: number): Error {
    this.#lanes.forgetPromises(now);
    const turn = this.#turnOutside(lane, now);
    const early = this.#maxWaitMs * between(0.2, 0.8);
    let away = Math.max(turn - now - early, SHORTLY_MS * between(0.5, 1.5));
    if (away > LONGEST_AWAY_MS) away = LONGEST_AWAY_MS * between(0.5, 1);
    else this.#lanes.promise(lane, turn, now + away);
    const seconds = Math.ceil(away / 1_000);
    return failure('RateLimited', `the account's limit is taken, next try in ${seconds} s`, {}, { retryAfterMs: away });
  }
}

function concurrencyFor(windows: readonly Window[]): number {
  return Math.ceil(Math.min(...windows.map(({ limit, perMs }) => (limit / perMs) * SLOW_ANSWER_MS)));
}

function elsewhere(): Error {
  const message = 'this process does not serve the connection at the moment';
  return failure('Unavailable', message, {}, { retryAfterMs: SHORTLY_MS });
}

function between(low: number, high: number): number {
  return low + Math.random() * (high - low);
}
