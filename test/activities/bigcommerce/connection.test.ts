import { describe, expect, test } from 'vitest';
import { bigcommerce } from '../../../src/activities/bigcommerce/index.js';
import { limitsOf } from '../../../src/activities/limits.js';
import { parseWebhooks } from '../../../src/connections.js';
import { readingOf } from '../connection.js';

const good = { storeHash: 'abc123xyz', accessToken: 'token-0001' };
const parsed = (settings: object) => ({ connections: { 'bigcommerce/acme': settings } });
const { one, problemsOf } = readingOf('bigcommerce');

describe('a connection', () => {
  test('needs the hash of the store and a token; both addresses can be set', () => {
    const { settings } = one(good);
    expect(settings).toEqual({
      url: 'https://api.bigcommerce.com',
      paymentsUrl: 'https://payments.bigcommerce.com',
      ...good,
    });
    const elsewhere = { url: 'http://127.0.0.1:1', paymentsUrl: 'http://127.0.0.1:2', clientId: 'client-1' };
    expect(one({ ...good, ...elsewhere }).settings).toMatchObject(elsewhere);
  });

  test('shares its account with all tokens of the store, and names neither', () => {
    const name = bigcommerce.account(one(good));
    expect(name).toBe(bigcommerce.account(one({ ...good, accessToken: 'token-0002' })));
    expect(name).not.toBe(bigcommerce.account(one({ ...good, storeHash: 'other' })));
    expect(name).toMatch(/^bigcommerce-[0-9a-f]{16}$/);
  });

  test('keeps the smallest quota unless told, and three requests at once', () => {
    const windows = [{ limit: 150, perMs: 30_000 }];
    expect(limitsOf(bigcommerce, [one(good)])).toMatchObject({ windows, concurrency: 3 });
    const limits = [{ limit: 450, perMs: 30_000 }];
    expect(limitsOf(bigcommerce, [one({ ...good, limits })])).toMatchObject({ windows: limits, concurrency: 3 });
  });

  test.each<[string, object, string]>([
    ['no store', { storeHash: undefined }, 'storeHash: is missing; expected the hash of the store'],
    ['a path as its hash', { storeHash: 'stores/abc' }, 'storeHash: expected the hash of the store'],
    ['no token', { accessToken: undefined }, 'accessToken: is missing'],
    ['a token with a space', { accessToken: 'a b' }, 'accessToken: expected printable characters'],
    ['an address that is none', { paymentsUrl: 'payments' }, 'paymentsUrl: expected an address such as'],
    ['an unknown setting', { token: 'x' }, 'token: is not a field of this input'],
    ['webhooks without a secret', { webhook: { path: 'a'.repeat(16) } }, 'webhook.secrets: is missing'],
    ['a short secret', { webhook: { path: 'a'.repeat(16), secrets: ['short'] } }, 'webhook.secrets[0]: expected 16'],
    [
      'a short client secret',
      { webhook: { path: 'a'.repeat(16), secrets: ['s'.repeat(16)], signingSecrets: ['x'] } },
      'webhook.signingSecrets[0]: expected 16',
    ],
  ])('with %s is refused', (_, change, problem) => {
    expect(problemsOf({ ...good, ...change })).toContain(problem);
  });

  test('its webhooks carry a secret in a header', () => {
    const webhook = { path: 'a'.repeat(16), secrets: ['s'.repeat(16)] };
    const [read] = parseWebhooks(parsed({ ...good, webhook }), 'test', {}).values();
    expect(read?.settings).toEqual({ secrets: ['s'.repeat(16)], header: 'x-waybill-secret' });
  });
});
