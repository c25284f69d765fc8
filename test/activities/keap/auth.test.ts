import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keap, storeTokens, tokensFile } from '../../../src/activities/keap/index.js';
import type { KeapOptions } from '../../../src/sandbox/keap/index.js';
import { failureOf, handsOf, keapSeed, live, orderOf, prepare, type Rig, startRig } from './rig.js';

let stateFolder: string;
let file: string;
let rig: Rig;
beforeEach(() => {
  stateFolder = mkdtempSync(join(tmpdir(), 'waybill-tokens-'));
  file = tokensFile(stateFolder, 'keap/acme');
});
afterEach(async () => {
  await rig.stop();
  rmSync(stateFolder, { recursive: true });
});

/** Hands that have a consent, and no access token yet. */
async function consented(options: KeapOptions = {}, folder = stateFolder) {
  rig = await startRig(options);
  const { clientId, clientSecret, refreshToken } = keapSeed.oauth;
  const settings = { url: rig.sandbox.url, auth: { oauth: { clientId, clientSecret, refreshToken } } };
  return () => handsOf({ ...rig, stateFolder: folder }, 'rest', settings);
}

const stored = () => JSON.parse(readFileSync(file, 'utf8')) as { accessToken: string; refreshToken: string };
const refreshes = () => rig.sandbox.ledger().tokenRequests;

test('many steps that need a token at once renew it once, and it is kept for the owner alone', async () => {
  const hands = (await consented())();
  const orders = Array.from({ length: 10 }, (_, index) => orderOf({ reference: `EXT-${index}` }));
  await Promise.all(orders.map((order) => hands.findProducts(order)));
  expect(refreshes()).toHaveLength(1);
  expect(stored().refreshToken).not.toBe(keapSeed.oauth.refreshToken);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(stateFolder)).toHaveLength(1);
});

test('the next process goes on with the stored pair, whatever the settings say', async () => {
  const start = await consented();
  await start().preflight(orderOf());
  await start().preflight(orderOf());
  expect(refreshes()).toHaveLength(1);
});

test('a token that is refused is renewed once for all, and each request is sent once more, writes included', async () => {
  const hands = (await consented())();
  const wants = [];
  for (const index of [1, 2, 3]) wants.push(await prepare(hands, orderOf({ reference: `EXT-${index}` })));
  rig.sandbox.controls.expireAccessTokens();
  await Promise.all(wants.map((want) => hands.createOrder(want)));
  expect(refreshes()).toHaveLength(2);
  expect(live(rig.sandbox)).toHaveLength(3);
});

test('a token is renewed before it ends', async () => {
  const start = await consented();
  const soon = { accessToken: keapSeed.oauth.accessToken, refreshToken: keapSeed.oauth.refreshToken };
  await storeTokens(file, { ...soon, expiresAt: Date.now() + 60_000 });
  await start().preflight(orderOf());
  expect(refreshes()).toHaveLength(1);
  expect(rig.sandbox.ledger().requests.filter(({ status }) => status === 401)).toEqual([]);
});

test('a pair that cannot be stored is not used', async () => {
  const folder = join(stateFolder, 'not-a-folder');
  writeFileSync(folder, '');
  const hands = (await consented({}, folder))();
  await expect(hands.preflight(orderOf())).rejects.toThrow();
  expect(rig.sandbox.ledger().requests.filter(({ operation }) => operation !== 'token')).toEqual([]);
});

test('a lost answer is asked for again with the same refresh token', async () => {
  const hands = (await consented({ refreshGraceMs: 60_000 }))();
  rig.sandbox.faults.add({ kind: 'reset-after', operation: 'token' });
  expect((await failureOf(hands.preflight(orderOf()))).type).toBe('Unavailable');
  await hands.preflight(orderOf());
  expect(refreshes().map(({ granted }) => granted)).toEqual([true, true]);
});

test('when Keap has forgotten it by then, a person is told what to do', async () => {
  const hands = (await consented())();
  rig.sandbox.faults.add({ kind: 'reset-after', operation: 'token' });
  await failureOf(hands.preflight(orderOf()));
  const { type, message } = await failureOf(hands.preflight(orderOf()));
  expect(type).toBe('NotAuthorized');
  expect(message).toContain('give a new consent with "waybill setup keap/acme"');
  for (const secret of [keapSeed.oauth.refreshToken, keapSeed.oauth.clientSecret])
    expect(message).not.toContain(secret);
  await storeTokens(file, {
    accessToken: keapSeed.oauth.accessToken,
    refreshToken: 'unused',
    expiresAt: Date.now() + 3_600_000,
  });
  await hands.preflight(orderOf());
});

test('a write that met an expired token while Keap renews none certainly did not happen', async () => {
  const hands = (await consented({ refreshGraceMs: 60_000 }))();
  const want = await prepare(hands, orderOf());
  rig.sandbox.controls.expireAccessTokens();
  rig.sandbox.faults.add({ kind: '500-before', operation: 'token' });
  expect((await failureOf(hands.createOrder(want))).type).toBe('NotAuthorized');
  expect(live(rig.sandbox)).toEqual([]);
  await hands.createOrder(want);
  expect(live(rig.sandbox)).toHaveLength(1);
});

test('keys go in their own header; a refused one is not renewed', async () => {
  rig = await startRig();
  for (const transport of ['rest', 'xml-rpc'] as const) {
    const personal = { auth: { personalAccessToken: keapSeed.personalAccessToken } };
    await handsOf(rig, transport, personal).preflight(orderOf());
    const wrong = handsOf(rig, transport, { auth: { serviceAccountKey: 'KeapAK-0000-not-this-one' } });
    const { type, message } = await failureOf(wrong.preflight(orderOf()));
    expect(type).toBe('NotAuthorized');
    expect(message).toContain('check the credentials of keap/acme');
    expect(message).not.toContain('0000');
  }
});

test('an account is named without its secret, and one key is one account', async () => {
  rig = await startRig();
  const connection = (name: string, key: string) => ({
    name,
    platform: 'keap',
    settings: keap.settings.parse({ auth: { serviceAccountKey: key } }),
  });
  expect(keap.account(connection('keap/one', 'KeapAK-1'))).toBe(keap.account(connection('keap/two', 'KeapAK-1')));
  expect(keap.account(connection('keap/one', 'KeapAK-1'))).not.toBe(keap.account(connection('keap/one', 'KeapAK-2')));
  expect(keap.account(connection('keap/one', 'KeapAK-1'))).toMatch(/^keap-[0-9a-f]{16}$/);
});
