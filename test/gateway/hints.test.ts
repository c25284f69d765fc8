import { describe, expect, test } from 'vitest';
import { keapWebhook } from '../../src/activities/keap/webhook.js';
import { logisticsPlusWebhook } from '../../src/activities/logistics-plus/webhook.js';

describe('Logistics Plus', () => {
  test.each<[string, unknown, string[]]>([
    ['flat', { id: '0a2b', primaryReference: 'SHOP-1', shipments: [] }, ['SHOP-1']],
    ['flat, as others write it', { PrimaryReference: 'SHOP-1' }, ['SHOP-1']],
    ['wrapped', { data: { primaryReference: 'SHOP-1' } }, ['SHOP-1']],
    ['wrapped, as others write it', { Data: { PRIMARYREFERENCE: 'SHOP-1' } }, ['SHOP-1']],
    [
      'a list',
      { data: { orders: [{ primaryReference: 'SHOP-1' }, { primaryReference: 'SHOP-2' }] } },
      ['SHOP-1', 'SHOP-2'],
    ],
    [
      'a list with others in it',
      { data: { orders: [{ id: 'x' }, null, 7, { primaryReference: 'SHOP-2' }] } },
      ['SHOP-2'],
    ],
    ['a number', { primaryReference: 700123 }, ['700123']],
    ['the outer one, of two', { primaryReference: 'SHOP-1', data: { primaryReference: 'SHOP-2' } }, ['SHOP-1']],
    [
      'the inner one, where the outer one is none',
      { primaryReference: '', data: { primaryReference: 'SHOP-2' } },
      ['SHOP-2'],
    ],
    ['what cannot be a reference', { primaryReference: 'DROP TABLE orders' }, []],
    ['a long one', { primaryReference: 'S'.repeat(31) }, []],
    ['none', { id: '0a2b' }, []],
    ['an order that is a list', { data: { orders: { primaryReference: 'SHOP-1' } } }, []],
    ['a list at the top', [{ primaryReference: 'SHOP-1' }], []],
    ['a text', 'SHOP-1', []],
    ['nothing', null, []],
    ['a prototype', JSON.parse('{"__proto__":{"primaryReference":"SHOP-1"}}'), []],
  ])('%s', (_name, body, hints) => {
    expect(logisticsPlusWebhook.hints(body)).toEqual(hints);
  });

  const secrets = ['the-secret-of-today', 'the-secret-of-tomorrow'];
  const shows = (settings: object, headers: Record<string, string>, query: Record<string, string> = {}) =>
    logisticsPlusWebhook.verify(logisticsPlusWebhook.settings.parse({ secrets, ...settings }), {
      headers,
      query,
      body: Buffer.from('{}'),
    });

  test.each<[string, object, Record<string, string>, Record<string, string>, string]>([
    ['the header', {}, { 'x-waybill-secret': 'the-secret-of-today' }, {}, 'genuine'],
    ['the next secret', {}, { 'x-waybill-secret': 'the-secret-of-tomorrow' }, {}, 'genuine'],
    ['a header of our choice', { header: 'X-LP-Key' }, { 'x-lp-key': 'the-secret-of-today' }, {}, 'genuine'],
    ['a query parameter', { query: 'key' }, {}, { key: 'the-secret-of-today' }, 'genuine'],
    ['nothing', {}, {}, {}, 'forged'],
    ['an empty secret', {}, { 'x-waybill-secret': '' }, {}, 'forged'],
    ['another secret', {}, { 'x-waybill-secret': 'the-secret-of-yesterday' }, {}, 'forged'],
    ['the beginning of the secret', {}, { 'x-waybill-secret': 'the-secret-of' }, {}, 'forged'],
    ['the secret in another case', {}, { 'x-waybill-secret': 'THE-SECRET-OF-TODAY' }, {}, 'forged'],
    ['the secret at another place', {}, {}, { 'x-waybill-secret': 'the-secret-of-today' }, 'forged'],
    ['the header, where a query parameter was agreed', { query: 'key' }, { key: 'the-secret-of-today' }, {}, 'forged'],
  ])('%s', (_name, settings, headers, query, verdict) => {
    expect(shows(settings, headers, query)).toBe(verdict);
  });
});

describe('Keap', () => {
  const event = (object_keys: unknown, event_key: unknown = 'order.add') => ({
    event_key,
    object_type: 'order',
    object_keys,
  });

  test.each<[string, unknown, string[]]>([
    ['one', event([{ id: 1042, apiUrl: '', timestamp: '2026-01-15T15:31:02Z' }]), ['order.add:1042']],
    [
      'several',
      event([{ id: 1 }, { id: '2' }], 'invoice.payment.add'),
      ['invoice.payment.add:1', 'invoice.payment.add:2'],
    ],
    ['others among them', event([{ id: 1 }, {}, null, 'x', { id: -1 }, { id: 1.5 }, { id: 'one' }]), ['order.add:1']],
    [
      'a thousand',
      event(Array.from({ length: 1_000 }, (_, i) => ({ id: i + 1 }))),
      Array.from({ length: 1_000 }, (_, i) => `order.add:${i + 1}`),
    ],
    ['no keys', event(undefined), []],
    ['no event', { object_keys: [{ id: 1 }] }, []],
    ['an event that is none', event([{ id: 1 }], 'order add\n'), []],
    ['nothing', null, []],
  ])('%s', (_name, body, hints) => {
    expect(keapWebhook.hints(body)).toEqual(hints);
  });

  const settings = (of: object) => keapWebhook.settings.parse(of);
  const request = (headers: Record<string, string> = {}, query: Record<string, string> = {}) => ({
    headers,
    query,
    body: Buffer.alloc(0),
  });
  const secrets = ['the-secret-of-today', 'the-secret-of-tomorrow'];

  test('an event needs no more than the address, unless a secret was put into it', () => {
    expect(keapWebhook.verify(settings({}), request())).toBe('genuine');
    expect(keapWebhook.verify(settings({ secrets }), request())).toBe('forged');
    for (const secret of secrets) {
      expect(keapWebhook.verify(settings({ secrets }), request({}, { secret }))).toBe('genuine');
    }
  });

  test('the handshake gives the secret back, if it is one', () => {
    expect(keapWebhook.verify(settings({}), request({ 'x-hook-secret': 'abc123==' }))).toEqual({
      handshake: { 'X-Hook-Secret': 'abc123==' },
    });
    for (const odd of ['', 'a b', 'x'.repeat(257), 'é']) {
      expect(keapWebhook.verify(settings({}), request({ 'x-hook-secret': odd }))).toBe('forged');
    }
    expect(keapWebhook.verify(settings({ secrets }), request({ 'x-hook-secret': 'abc123==' }))).toBe('forged');
  });
});
