const secondMs = 1_000;

/** Dates of both versions are exact to the second. */
export const wholeSecond = (time: number): number => Math.floor(time / secondMs) * secondMs;
export const unixSeconds = (time: number): number => Math.floor(time / secondMs);

/** V2: `Tue, 20 Nov 2012 00:00:00 +0000`. */
export const rfc2822 = (time: number): string => new Date(time).toUTCString().replace('GMT', '+0000');

/** V3: `2026-01-05T10:15:00+00:00`. */
export const isoTime = (time: number): string => `${new Date(wholeSecond(time)).toISOString().slice(0, 19)}+00:00`;

const iso = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;
const rfc = /^([A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(:\d\d)? ([+-]\d{4}|GMT|UTC|Z)$/;

/** Milliseconds since 1970; null for what is neither ISO 8601 nor RFC 2822. A plus that nobody encoded is neither. */
export function timeFrom(text: string): number | null {
  if (!iso.test(text) && !rfc.test(text)) return null;
  // Without a zone it is UTC, and not the zone of the machine.
  const zoned = iso.test(text) && !/(Z|[+-]\d\d:?\d\d)$/.test(text) && text.length > 10 ? `${text}Z` : text;
  const time = Date.parse(zoned);
  return Number.isNaN(time) ? null : time;
}

export const rfc2822Only = (text: string): number | null => (rfc.test(text) ? timeFrom(text) : null);
