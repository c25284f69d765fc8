import { type Answer, jsonAnswer } from '../answer.js';
import { invalid, refused, unsupported } from './refusals.js';
import { noContent } from './route.js';
import { timeFrom } from './times.js';

const defaultLimit = 50;
const largestLimit = 250;

/** V2 refuses parameters that it does not know. */
export function expectKnown(query: URLSearchParams, known: readonly string[]): void {
  for (const name of query.keys()) if (!known.includes(name)) throw unsupported(name);
}

export function textIn(query: URLSearchParams, name: string): string | undefined {
  return query.get(name) ?? undefined;
}

export function integerIn(query: URLSearchParams, name: string): number | undefined {
  const value = query.get(name);
  if (value === null) return undefined;
  if (!/^\d+$/.test(value)) throw invalid(name);
  return Number(value);
}

export function amountIn(query: URLSearchParams, name: string): number | undefined {
  const value = query.get(name);
  if (value === null) return undefined;
  if (!/^\d+(\.\d+)?$/.test(value)) throw invalid(name);
  return Number(value);
}

/** Milliseconds since 1970. */
export function timeIn(query: URLSearchParams, name: string): number | undefined {
  const value = query.get(name);
  if (value === null) return undefined;
  const time = timeFrom(value);
  if (time === null) throw invalid(name);
  return time;
}

export function flagIn(query: URLSearchParams, name: string): boolean | undefined {
  const value = query.get(name);
  if (value === null) return undefined;
  if (value !== 'true' && value !== 'false') throw invalid(name);
  return value === 'true';
}

/** V3: values between commas, under `name:in` or the bare name. */
export function valuesIn(query: URLSearchParams, name: string): string[] | undefined {
  const value = query.get(`${name}:in`) ?? query.get(name);
  return value === null ? undefined : value.split(',').map((each) => each.trim());
}

export function numbersIn(query: URLSearchParams, name: string): number[] | undefined {
  return valuesIn(query, name)?.map((value) => {
    if (!/^\d+$/.test(value)) throw refused(422, `${name} has to be a list of integers.`, { [name]: 'error.integer' });
    return Number(value);
  });
}

export const isOneOf = <Value>(value: Value, wanted: readonly Value[] | undefined): boolean =>
  wanted?.includes(value) ?? true;

/** Lets all pass where nothing is asked. */
export const isWithin = (value: number, least: number | undefined, most: number | undefined): boolean =>
  (least === undefined || value >= least) && (most === undefined || value <= most);

export const isSame = <Value>(value: Value, wanted: Value | undefined): boolean =>
  wanted === undefined || value === wanted;

function pageOf<Thing>(things: readonly Thing[], query: URLSearchParams) {
  const page = integerIn(query, 'page') ?? 1;
  const limit = integerIn(query, 'limit') ?? defaultLimit;
  if (page === 0) throw invalid('page');
  if (limit === 0) throw invalid('limit');
  if (limit > largestLimit) throw refused(413, `The limit may be ${largestLimit} at most.`);
  return { shown: things.slice((page - 1) * limit, page * limit), page, limit };
}

/** V2: a bare array, and nothing at all where nothing is found. */
export function v2List<Thing>(
  things: readonly Thing[],
  query: URLSearchParams,
  view: (thing: Thing) => unknown,
): Answer {
  const { shown } = pageOf(things, query);
  return shown.length === 0 ? noContent : jsonAnswer(200, shown.map(view));
}

/** What a page of V3 has where nothing tells of the others. */
export function v3Page<Thing>(
  things: readonly Thing[],
  query: URLSearchParams,
  view: (thing: Thing) => unknown,
): Answer {
  return v3Answer(200, pageOf(things, query).shown.map(view));
}

/** V3: `data` and `meta`, whatever is found. */
export function v3List<Thing>(
  things: readonly Thing[],
  query: URLSearchParams,
  view: (thing: Thing) => unknown,
): Answer {
  const { shown, page, limit } = pageOf(things, query);
  const pages = Math.ceil(things.length / limit);
  const linkTo = (target: number) => `?page=${target}&limit=${limit}`;
  const links = {
    ...(page > 1 && { previous: linkTo(page - 1) }),
    current: linkTo(page),
    ...(page < pages && { next: linkTo(page + 1) }),
  };
  const pagination = {
    ...{ total: things.length, count: shown.length, per_page: limit, current_page: page, total_pages: pages },
    links,
  };
  return jsonAnswer(200, { data: shown.map(view), meta: { pagination } });
}

export const v3Answer = (status: number, data: unknown): Answer => jsonAnswer(status, { data, meta: {} });
