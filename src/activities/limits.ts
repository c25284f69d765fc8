import type { Connection } from './connection.js';
import type { Window } from './limiter.js';
import type { Platform } from './platform.js';

/** The limits of an account: its own, and those of its keys, by the name of the key. */
export interface Limits {
  readonly windows: readonly Window[];
  readonly keys: ReadonlyMap<string, readonly Window[]>;
  /** How many requests may be out at once, where the platform bounds that. */
  readonly concurrency?: number;
}

/** Tasks that wait inside a process are lost time when it dies: no more than the limiter lets through while one waits. */
const SECONDS_IN_HAND = 5;

/** A round runs all the time, mostly waiting for its turn: others must get in beside it. */
const FEWEST_AT_ONCE = 2;

/** Without a limit the platform's own speed decides; enough to keep two cores busy. */
const UNLIMITED_CONCURRENCY = 100;

/**
 * The limits that the connections of one account keep. What is configured for a connection takes the place of the
 * narrower one: of its key's where the platform has keys, else of the account's. Of connections that share a limit the
 * first decides.
 */
export function limitsOf(
  platform: Pick<Platform, 'limits' | 'key' | 'concurrency'>,
  members: readonly Connection[],
): Limits {
  const keys = new Map<string, readonly Window[]>();
  for (const member of members) {
    const key = platform.key?.(member);
    if (key !== undefined && !keys.has(key.name)) keys.set(key.name, member.limits ?? key.windows);
  }
  const [first] = members;
  const { concurrency } = platform;
  const atOnce = concurrency === undefined ? {} : { concurrency };
  if (first === undefined) return { windows: [], keys, ...atOnce };
  const own = platform.limits(first);
  return { windows: platform.key === undefined ? (first.limits ?? own) : own, keys, ...atOnce };
}

/** How many activities of a connection one process takes at once, by all windows that count its requests. */
export function concurrencyWith({ windows, keys }: Limits, key: string | undefined): number {
  const all = [...windows, ...(key === undefined ? [] : (keys.get(key) ?? []))];
  if (all.length === 0) return UNLIMITED_CONCURRENCY;
  const perSecond = all.map(({ limit, perMs }) => (limit / perMs) * 1_000);
  return Math.max(FEWEST_AT_ONCE, Math.ceil(Math.min(...perSecond) * SECONDS_IN_HAND));
}
