type Given<T> = { [K in keyof T]?: NonNullable<T[K]> };

/** Only the members of an answer that are there: what a platform leaves out, nulls or leaves empty is left out. */
export function given<T extends object>(members: T): Given<T> {
  const there = Object.entries(members).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return Object.fromEntries(there) as Given<T>;
}
