/** Variables by name, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable of the environment that is not set, and the field that it stands for. */
export interface Unset {
  readonly at: string;
  readonly variable: string;
}

/** As one of the problems of a configuration. */
export const sayUnset = ({ at, variable }: Unset): string => `${at}: the environment variable ${variable} is not set`;

/**
 * Replaces each `{ "env": "NAME" }` by the variable's value.
 *
 * @param at the field that the value is of
 * @param unset gets what is not set
 */
export function fromEnvironment(value: unknown, env: Environment, at: string, unset: Unset[]): unknown {
  if (Array.isArray(value)) return value.map((item, i) => fromEnvironment(item, env, `${at}[${i}]`, unset));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first?.[0] === 'env' && typeof first[1] === 'string') {
    const found = env[first[1]];
    if (!found) unset.push({ at, variable: first[1] });
    return found || 'missing';
  }
  return Object.fromEntries(
    entries.map(([key, item]) => [key, fromEnvironment(item, env, at ? `${at}.${key}` : key, unset)]),
  );
}
