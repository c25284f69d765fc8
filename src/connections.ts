import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { platforms } from './activities/index.js';
import type { Window } from './activities/limiter.js';
import { connectionOf } from './workflows/input.js';
import { parse } from './workflows/inputs.js';

/** One account at one platform. Its settings hold secrets: they never leave the process that calls the platform. */
export interface Connection {
  /** e.g. `keap/acme` */
  readonly name: string;
  /** e.g. `keap` */
  readonly platform: string;
  /** Overrides the platform's own limits for this account. */
  readonly limits?: readonly Window[] | undefined;
  /** The platform's own settings, as its schema parsed them: base URL, credentials, choices. */
  readonly settings: unknown;
}

/** The configuration cannot be used. The message names the file, each field and what is expected; never a secret. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  constructor(
    readonly source: string,
    readonly problems: readonly string[],
  ) {
    super([`${source} cannot be used:`, ...problems].join('\n  '));
  }
}

const limitsSchema = z.array(z.strictObject({ limit: z.int().positive(), perMs: z.int().positive() })).optional();

const fileSchema = z.strictObject({
  connections: z.record(z.string(), z.record(z.string(), z.unknown())),
});

/** Reads connections from a JSON file. Throws {@link ConfigurationError}. */
export function loadConnections(
  path: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): ReadonlyMap<string, Connection> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new ConfigurationError(path, ['the file cannot be read']);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text around the error, which may be a secret.
    throw new ConfigurationError(path, ['the file is not JSON']);
  }
  return parseConnections(json, path, env);
}

/**
 * Parses connections: `{ "connections": { "keap/acme": { …the platform's settings, "limits": […] } } }`. Wherever a
 * string may stand, `{ "env": "NAME" }` takes it from the environment, so that no secret needs to be in the file.
 *
 * @param source what to call the input in errors
 */
export function parseConnections(
  json: unknown,
  source: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): ReadonlyMap<string, Connection> {
  const file = parse(fileSchema, json);
  if ('problems' in file) throw new ConfigurationError(source, file.problems);
  const problems: string[] = [];
  const connections = new Map<string, Connection>();
  for (const [name, raw] of Object.entries(file.value.connections)) {
    const at = `connections["${name}"]`;
    const found = parseConnection(name, raw, env);
    if ('problems' in found) problems.push(...found.problems.map((problem) => `${at}: ${problem}`));
    else connections.set(name, found);
  }
  if (problems.length > 0) throw new ConfigurationError(source, problems);
  return connections;
}

function parseConnection(
  name: string,
  raw: Record<string, unknown>,
  env: Readonly<Record<string, string | undefined>>,
): Connection | { readonly problems: readonly string[] } {
  const [platformName = ''] = name.split('/');
  const platform = platforms.get(platformName);
  if (platform === undefined) {
    return {
      problems: [`its name must be <platform>/<name>, with one of ${[...platforms.keys()].join(', ')} as platform`],
    };
  }
  const named = parse(connectionOf(platformName), name);
  if ('problems' in named) return { problems: ['its name may have lower-case letters, digits and hyphens only'] };
  const missing: string[] = [];
  const { limits: rawLimits, ...rest } = fromEnvironment(raw, env, '', missing) as Record<string, unknown>;
  const limits = parse(limitsSchema, rawLimits);
  const settings = parse(platform.settings, rest);
  const problems = [
    ...missing,
    ...('problems' in limits ? limits.problems.map((problem) => `limits: ${problem}`) : []),
    ...('problems' in settings ? settings.problems : []),
  ];
  if ('problems' in limits || 'problems' in settings || problems.length > 0) return { problems };
  return { name, platform: platformName, settings: settings.value, ...(limits.value && { limits: limits.value }) };
}

/** Replaces each `{ "env": "NAME" }` by the variable's value. */
function fromEnvironment(
  value: unknown,
  env: Readonly<Record<string, string | undefined>>,
  at: string,
  missing: string[],
): unknown {
  if (Array.isArray(value)) return value.map((item, i) => fromEnvironment(item, env, `${at}[${i}]`, missing));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first?.[0] === 'env' && typeof first[1] === 'string') {
    const found = env[first[1]];
    if (!found) missing.push(`${at}: the environment variable ${first[1]} is not set`);
    return found || 'missing';
  }
  return Object.fromEntries(
    entries.map(([key, item]) => [key, fromEnvironment(item, env, at ? `${at}.${key}` : key, missing)]),
  );
}
