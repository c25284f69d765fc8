import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Connection } from './activities/connection.js';
import { platforms } from './activities/index.js';
import type { Platform } from './activities/platform.js';
import { limits } from './activities/settings.js';
import { type Environment, fromEnvironment, sayUnset, type Unset } from './connections/environment.js';
import { type ConnectionWebhook, parseWebhook, registeredBy } from './connections/webhook.js';
import { connectionOf, expected } from './workflows/input.js';
import { type Parsed, parse } from './workflows/inputs.js';

export type { Connection } from './activities/connection.js';
export type { ConnectionWebhook } from './connections/webhook.js';

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

/** Longer than that nobody waits for a shipment. */
const MOST_WAIT_DAYS = 365;
const waitDaysRule = `a number of days, more than 0, ${MOST_WAIT_DAYS} at most`;

/** Given by the connection's own members beside the platform's settings. */
const ownSchema = z.object({
  limits: limits.optional(),
  waitDays: z
    .number(expected(waitDaysRule))
    .positive(`expected ${waitDaysRule}`)
    .max(MOST_WAIT_DAYS, `expected ${waitDaysRule}`)
    .optional(),
});

const fileSchema = z.strictObject({
  connections: z.record(z.string(), z.record(z.string(), z.unknown())),
});

/** Reads connections from a JSON file. Throws {@link ConfigurationError}. */
export function loadConnections(path: string, env: Environment = process.env): ReadonlyMap<string, Connection> {
  return parseConnections(readFile(path), path, env);
}

/** Reads the webhooks of connections from the same file: of all, or of those named. Throws {@link ConfigurationError}. */
export function loadWebhooks(
  path: string,
  env: Environment = process.env,
  only?: readonly string[],
): ReadonlyMap<string, ConnectionWebhook> {
  return parseWebhooks(readFile(path), path, env, only);
}

/**
 * Parses connections: `{ "connections": { "keap/acme": { …the platform's settings, "limits": […], "webhook": {…} } } }`.
 * Wherever a string may stand, `{ "env": "NAME" }` takes it from the environment, so that no secret needs to be in the
 * file. `webhook` is checked and left to {@link parseWebhooks}: its variables need not be set here.
 *
 * @param source what to call the input in errors
 */
export function parseConnections(
  json: unknown,
  source: string,
  env: Environment = process.env,
): ReadonlyMap<string, Connection> {
  return parseEach(json, source, (name, platform, raw) => parseConnection(name, platform, raw, env));
}

/**
 * Parses the member `webhook` of each connection that has one: `{ "path": "…", …the platform's settings of it }`. Nothing
 * else of a connection is looked at: its variables need not be set here.
 *
 * @param source what to call the input in errors
 * @param only names of connections; of others the variables need not be set either
 */
export function parseWebhooks(
  json: unknown,
  source: string,
  env: Environment = process.env,
  only?: readonly string[],
): ReadonlyMap<string, ConnectionWebhook> {
  return parseEach(json, source, (name, platform, raw) => {
    if (raw.webhook === undefined || only?.includes(name) === false) return { value: undefined };
    const { parsed, unset } = parseWebhook(name, platform, raw.webhook, env);
    const problems = [...unset.map(sayUnset), ...('problems' in parsed ? parsed.problems : [])];
    return problems.length > 0 ? { problems } : parsed;
  });
}

function readFile(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new ConfigurationError(path, ['the file cannot be read']);
  }
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text around the error, which may be a secret.
    throw new ConfigurationError(path, ['the file is not JSON']);
  }
}

function parseEach<T>(
  json: unknown,
  source: string,
  parseOne: (name: string, platform: Platform, raw: Record<string, unknown>) => Parsed<T | undefined>,
): ReadonlyMap<string, T> {
  const file = parse(fileSchema, json);
  if ('problems' in file) throw new ConfigurationError(source, file.problems);
  const problems: string[] = [];
  const all = new Map<string, T>();
  for (const [name, raw] of Object.entries(file.value.connections)) {
    const at = `connections["${name}"]`;
    const named = platformOf(name);
    const found = 'problems' in named ? named : parseOne(name, named.value, raw);
    if ('problems' in found) problems.push(...found.problems.map((problem) => `${at}: ${problem}`));
    else if (found.value !== undefined) all.set(name, found.value);
  }
  if (problems.length > 0) throw new ConfigurationError(source, problems);
  return all;
}

function platformOf(name: string): Parsed<Platform> {
  const [platformName = ''] = name.split('/');
  const platform = platforms.get(platformName);
  if (platform === undefined) {
    return {
      problems: [`its name must be <platform>/<name>, with one of ${[...platforms.keys()].join(', ')} as platform`],
    };
  }
  const named = parse(connectionOf(platformName), name);
  if ('problems' in named) return { problems: ['its name may have lower-case letters, digits and hyphens only'] };
  return { value: platform };
}

function parseConnection(
  name: string,
  platform: Platform,
  raw: Record<string, unknown>,
  env: Environment,
): Parsed<Connection> {
  const { webhook: rawWebhook, ...own } = raw;
  const unset: Unset[] = [];
  const { limits: rawLimits, waitDays, ...rest } = fromEnvironment(own, env, '', unset) as Record<string, unknown>;
  const ofAny = parse(ownSchema, { limits: rawLimits, waitDays });
  const settings = parse(platform.settings, rest);
  // Without an environment: its secrets are the gateway's, and need not be known here.
  const webhook = rawWebhook === undefined ? undefined : parseWebhook(name, platform, rawWebhook, {}).parsed;
  const known = rawWebhook === undefined ? undefined : parseWebhook(name, platform, rawWebhook, env);
  const problems = [
    ...unset.map(sayUnset),
    ...('problems' in ofAny ? ofAny.problems : []),
    ...('problems' in settings ? settings.problems : []),
    ...(webhook !== undefined && 'problems' in webhook ? webhook.problems : []),
  ];
  if ('problems' in ofAny || 'problems' in settings || problems.length > 0) return { problems };
  return {
    value: {
      name,
      platform: platform.name,
      settings: settings.value,
      ...ofAny.value,
      ...(webhook && { hasWebhook: true }),
      ...(known && registeredBy(known)),
    },
  };
}
