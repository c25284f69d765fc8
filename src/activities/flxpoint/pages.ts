import { allPages } from '../pages.js';

/** Counted from 1. */
export type Page = number;

/** The largest that is known to be given out everywhere. */
export const PAGE_SIZE = 50;

/** No cap of Flxpoint's below this was ever seen: a page that is shorter is the last one, whatever was asked for. */
const SHORT_PAGE = 20;

/**
 * All records of a list. Flxpoint tells no total, and its largest page is not documented: a page that may be full is
 * followed by the next, until one tells nothing new.
 */
export function toLastPage<T extends { readonly id: string }>(read: (page: Page) => Promise<readonly T[]>) {
  const seen = new Set<string>();
  return allPages<T, Page>(async (page = 1) => {
    const all = await read(page);
    // A platform that does not understand the number of the page answers with the first one again.
    const items = all.filter(({ id }) => !seen.has(id));
    for (const { id } of items) seen.add(id);
    return { items, next: items.length === 0 || all.length < SHORT_PAGE ? undefined : page + 1 };
  });
}
