import { z } from 'zod';
import type { Connection } from '../activities/connection.js';
import type { Platform } from '../activities/platform.js';
import { expected } from '../workflows/input.js';
import { type Parsed, parse } from '../workflows/inputs.js';
import { type Environment, fromEnvironment, type Unset } from './environment.js';

/** Where the webhooks of a connection come in, and how they are told from forged ones: all that a gateway needs of it. */
export interface ConnectionWebhook {
  /** e.g. `keap/acme` */
  readonly connection: string;
  /** e.g. `keap` */
  readonly platform: string;
  /** The part of the address that nobody can guess. A secret. */
  readonly path: string;
  /** Where the gateway is reached from outside, without a slash at the end; given where Waybill is to register them. */
  readonly url?: string | undefined;
  /** The platform's own settings of its webhooks, as its schema parsed them. */
  readonly settings: unknown;
}

/** Where a connection's webhooks go, below the gateway's own address. A secret. */
export const addressOf = ({ connection, path }: ConnectionWebhook): string => `/webhooks/${connection}/${path}`;

/** The whole address, as far as it is known where the gateway is reached from outside. A secret. */
export const wholeAddressOf = (webhook: ConnectionWebhook): string => `${webhook.url ?? ''}${addressOf(webhook)}`;

/** Below the gateway's own address, without what is secret: for logs and people. */
export const shownAddressOf = ({ connection }: Pick<ConnectionWebhook, 'connection'>): string =>
  `/webhooks/${connection}/…`;

/** 16 of 64 letters are 96 bits: nobody guesses them. A router takes 100 at most. */
const pathRule = '16 to 64 letters, digits, _ or -, that nobody can guess';

const urlRule = 'an address without user and query, such as https://hooks.example.com';

const whereSchema = z.object({
  path: z.string(expected(pathRule)).regex(/^[A-Za-z0-9_-]{16,64}$/, `expected ${pathRule}`),
  url: z
    .url({ protocol: /^https?$/, ...expected(urlRule) })
    .regex(/^[^?#@]+$/, `expected ${urlRule}`)
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
});

/**
 * Parses the member `webhook` of a connection. What the environment lacks is told apart, and is no problem of the
 * settings.
 */
export function parseWebhook(
  connection: string,
  platform: Platform,
  raw: unknown,
  env: Environment,
): { readonly parsed: Parsed<ConnectionWebhook>; readonly unset: readonly Unset[] } {
  const unset: Unset[] = [];
  const value = fromEnvironment(raw, env, 'webhook', unset);
  const parsed = fromSettings(connection, platform, value);
  if ('value' in parsed) return { parsed, unset };
  const problems = parsed.problems.filter((problem) => !unset.some(({ at }) => problem.startsWith(`${at}:`)));
  return { parsed: { problems }, unset };
}

/** What a connection itself knows of its webhook, where Waybill registers it and nothing of it is unset. */
export function registeredBy({ parsed, unset }: ReturnType<typeof parseWebhook>): Pick<Connection, 'webhook'> {
  if (unset.length > 0 || 'problems' in parsed || parsed.value.url === undefined) return {};
  return { webhook: { address: wholeAddressOf(parsed.value), settings: parsed.value.settings } };
}

function fromSettings(connection: string, platform: Platform, value: unknown): Parsed<ConnectionWebhook> {
  if (platform.webhook === undefined) return { problems: [`webhook: ${platform.name} has none that Waybill takes`] };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { problems: ['webhook: expected an object with path, and what the platform needs'] };
  }
  const { path, url, ...rest } = value as Record<string, unknown>;
  const where = parse(whereSchema, { path, url });
  const settings = parse(platform.webhook.settings, rest);
  if ('value' in where && 'value' in settings) {
    return { value: { connection, platform: platform.name, ...where.value, settings: settings.value } };
  }
  const problems = [where, settings].flatMap((each) => ('problems' in each ? each.problems : []));
  return { problems: problems.map((problem) => `webhook.${problem}`) };
}
