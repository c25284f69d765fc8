import type { Dialect } from './asked.js';

const SECOND = 1_000;

/** A limit that lasts longer than a day is a mistake, ours or the platform's. */
const LONGEST_MS = 24 * 60 * 60 * SECOND;

/** At most 64 s (and as much again): a limit that is counted by the minute has started anew by then. */
const MOST_DOUBLINGS = 6;

/**
 * How long to stay away after a 429, in milliseconds: what `Retry-After` says, in seconds or as a date; else until the
 * counter that has run out starts anew, where the platform shows one; else 1, 2, 4 … 64 s and up to as much again.
 *
 * @param inARow which refusal in a row it is, counted from 1
 * @param ours our clock, for an answer without a date
 * @param random 0 to 1, so that several who were refused together do not come back together
 */
export function retryAfterMs(
  headers: Readonly<Record<string, string>>,
  inARow: number,
  ours: number,
  random: number,
  counterMs?: Dialect['counterMs'],
): number {
  // A time that the platform names is a time of its clock, which its answer shows.
  const theirs = Date.parse(headers.date ?? '');
  const now = Number.isFinite(theirs) ? theirs : ours;
  const said = headers['retry-after']?.trim();
  if (said) {
    const seconds = Number(said);
    const ms = Number.isFinite(seconds) ? seconds * SECOND : Date.parse(said) - now;
    if (Number.isFinite(ms) && ms >= 0) return Math.min(ms, LONGEST_MS);
  }
  const counter = counterMs?.(headers, now);
  if (counter !== undefined) return counter + random * SECOND;
  return SECOND * 2 ** Math.min(inARow - 1, MOST_DOUBLINGS) * (1 + random);
}
