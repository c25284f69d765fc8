import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import type { WebhookRequest, WebhookVerdict } from './platform.js';

/**
 * Verification of webhooks that are signed by the scheme Standard Webhooks: `webhook-signature` covers `webhook-id`,
 * `webhook-timestamp` and the body. A timestamp more than five minutes off is refused.
 *
 * @param secrets base64, with or without `whsec_` before it; each of them is valid, while one is changed for the other
 * @throws Error when a secret is not base64
 */
export function standardWebhooks(secrets: readonly string[]): (request: WebhookRequest) => WebhookVerdict {
  const signers = secrets.map((secret) => new Webhook(secret));
  return ({ headers, body }) => {
    const shown = Object.fromEntries(names.map((name) => [name, headers[name] ?? '']));
    // Each is asked, so that the time does not tell which of them it was.
    const verdicts = signers.map((signer) => isSignedBy(signer, body, shown));
    return verdicts.includes(true) ? 'genuine' : 'forged';
  };
}

const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;

function isSignedBy(signer: Webhook, body: Buffer, headers: Record<string, string>): boolean {
  try {
    signer.verify(body, headers, { jsonParse: false });
    return true;
  } catch (error) {
    if (error instanceof WebhookVerificationError) return false;
    throw error;
  }
}
