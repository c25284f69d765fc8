/** JSON with the members of each object in order, so that equal values have equal texts. Absent and `undefined` are one. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  const members = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
}

/**
 * Tells states apart: 64 bits (twice FNV-1a, the second from the end) in hexadecimal. For stories, which have no hash
 * functions of Node. Against accidents, not against malice: a state that is taken for another is noticed by the next
 * look that the order takes itself.
 */
export function fingerprint(value: unknown): string {
  const text = canonical(value);
  let forth = FNV_OFFSET;
  let back = FNV_OFFSET;
  for (let i = 0; i < text.length; i++) {
    forth = Math.imul(forth ^ text.charCodeAt(i), FNV_PRIME);
    back = Math.imul(back ^ text.charCodeAt(text.length - 1 - i), FNV_PRIME);
  }
  return [forth, back].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}

/** The offset basis and the prime of the 32-bit FNV hash. */
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
