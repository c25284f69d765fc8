import { allPages } from '../pages.js';

/** Counted from 1. */
export type Page = number;

/** The largest that is known to be given out everywhere. */
export const PAGE_SIZE = 50;

/**
 * All records of a list. Flxpoint tells no total, and a page may hold less than was asked for, so only an empty page is
 * the end; or one that tells nothing new, where the page was not understood.
 */
export function toEmptyPage<T extends { readonly id: string }>(read: (page: Page) => Promise<readonly T[]>) {
  const seen = new Set<string>();
  return allPages<T, Page>(async (page = 1) => {
    const items = (await read(page)).filter(({ id }) => !seen.has(id));
    for (const { id } of items) seen.add(id);
    return { items, next: items.length === 0 ? undefined : page + 1 };
  });
}
