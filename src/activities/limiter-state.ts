import { ARRIVAL_MS } from './limiter-slots.js';
import type { Window } from './limiter-windows.js';

/** Sends that still count, of an account or of one of its keys. */
export interface Sends {
  /** Width of a bucket of `recent`, in milliseconds. */
  readonly bucketMs: number;
  /** Pairs of numbers, oldest first: an age in buckets before `at` (negative: ahead of it), and how many requests. */
  readonly recent: readonly number[];
  /** Requests that the platform may not have seen yet. */
  readonly open: number;
}

/** What the next owner of an account must know about the sends of this one. JSON, at most a few kilobytes. */
export interface LimiterState extends Sends {
  /** Wall clock, milliseconds: when this was written. */
  readonly at: number;
  /** The same sends by the key that they were sent with, where the account has several with a limit each. */
  readonly keys?: Readonly<Record<string, Sends>>;
  /** Wall clock, milliseconds: the platform asked for silence until then. */
  readonly pausedUntil?: number;
  /** The owner had stopped sending when it wrote this. */
  readonly closed?: true;
}

/** For an account that nobody served before. */
export const unusedState: LimiterState = { at: 0, bucketMs: 1, recent: [], open: 0, closed: true };

/** What is known of the sends with one key. One that the former owner did not have may have been used before that. */
export function stateOfKey(state: LimiterState | undefined, name: string): LimiterState | undefined {
  if (state === undefined || state === unusedState) return state;
  const sends = state.keys?.[name];
  return sends && { ...state, ...sends };
}

/** Finer would not be noticed beside the seconds that a hand-over takes. */
const FINEST_BUCKET_MS = 100;

/** Longer windows get wider buckets, so that the state of one of an hour still fits into a heartbeat of a second. */
const MOST_BUCKETS = 600;

/** Machines kept by NTP agree to well within this. */
const CLOCK_DIFFERENCE_MS = 100;

/** Packs stamps, given as ages in milliseconds in descending order, into buckets, each rounded to the later side. */
export function packRecent(
  ages: readonly number[],
  windows: readonly Window[],
): { bucketMs: number; recent: number[] } {
  const longest = Math.max(0, ...windows.map(({ perMs }) => perMs));
  const bucketMs = Math.max(FINEST_BUCKET_MS, Math.ceil(longest / MOST_BUCKETS));
  const recent: number[] = [];
  for (const age of ages) {
    const bucket = Math.floor(age / bucketMs);
    if (recent.at(-2) === bucket) recent.push((recent.pop() ?? 0) + 1);
    else recent.push(bucket, 1);
  }
  return { bucketMs, recent };
}

/**
 * The stamps that the next owner starts with, as ages in milliseconds at `now` (wall clock), in descending order.
 *
 * After an orderly end these are the recorded ones. After a crash nobody knows what was sent between the record and the
 * end of the lease: as much as the windows allowed, at the last possible moment. Without any record: as if all windows
 * had been filled just now.
 */
export function agesAfter(
  state: LimiterState | undefined,
  windows: readonly Window[],
  leaseMs: number,
  now: number,
): number[] {
  if (windows.length === 0) return [];
  const full = Math.max(...windows.map(({ limit }) => limit));
  if (state === undefined) return repeat(0, full);
  const elapsed = Math.max(0, now - state.at);
  const since = elapsed - CLOCK_DIFFERENCE_MS;
  const ages: number[] = [];
  for (let i = 0; i < state.recent.length; i += 2) {
    ages.push(...repeat(since + (state.recent[i] ?? 0) * state.bucketMs, state.recent[i + 1] ?? 0));
  }
  if (state.closed) return [...ages, ...repeat(-ARRIVAL_MS, state.open)];
  const unwatched = Math.min(elapsed + CLOCK_DIFFERENCE_MS, leaseMs) + ARRIVAL_MS;
  const most = Math.min(full, ...windows.map(({ limit, perMs }) => limit * (Math.floor(unwatched / perMs) + 1)));
  return [...ages, ...repeat(since - unwatched, most)];
}

function repeat(age: number, times: number): number[] {
  return Array.from({ length: times }, () => age);
}
