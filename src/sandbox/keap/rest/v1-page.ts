import { RestRefusal } from './refusal.js';

const largestPage = 1000;

/** A list as REST v1 cuts it: `limit` and `offset` in, the part and its neighbours out. */
export function v1Page<Item>(items: readonly Item[], query: URLSearchParams): { part: Item[]; around: object } {
  const limit = numberIn(query, 'limit', largestPage);
  const offset = numberIn(query, 'offset', 0);
  const part = items.slice(offset, offset + limit);
  const at = (start: number) => `?${new URLSearchParams({ limit: String(limit), offset: String(Math.max(0, start)) })}`;
  return { part, around: { count: items.length, next: at(offset + limit), previous: at(offset - limit) } };
}

function numberIn(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name);
  if (text === null) return otherwise;
  if (!/^\d+$/.test(text)) throw new RestRefusal(400, `${name} is invalid`);
  return Math.min(Number(text), name === 'limit' ? largestPage : Number.MAX_SAFE_INTEGER);
}
