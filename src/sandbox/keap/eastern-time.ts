/** XML-RPC times carry no zone and mean US Eastern, whatever the account's own zone is. */

const hour = 3_600_000;
const standardOffset = -5 * hour;

/** `20260115T10:30:00` of an instant in milliseconds since 1970. */
export function toEastern(time: number): string {
  return new Date(time + easternOffset(time)).toISOString().slice(0, 19).replaceAll('-', '');
}

/** The instant of `20260115T10:30:00`, or null when it is no such time. In the hour that autumn repeats: the first. */
export function fromEastern(text: string): number | null {
  const match = /^(\d{4})(\d{2})(\d{2})T(\d{2}):(\d{2}):(\d{2})$/.exec(text);
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map(Number);
  const wall = Date.UTC(year, month - 1, day, hours, minutes, seconds);
  if (new Date(wall).toISOString().slice(0, 19).replaceAll('-', '') !== text) return null;
  const summer = wall - standardOffset - hour;
  return easternOffset(summer) === standardOffset ? wall - standardOffset : summer;
}

/** Since 2007: summer time from the second Sunday of March to the first of November, at 2:00 wall time. */
function easternOffset(time: number): number {
  const year = new Date(time + standardOffset).getUTCFullYear();
  const start = nthSunday(year, 2, 2) + 2 * hour - standardOffset;
  const end = nthSunday(year, 10, 1) + 2 * hour - standardOffset - hour;
  return time >= start && time < end ? standardOffset + hour : standardOffset;
}

function nthSunday(year: number, month: number, nth: number): number {
  const first = new Date(Date.UTC(year, month, 1)).getUTCDay();
  return Date.UTC(year, month, 1 + ((7 - first) % 7) + (nth - 1) * 7);
}

/** `2026-01-15` of an instant, as a calendar on the East Coast has it. */
export function easternDay(time: number): string {
  const naive = toEastern(time);
  return `${naive.slice(0, 4)}-${naive.slice(4, 6)}-${naive.slice(6, 8)}`;
}

/** The instant at which the Eastern day `2026-01-15` begins, or null when there is no such day. */
export function fromEasternDay(text: string): number | null {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? fromEastern(`${text.replaceAll('-', '')}T00:00:00`) : null;
}

/** The instant at which the Eastern day of this instant began. */
export function startOfEasternDay(time: number): number {
  return fromEasternDay(easternDay(time)) ?? time;
}
