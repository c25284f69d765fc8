import type { Fields, Row } from './field-types.js';
import { comparable, parseFilter } from './filter.js';
import { refused } from './refusals.js';

/** Published: so many rows unless told, and so many at most. What more gets is not known: the most here. */
const defaultLimit = 20;
const highestLimit = 250;

/** The page of rows that a search gives. Not every field can always be filtered by. */
export function search<Found extends Row>(
  rows: readonly Found[],
  fields: Fields,
  query: URLSearchParams,
  filterable = fields,
): Found[] {
  const filter = query.get('filter');
  const found = filter === null ? [...rows] : rows.filter(parseFilter(filter, filterable));
  return page(sorted(found, fields, query.get('sort')), query);
}

/** The searches that know neither filter nor order: by a part of the label. */
export function searchText<Found extends { label: string }>(rows: readonly Found[], query: URLSearchParams): Found[] {
  const text = query.get('searchText')?.toLowerCase() ?? '';
  return page(
    rows.filter(({ label }) => label.toLowerCase().includes(text)),
    query,
  );
}

/** Without a wish the newest change comes first: no order is promised, and with this one the pages of a busy site shift. */
function sorted<Found extends Row>(rows: Found[], fields: Fields, sort: string | null): Found[] {
  const wish = sort ?? (fields.has('modifyDate') ? '!modifyDate' : 'id');
  const descending = wish.startsWith('!');
  const field = descending ? wish.slice(1) : wish;
  const type = fields.get(field);
  if (type === undefined || type === 'data') throw refused(400, `There is no field ${field} to sort by.`);
  const direction = descending ? -1 : 1;
  return rows.sort((one, other) => {
    const [a, b] = [comparable(one[field], type), comparable(other[field], type)];
    if (a === b) return 0;
    // Empty fields come before all others.
    if (a === null || b === null) return a === null ? -direction : direction;
    return a < b ? -direction : direction;
  });
}

function page<Found>(rows: readonly Found[], query: URLSearchParams): Found[] {
  const limit = Math.min(fromOne(query, 'limit', defaultLimit), highestLimit);
  const start = (fromOne(query, 'page', 1) - 1) * limit;
  return rows.slice(start, start + limit);
}

function fromOne(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name);
  if (text === null) return otherwise;
  if (!/^[1-9]\d*$/.test(text)) throw refused(400, `${name} has to be a number from 1, not ${text}.`);
  return Number(text);
}
