import { z } from 'zod';
import type { Connection } from '../connection.js';
import type { HttpAnswer, HttpRequest } from '../http.js';
import { settingsOf } from './settings.js';
import type { Tokens } from './tokens.js';

/** A token request is small; Keap's own SDK gives every request 60 s, and many steps may wait for this one. */
const TOKEN_TIMEOUT_MS = 30_000;

/** A request for a pair of tokens. Repeating it makes no order and moves no money, so it is no `write`. */
export function tokenRequest(
  connection: Connection,
  grant: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): HttpRequest {
  const { tokenUrl, url } = settingsOf(connection);
  return {
    operation: 'token',
    method: 'POST',
    url: tokenUrl ?? new URL('/token', url).href,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json', ...headers },
    body: new URLSearchParams(grant).toString(),
    effect: 'read',
    // Everything else of the connection waits for it.
    lane: 'undo',
    timeoutMs: TOKEN_TIMEOUT_MS,
  };
}

const answered = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  /** Seconds. */
  expires_in: z.coerce.number().positive(),
});

/** The pair in an answer 200; undefined when it cannot be read. */
export function tokensIn(answer: HttpAnswer, now: number): Tokens | undefined {
  let body: unknown;
  try {
    body = JSON.parse(answer.text);
  } catch {
    return undefined;
  }
  const { data } = answered.safeParse(body);
  if (data === undefined) return undefined;
  return {
    accessToken: data.access_token,
    refreshToken: data.refresh_token,
    expiresAt: now + data.expires_in * 1_000,
  };
}
