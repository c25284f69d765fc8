import { RestRefusal } from './refusal.js';

/** Keeps the members that `update_mask` names, all of them when there is no mask. The list may be repeated or comma-separated. */
export function masked<Body extends object>(body: Body, query: URLSearchParams, allowed: ReadonlySet<string>): Body {
  const names = query
    .getAll('update_mask')
    .flatMap((value) => value.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) return body;
  const wrong = names.find((name) => !allowed.has(name));
  if (wrong !== undefined) throw new RestRefusal(400, `Invalid update_mask: ${wrong}`);
  return Object.fromEntries(Object.entries(body).filter(([name]) => names.includes(name))) as Body;
}
