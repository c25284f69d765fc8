import { z } from 'zod';

/**
 * The shape of an object whose member names may come in any letter case: most answers of Logistics Plus are in
 * camelCase, some published ones in PascalCase or a mixture.
 */
export function anyCase<S extends z.ZodRawShape>(shape: S) {
  const names = Object.keys(shape);
  return z.preprocess((value) => renamed(value, names), z.object(shape));
}

/**
 * The object with these names spelled as they are spelled here, and all other members as they are. A member that is
 * there in the very spelling wins over others.
 */
export function renamed(value: unknown, names: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const spelling = new Map(names.map((name) => [name.toLowerCase(), name]));
  const members = Object.entries(value).flatMap(([name, member]) => {
    const ours = spelling.get(name.toLowerCase()) ?? name;
    return ours !== name && Object.hasOwn(value, ours) ? [] : [[ours, member] as const];
  });
  return Object.fromEntries(members);
}
