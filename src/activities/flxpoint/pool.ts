const SECOND = 1_000;

/** Room that is left to others who use the token, and to what is on its way. */
const ROOM = 2;

/** After a pause this much more is free than when it began to be short, so that not each request meets the next pause. */
const AIR = 5;

/** What is documented; the header has been seen to say 1 and 2. */
const DOCUMENTED_RATE = 2;

/**
 * How long to stay away, by the headers that tell how full the token's pool is, in milliseconds; undefined while there is
 * room, or where the headers are missing. They are in no documentation: three clients read them. The pool only slows
 * further, the two requests a second are kept in any case.
 */
export function poolPauseMs(headers: Readonly<Record<string, string>>): number | undefined {
  const size = numberIn(headers['x-auth-pool-size']);
  const used = numberIn(headers['x-auth-pool-used']);
  if (size === undefined || used === undefined || used < size - ROOM) return undefined;
  const rate = numberIn(headers['x-auth-replenished-per-second']) ?? 0;
  return Math.max(SECOND, ((used - size + AIR) / (rate > 0 ? rate : DOCUMENTED_RATE)) * SECOND);
}

function numberIn(header: string | undefined): number | undefined {
  const read = header === undefined || header.trim() === '' ? Number.NaN : Number(header);
  return Number.isFinite(read) ? read : undefined;
}
