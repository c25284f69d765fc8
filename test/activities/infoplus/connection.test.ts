import { describe, expect, test } from 'vitest';
import { infoplus } from '../../../src/activities/infoplus/index.js';
import { parseWebhooks } from '../../../src/connections.js';
import { readingOf } from '../connection.js';
import { orderOf } from './rig.js';

const needed = { url: 'https://acme.infopluswms.com', apiKey: 'k', lineOfBusiness: 'Acme Retail' };
const { one, problemsOf } = readingOf('infoplus');

describe('a connection', () => {
  test('needs its site, a key and a line of business', () => {
    expect(one(needed).settings).toEqual({
      ...needed,
      version: 'v3.0',
      siteLimits: [{ limit: 10, perMs: 1_000 }],
      cancelTag: 'Cancel Order',
    });
    expect(one({ ...needed, lineOfBusiness: 10_000, carrier: 1 }).settings).toMatchObject({
      lineOfBusiness: '10000',
      carrier: '1',
    });
  });

  test('keeps the limit of its site, and beside it that of its key', () => {
    const first = one({ ...needed, url: 'https://ACME.infopluswms.com/some/path' });
    const second = one({ ...needed, apiKey: 'secret-key', version: 'beta' });
    expect(infoplus.limits(first)).toEqual([{ limit: 10, perMs: 1_000 }]);
    expect(infoplus.limits(one({ ...needed, siteLimits: [] }))).toEqual([]);
    expect(infoplus.account(first)).toBe(infoplus.account(second));
    expect(infoplus.account(first)).not.toBe(infoplus.account(one({ ...needed, url: 'https://b.infopluswms.com' })));
    expect(infoplus.key(second).windows).toEqual([{ limit: 3, perMs: 1_000 }]);
    expect(infoplus.key(first).name).not.toBe(infoplus.key(second).name);
    expect(infoplus.key(first).name).toBe(infoplus.key(one(needed)).name);
    expect(infoplus.key(second).name).not.toContain('secret-key');
  });

  test.each<[object, string]>([
    [{}, 'url: is missing'],
    [{ ...needed, url: 'ftp://x' }, 'url: expected an address'],
    [{ ...needed, apiKey: 'two words' }, 'apiKey: expected printable characters'],
    [{ ...needed, lineOfBusiness: undefined }, 'lineOfBusiness: is missing; expected an id or a name'],
    [{ ...needed, lineOfBusiness: '' }, 'lineOfBusiness: expected text of 1 to 100 characters'],
    [{ ...needed, warehouse: -1 }, 'warehouse: expected an id or a name'],
    [{ ...needed, version: 'v2.0' }, 'version: expected v3.0 or later, or beta'],
    [{ ...needed, version: '../x' }, 'version: expected v3.0 or later, or beta'],
    [{ ...needed, siteLimits: [{ limit: 0, perMs: 1 }] }, 'siteLimits'],
    [{ ...needed, cancelTag: 'a/b' }, 'cancelTag: expected a tag without slashes'],
    [{ ...needed, canceltag: 'x' }, 'canceltag: is not a field'],
  ])('%j cannot be used', (settings, problem) => {
    expect(problemsOf(settings)).toContain(problem);
  });
});

describe('an order that a connection cannot carry', () => {
  const check = (settings: object, change: object) =>
    infoplus.check(one({ ...needed, ...settings }), 'infoplusOrder', orderOf(change));

  test('names no warehouse and no carrier where the connection has none', () => {
    expect(check({}, {})).toEqual([
      'warehouse: is missing; infoplus/acme has no warehouse for orders that name none',
      'carrier: is missing; infoplus/acme has no carrier for orders that name none',
    ]);
    expect(check({ warehouse: 'Memphis 1', carrier: 1 }, {})).toEqual([]);
    expect(check({}, { warehouse: 1_000, carrier: 'UPS GROUND' })).toEqual([]);
  });

  test('has the tag that asks for a cancellation', () => {
    const here = { warehouse: 1, carrier: 1 };
    expect(check(here, { tags: ['vip', 'cancel order'] })).toEqual([
      'tags[1]: "Cancel Order" is the tag that asks for a cancellation',
    ]);
    expect(check({ ...here, cancelTag: 'STOP' }, { tags: ['Cancel Order'] })).toEqual([]);
  });
});

describe('a webhook', () => {
  const secret = 'a-secret-of-24-characters';
  const webhook = { path: 'aaaabbbbccccdddd', secrets: [secret], header: 'X-Waybill' };
  const of = (settings: object) =>
    parseWebhooks({ connections: { 'infoplus/acme': { ...needed, webhook: settings } } }, 'test', {}).get(
      'infoplus/acme',
    );

  test('shows its secret in a header or in the query', () => {
    const settings = of(webhook)?.settings as Parameters<typeof infoplus.webhook.verify>[0];
    const shows = (value: string) => ({ headers: { 'x-waybill': value }, query: {}, body: Buffer.from('{}') });
    expect(infoplus.webhook.verify(settings, shows(secret))).toBe('genuine');
    expect(infoplus.webhook.verify(settings, shows('another-secret-of-24'))).toBe('forged');
  });

  test.each<[unknown, string[]]>([
    [
      { event: 'order.status', orderNo: '48211', lobId: 10_000, status: 'Shipped', customerOrderNo: 'SO-1001' },
      ['SO-1001'],
    ],
    [{ customerOrderNo: 1001 }, ['1001']],
    [{ customerOrderNo: "somebody else's #1" }, []],
    [{ customerOrderNo: 'x'.repeat(31) }, []],
    [{ customerOrderNo: null, orderNo: '48211' }, []],
    [{}, []],
    [[], []],
    ['SO-1001', []],
    [null, []],
  ])('%j is about %j', (body, hints) => {
    expect(infoplus.webhook.hints(body)).toEqual(hints);
  });
});
