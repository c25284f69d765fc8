/** A text in a filter. Nothing says how a quote within it is written, so none may be there: inputs refuse them. */
export const text = (value: string): string => `'${value}'`;

/** `field eq 'A'`, and `field in ('A','B')` for several. */
export function among(field: string, literals: readonly string[]): string {
  const [only] = literals;
  return literals.length === 1 ? `${field} eq ${only}` : `${field} in (${literals.join(',')})`;
}

/**
 * What the values of one list may take in an address, encoded: with path and paging it stays under 4 KB. Servers are to
 * take 8,000 octets (RFC 9110, 4.1), but common ones count the headers in, and gateways before them halve it.
 */
const LIST_LENGTH = 3_500;

/** The literals of a long list in parts that each fit into one question. */
export function questions(literals: readonly string[], most: number): string[][] {
  const parts: string[][] = [];
  let length = 0;
  for (const literal of literals) {
    const size = sizeOf(`${literal},`);
    const part = parts[parts.length - 1];
    if (part === undefined || part.length >= most || length + size > LIST_LENGTH) {
      parts.push([literal]);
      length = size;
    } else {
      part.push(literal);
      length += size;
    }
  }
  return parts;
}

/** In an address a quote is written with three characters too, by the rules of URLs for queries. */
const sizeOf = (literal: string): number => encodeURIComponent(literal).replaceAll("'", '%27').length;
