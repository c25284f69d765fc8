const SECOND = 1_000;

/** Left to other apps of the store, which share its quota, and to what is on its way. */
const ROOM = 5;

/** In how many milliseconds the quota of the store is whole again, by the headers of an answer; undefined without them. */
export function resetMs(headers: Readonly<Record<string, string>>): number | undefined {
  const reset = numberIn(headers['x-rate-limit-time-reset-ms']);
  if (reset !== undefined && reset >= 0) return reset;
  const seconds = numberIn(headers['x-retry-after']);
  return seconds === undefined || seconds < 0 ? undefined : seconds * SECOND;
}

/**
 * How long to stay away because the quota is nearly used up, in milliseconds; undefined while there is room. Every
 * answer carries these headers, and others use up the same quota: so it is theirs that counts, beside our own windows.
 */
export function quotaPauseMs(headers: Readonly<Record<string, string>>): number | undefined {
  const left = numberIn(headers['x-rate-limit-requests-left']);
  return left === undefined || left > ROOM ? undefined : resetMs(headers);
}

function numberIn(header: string | undefined): number | undefined {
  const read = header === undefined || header.trim() === '' ? Number.NaN : Number(header);
  return Number.isFinite(read) ? read : undefined;
}
