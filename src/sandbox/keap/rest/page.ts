import { invalid } from './refusal.js';

/** The largest page Keap gives, and what it gives when none is asked for. */
const largestPage = 1000;

export type SortKeys<Item> = Readonly<Record<string, (item: Item) => number | string>>;

/** Cuts one page out of a list: `order_by`, `page_size`, `page_token`. The token is empty on the last page. */
export function page<Item>(
  items: readonly Item[],
  query: URLSearchParams,
  keys: SortKeys<Item>,
): { items: Item[]; next_page_token: string } {
  const size = pageSize(query.get('page_size'));
  const start = offset(query.get('page_token'));
  const sorted = sort(items, query.get('order_by'), keys);
  const end = start + size;
  return { items: sorted.slice(start, end), next_page_token: end < sorted.length ? token(end) : '' };
}

function pageSize(text: string | null): number {
  if (text === null) return largestPage;
  const size = Number(text);
  if (!Number.isInteger(size) || size < 0 || size > largestPage) throw invalid('page_size');
  // Zero is allowed by the documentation, which does not say what it gives.
  return size === 0 ? largestPage : size;
}

function token(start: number): string {
  return Buffer.from(`from:${start}`).toString('base64url');
}

function offset(text: string | null): number {
  if (text === null || text === '') return 0;
  const match = /^from:(\d+)$/.exec(Buffer.from(text, 'base64url').toString('utf8'));
  if (match === null) throw invalid('page_token');
  return Number(match[1]);
}

function sort<Item>(items: readonly Item[], orderBy: string | null, keys: SortKeys<Item>): readonly Item[] {
  if (orderBy === null || orderBy === '') return items;
  const [field = '', direction = 'asc'] = orderBy.trim().split(/\s+/);
  const key = keys[field];
  if (key === undefined || (direction !== 'asc' && direction !== 'desc')) throw invalid('order_by');
  const sign = direction === 'asc' ? 1 : -1;
  return [...items].sort((a, b) => {
    const [left, right] = [key(a), key(b)];
    return left < right ? -sign : left > right ? sign : 0;
  });
}
