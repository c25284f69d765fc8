import { createHash, createHmac } from 'node:crypto';

/** No proof of anything: whoever knows the payload knows it too. */
export const sha1Of = (payload: object): string => createHash('sha1').update(JSON.stringify(payload)).digest('hex');

/** The headers of the Standard Webhooks scheme; the key is the app's secret as it is. */
export function signature(id: string, timestamp: number, body: string, secret: string): Record<string, string> {
  const signed = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': `v1,${signed}` };
}
