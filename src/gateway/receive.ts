import { platforms } from '../activities/index.js';
import type { WebhookRequest } from '../activities/platform.js';
import type { ConnectionWebhook } from '../connections.js';
import type { Outcome } from './counters.js';

/** Keeps hints of a connection so that nothing loses them. Rejects when that is not certain. */
export type Keep = (connection: string, hints: readonly string[]) => Promise<void>;

/** What became of a webhook, and what its sender is told. */
export interface Receipt {
  readonly outcome: Outcome;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Why it was not accepted. For the sender and the log: of the gateway's own words only. */
  readonly reason?: string;
  /** What was made durable. */
  readonly hints?: readonly string[];
  /** Why it could not be made durable, for the log. */
  readonly error?: unknown;
}

/** A sender that is told when to try again mostly does so then. A Temporal server is back soon, or not for minutes. */
const RETRY_AFTER_S = 10;

/**
 * Takes a webhook that came to its address: verified before anything of it is read, durable before it is acknowledged.
 * Nothing acts on its body.
 */
export async function receive(
  { connection, platform, settings }: ConnectionWebhook,
  request: WebhookRequest,
  keep: Keep,
): Promise<Receipt> {
  const webhook = platforms.get(platform)?.webhook;
  const verdict = webhook?.verify(settings, request) ?? 'forged';
  if (webhook === undefined || verdict === 'forged') {
    return { outcome: 'forged', status: 401, reason: 'the signature or the secret is missing or wrong' };
  }
  if (verdict !== 'genuine') return { outcome: 'handshake', status: 200, headers: verdict.handshake };
  const body = jsonOf(request.body);
  if (body === undefined) return { outcome: 'unusable', status: 400, reason: 'the body is not JSON' };
  const hints = [...new Set(webhook.hints(body.value))];
  // A sender that is refused would only send the same again.
  if (hints.length === 0) return { outcome: 'unusable', status: 200, reason: 'the body names nothing to look at' };
  try {
    await keep(connection, hints);
  } catch (error) {
    const headers = { 'Retry-After': String(RETRY_AFTER_S) };
    return { outcome: 'failed', status: 503, headers, reason: 'not accepted now: send it again', error };
  }
  return { outcome: 'accepted', status: 200, hints };
}

/** JSON is UTF-8: what is not would be read as something else than was signed. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

function jsonOf(body: Buffer): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(utf8.decode(body)) };
  } catch {
    return undefined;
  }
}
