/** Says that a person has to cancel lines of the order, which are its own note. */
export const CANCEL_NEEDED = 'line-cancel-needed';

const LINE_TAG = /^([A-Za-z0-9._-]{1,30}):(\d+)$/;

/** The tag by which a later start finds a line: Flxpoint's items carry no reference of ours. */
export const lineTag = (reference: string, orderItemId: string): string => `${reference}:${orderItemId}`;

/** Ids of the items that are tagged as this line, whatever the case. */
export function itemsTagged(tags: readonly string[], reference: string): string[] {
  return tags.flatMap((tag) => {
    const [, name, item] = LINE_TAG.exec(tag.trim()) ?? [];
    return name?.toLowerCase() === reference.toLowerCase() && item !== undefined ? [item] : [];
  });
}

/** Ids of all items that are tagged as some line. */
export const itemsTaken = (tags: readonly string[]): string[] =>
  tags.flatMap((tag) => LINE_TAG.exec(tag.trim())?.[2] ?? []);

/** References of all lines that are tagged, in lower case, sorted. */
export function linesTagged(tags: readonly string[]): string[] {
  return [...new Set(tags.flatMap((tag) => LINE_TAG.exec(tag.trim())?.[1]?.toLowerCase() ?? []))].sort();
}
