import { refused } from './refusals.js';

/** Null and empty values are ignored, and so are parameters that nobody knows. */
export function textIn(query: URLSearchParams, name: string): string | undefined {
  const value = query.get(name);
  return value === null || value === '' || value === 'null' ? undefined : value;
}

export function integerIn(query: URLSearchParams, name: string): number | undefined {
  const value = textIn(query, name);
  if (value === undefined) return undefined;
  if (!/^\d+$/.test(value)) throw refused(400, `${name} has to be an integer`);
  return Number(value);
}

export function flagIn(query: URLSearchParams, name: string): boolean | undefined {
  const value = textIn(query, name);
  if (value === undefined) return undefined;
  if (value !== 'true' && value !== 'false') throw refused(400, `${name} has to be true or false`);
  return value === 'true';
}

/** Milliseconds since 1970. */
export function timeIn(query: URLSearchParams, name: string): number | undefined {
  const value = textIn(query, name);
  if (value === undefined) return undefined;
  // A plus that nobody encoded is a space by now.
  const time = Date.parse(value.replace(' ', '+'));
  if (!/^\d{4}-\d\d-\d\dT/.test(value) || Number.isNaN(time)) throw refused(400, `${name} has to be an ISO 8601 time`);
  return time;
}

/** One value for each time the parameter is sent. More than so many are refused. */
export function listIn(query: URLSearchParams, name: string, most: number): string[] | undefined {
  const values = query.getAll(name).filter((value) => value !== '');
  if (values.length > most) throw refused(400, `${name} takes ${most} values at most`);
  return values.length > 0 ? values : undefined;
}

/** Values between commas. */
export function commaListIn(query: URLSearchParams, name: string): string[] | undefined {
  return textIn(query, name)
    ?.split(',')
    .map((value) => value.trim());
}

/** Not documented; more than this was never seen to come back. */
export const largestPage = 50;

/** How many a page has, as asked or the most there are. */
export function pageSizeIn(query: URLSearchParams, name: string): number {
  const size = integerIn(query, name) ?? largestPage;
  if (size === 0) throw refused(400, `${name} has to be above zero`);
  return Math.min(size, largestPage);
}

/** A page, counted from 1: a bare array, without a total. The names of the parameters differ by resource. */
export function pageOf<Thing>(
  things: readonly Thing[],
  query: URLSearchParams,
  names: { page: string; size: string },
): Thing[] {
  const page = integerIn(query, names.page) ?? 1;
  if (page === 0) throw refused(400, `${names.page} starts at 1`);
  const size = pageSizeIn(query, names.size);
  return things.slice((page - 1) * size, page * size);
}

/** Strictly after; whatever is not told lets all pass. */
export const isAfter = (time: number | null, limit: number | undefined): boolean =>
  limit === undefined || (time !== null && time > limit);

export const isOneOf = <Value>(value: Value, wanted: readonly Value[] | undefined): boolean =>
  wanted?.includes(value) ?? true;

export const isSame = <Value>(value: Value, wanted: Value | undefined): boolean =>
  wanted === undefined || value === wanted;
