import { afterEach, expect, test } from 'vitest';
import { type KeapLimits, type KeapSandbox, keapSeed, startSandbox } from '../../../src/sandbox/index.js';
import { settingsFrom } from '../../../src/sandbox/keap/options.js';
import { Throttle } from '../../../src/sandbox/keap/throttle.js';
import { blankOrder, keap, keyHeader, query, rest, stopKeap } from './wire.js';

afterEach(stopKeap);

/** A clock that hardly moves by itself, so that a slow machine cannot empty a window. */
const clockSpeed = 0.001;

const key = { id: 'sak-1', kind: 'key' } as const;
const limits: KeapLimits = { perSecond: 3, perMinute: 5, perDay: 7 };
const settings = settingsFrom({ throttle: { key: limits, oauth: { ...limits, perSecond: 1 } } });

test('no second holds more than the limit, wherever it begins', () => {
  const throttle = new Throttle();
  const at = (time: number) => throttle.admit(key, time, settings);
  // Two at the end of one second and one in the next fill the second between them.
  expect([at(900), at(950), at(1100)]).toEqual([null, null, null]);
  expect(at(1899.9)).toBe('second');
  expect(at(1900)).toBe(null);
  expect(throttle.breaches).toEqual([{ time: 1899, credential: 'sak-1', window: 'second' }]);
});

test('a minute slides, a day ends at midnight UTC, and what was refused does not count', () => {
  const throttle = new Throttle();
  const at = (time: number) => throttle.admit(key, time, settings);
  for (const time of [0, 2000, 4000, 6000, 8000]) expect(at(time)).toBe(null);
  for (const time of [10_000, 20_000, 59_999]) expect(at(time)).toBe('minute');
  expect(at(60_000)).toBe(null);
  expect(at(61_999)).toBe('minute');
  expect(at(62_000)).toBe(null);
  expect(at(86_399_999)).toBe('day');
  expect(at(86_400_000)).toBe(null);
});

test('each credential has limits of its own, and all tokens of a client share theirs', async () => {
  const sandbox = await keap({
    clockSpeed,
    throttle: { key: { ...limits, perSecond: 2 }, oauth: { ...limits, perSecond: 1 } },
  });
  const call = async (headers: Record<string, string>) =>
    (await rest(sandbox, 'GET', '/oauth/connect/userinfo', undefined, headers)).status;
  expect([await call(keyHeader), await call(keyHeader), await call(keyHeader)]).toEqual([200, 200, 429]);
  expect(await call({ 'x-keap-api-key': keapSeed.personalAccessToken })).toBe(200);
  expect(await call({ authorization: `Bearer ${keapSeed.oauth.accessToken}` })).toBe(200);
  expect(await call({ authorization: `Bearer ${keapSeed.oauth.accessToken}` })).toBe(429);
});

test('a breach is a 429 with the body and headers of the gateway, on both transports, and does no work', async () => {
  const sandbox = await keap({ clockSpeed, throttle: { key: limits, oauth: limits } });
  const first = await rest(sandbox, 'GET', '/merchants');
  const headers = (answer: { headers: Headers }) =>
    Object.fromEntries([...answer.headers].filter(([name]) => name.startsWith('x-keap-')));
  const midnight = String(Math.ceil(sandbox.clock.now() / 86_400_000) * 86_400_000);
  expect(headers(first)).toEqual({
    'x-keap-product-quota-limit': '7',
    'x-keap-product-quota-time-unit': 'day',
    'x-keap-product-quota-interval': '1',
    'x-keap-product-quota-available': '6',
    'x-keap-product-quota-used': '1',
    'x-keap-product-quota-expiry-time': midnight,
    'x-keap-product-throttle-limit': '5',
    'x-keap-product-throttle-time-unit': 'minute',
    'x-keap-product-throttle-interval': '1',
    'x-keap-product-throttle-available': '4',
    'x-keap-product-throttle-used': '1',
  });
  await rest(sandbox, 'GET', '/merchants');
  await rest(sandbox, 'GET', '/merchants');
  const refused = await rest(sandbox, 'GET', `/orders${query({ filter: 'id==1' })}`);
  expect(refused.status).toBe(429);
  expect(refused.body).toEqual({ code: '429', message: 'Quota Exceeded', status: 'Request Throttled', details: null });
  expect(refused.headers.get('retry-after')).toBeNull();
  await expect(blankOrder(sandbox)).rejects.toThrow('XML-RPC answered 429');
  const ledger = sandbox.ledger();
  expect(ledger.throttleBreaches.map(({ window }) => window)).toEqual(['second', 'second']);
  expect(ledger.orders).toEqual([]);
  expect(ledger.requests.map(({ admitted }) => admitted)).toEqual([true, true, true, false, false]);
});

test('unless told otherwise, a key has 10 a second and 240 a minute', async () => {
  const sandbox = await startSandbox({ keap: { clockSpeed } });
  const { keap: platform } = sandbox;
  const burst = async (calls: number) =>
    Promise.all(Array.from({ length: calls }, () => rest(platform, 'GET', '/merchants').then(({ status }) => status)));
  try {
    const statuses = await burst(12);
    expect(statuses.filter((status) => status === 200)).toHaveLength(10);
    for (let round = 1; round < 24; round += 1) {
      platform.clock.advance(1000);
      expect(new Set(await burst(10))).toEqual(new Set([200]));
    }
    platform.clock.advance(1000);
    expect(new Set(await burst(3))).toEqual(new Set([429]));
    expect(windowsOf(platform)).toEqual(['second', 'second', 'minute', 'minute', 'minute']);
  } finally {
    await sandbox.stop();
  }
});

const windowsOf = (sandbox: KeapSandbox) => sandbox.ledger().throttleBreaches.map(({ window }) => window);
