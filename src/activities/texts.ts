/** Whether two texts say the same: letter case and blanks are no matter, and an empty one is as good as none. */
export function sameText(one: string | null | undefined, other: string | null | undefined): boolean {
  return plain(one) === plain(other);
}

/** A text without what is no matter. */
export function plain(text: string | null | undefined): string {
  return (text ?? '').normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();
}
