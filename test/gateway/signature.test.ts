import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { standardWebhooks } from '../../src/activities/webhook-signature.js';

const current = Buffer.from('the secret that is in use today!').toString('base64');
const next = Buffer.from('the secret that is in use later!').toString('base64');
const verify = standardWebhooks([current, `whsec_${next}`]);

const body = Buffer.from('{"scope":"store/order/updated","data":{"id":1042,"note":"grüße"}}');
const now = () => Math.floor(Date.now() / 1_000);

/** As the scheme's specification says it, on its own: not with the library that is tested. */
function sign(secret: string, id: string, timestamp: number | string, signed: Buffer = body): string {
  const hmac = createHmac('sha256', Buffer.from(secret, 'base64')).update(`${id}.${timestamp}.`).update(signed);
  return `v1,${hmac.digest('base64')}`;
}

function headers(secret = current, at: number = now(), more: Record<string, string | undefined> = {}) {
  return {
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(at),
    'webhook-signature': sign(secret, 'msg_1', at),
    ...more,
  };
}

test.each([
  ['signed with the secret', headers()],
  ['signed with the next secret', headers(next)],
  [
    'several signatures, one of them ours',
    headers(current, now(), { 'webhook-signature': `v1,bm8= ${headers()['webhook-signature']}` }),
  ],
  ['four minutes old', headers(current, now() - 240)],
  ['from a clock that is four minutes ahead', headers(current, now() + 240)],
])('genuine: %s', (_name, shown) => {
  expect(verify({ headers: shown, query: {}, body })).toBe('genuine');
});

test.each<[string, Record<string, string | undefined>]>([
  ['another secret', headers(Buffer.from('nobody gave this one away, ever!').toString('base64'))],
  ['six minutes old', headers(current, now() - 360)],
  ['six minutes ahead', headers(current, now() + 360)],
  ['another id', headers(current, now(), { 'webhook-id': 'msg_2' })],
  ['another time', headers(current, now(), { 'webhook-timestamp': String(now() - 60) })],
  ['no id', headers(current, now(), { 'webhook-id': undefined })],
  ['no time', headers(current, now(), { 'webhook-timestamp': undefined })],
  ['a time that is none', headers(current, now(), { 'webhook-timestamp': 'today' })],
  ['no signature', headers(current, now(), { 'webhook-signature': undefined })],
  ['an empty signature', headers(current, now(), { 'webhook-signature': 'v1,' })],
  ['no version', headers(current, now(), { 'webhook-signature': String(headers()['webhook-signature']).slice(3) })],
  [
    'a version that we do not know',
    headers(current, now(), { 'webhook-signature': `v1a${String(headers()['webhook-signature']).slice(2)}` }),
  ],
  ['no header at all', {}],
])('forged: %s', (_name, shown) => {
  expect(verify({ headers: shown, query: {}, body })).toBe('forged');
});

test('forged: one byte of the body is another', () => {
  const changed = Buffer.from(body.toString().replace('1042', '1043'));
  expect(verify({ headers: headers(), query: {}, body: changed })).toBe('forged');
});

test('a secret that is not base64 is noticed when it is configured', () => {
  expect(() => standardWebhooks(['not base64!'])).toThrow();
});
