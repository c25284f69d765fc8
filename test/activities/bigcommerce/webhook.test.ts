import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type BigcommerceWebhookSettings, bigcommerceWebhook } from '../../../src/activities/bigcommerce/webhook.js';

const SECRET = 'header-secret-0001';
const CLIENT_SECRET = 'client-secret-0001';
const settings: BigcommerceWebhookSettings = { secrets: [SECRET, 'header-secret-0002'], header: 'x-waybill-secret' };
const signed: BigcommerceWebhookSettings = { ...settings, signingSecrets: ['client-secret-0000', CLIENT_SECRET] };

const body = Buffer.from('{"scope":"store/order/updated","data":{"type":"order","id":1042}}');

function request({ secret = SECRET, key = CLIENT_SECRET, at = Date.now(), sent = body } = {}) {
  const timestamp = String(Math.floor(at / 1_000));
  const mac = createHmac('sha256', key).update(`msg_1.${timestamp}.`).update(body).digest('base64');
  const headers = {
    'x-waybill-secret': secret,
    'webhook-id': 'msg_1',
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${mac}`,
  };
  return { headers, query: {}, body: sent };
}

describe('a callback', () => {
  test.each<[string, BigcommerceWebhookSettings, Parameters<typeof request>[0], string]>([
    ['with its secret', settings, {}, 'genuine'],
    ['with the successor of its secret', settings, { secret: 'header-secret-0002' }, 'genuine'],
    ['with another secret', settings, { secret: 'header-secret-0003' }, 'forged'],
    ['signed with one of the client secrets', signed, {}, 'genuine'],
    ['signed with another', signed, { key: 'client-secret-0009' }, 'forged'],
    ['signed too long ago', signed, { at: Date.now() - 6 * 60_000 }, 'forged'],
    ['signed for another body', signed, { sent: Buffer.from('{}') }, 'forged'],
    ['signed, without the secret', signed, { secret: '' }, 'forged'],
  ])('%s', (_, with_, change, verdict) => {
    expect(bigcommerceWebhook.verify(with_, request(change))).toBe(verdict);
  });

  test.each<[unknown, string[]]>([
    [{ data: { type: 'order', id: 1042 } }, ['order:1042']],
    [{ data: { type: 'order', order_id: 1042 } }, ['order:1042']],
    [{ data: { type: 'shipment', id: 311, orderId: 1042 } }, ['order:1042']],
    [{ data: { type: 'transaction', order_id: '1042', transaction_id: '9' } }, ['order:1042']],
    [{ data: { metafield_id: 55, resource_id: '1042' } }, ['order:1042']],
    [{ data: { type: 'product', id: 7 } }, []],
    [{ data: { type: 'order', id: '../1' } }, []],
    [{ data: null }, []],
    ['text', []],
  ])('%j is about %j', (sent, hints) => {
    expect(bigcommerceWebhook.hints(sent)).toEqual(hints);
  });
});
