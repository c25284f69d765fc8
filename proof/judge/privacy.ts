/** Members of an order's input that say who somebody is, and where. Not their shorter parts, which stand in any text. */
const PERSONAL = /email|name|organization|street|line1|phone|company/i;

/** Members whose names are of things. */
const OF_THINGS = /lines|items|products|custom|warehouse/i;

/** Shorter ones stand in other words too. */
const SHORTEST = 6;

/** The texts in an order's input that are about a person. */
export function personalIn(input: unknown, member = ''): string[] {
  if (typeof input === 'string') return PERSONAL.test(member) && input.length >= SHORTEST ? [input] : [];
  if (typeof input !== 'object' || input === null) return [];
  return Object.entries(input).flatMap(([name, value]) => (OF_THINGS.test(name) ? [] : personalIn(value, name)));
}

/** Those of the words that stand in the text. */
export function disclosed(text: string, words: Iterable<string>): string[] {
  return [...words].filter((word) => text.includes(word));
}
