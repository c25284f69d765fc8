type Path = readonly (string | number)[];

/** Values that hardly any field takes. */
export const odd = [undefined, null, 1.5, -1, '', 'x'.repeat(70_000), true, {}, [], { '': 1 }, [null]];

/** Where there is something in a value: the value itself, its members, and theirs. */
export function pathsOf(value: unknown): Path[] {
  if (typeof value !== 'object' || value === null) return [[]];
  const members = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [[], ...members.flatMap(([key, member]) => pathsOf(member).map((path) => [key, ...path]))];
}

/** The same with something else in one place. */
export function replacedAt(at: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(at)) return at.map((member, i) => (i === key ? replacedAt(member, rest, value) : member));
  return { ...(at as object), [key]: replacedAt((at as Record<string, unknown>)[key], rest, value) };
}
