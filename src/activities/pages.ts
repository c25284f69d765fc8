/**
 * Follows the pages of a list to the last one.
 *
 * @param read reads the page at a place, the first one without; `next` is undefined on the last page
 */
export async function allPages<T, Place>(
  read: (at?: Place) => Promise<{ readonly items: readonly T[]; readonly next: Place | undefined }>,
): Promise<T[]> {
  const all: T[] = [];
  for (let at: Place | undefined; ; ) {
    const { items, next } = await read(at);
    all.push(...items);
    // A platform that names the same page again would be read for ever.
    if (next === undefined || next === at) return all;
    at = next;
  }
}
