import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Consent, ConsentError } from '../../../src/activities/consent.js';
import { keap, storeTokens, tokensFile } from '../../../src/activities/keap/index.js';
import { readTokens } from '../../../src/activities/keap/tokens.js';
import { handsOf, keapSeed, orderOf, type Rig, startRig } from './rig.js';

const { clientId, clientSecret, redirectUri, authorizationCode } = keapSeed.oauth;
const client = { clientId, clientSecret, redirectUri };
const DAY_MS = 24 * 3_600_000;

let rig: Rig;
let stateFolder: string;
let file: string;
beforeEach(async () => {
  rig = await startRig();
  stateFolder = join(mkdtempSync(join(tmpdir(), 'waybill-consent-')), 'state');
  file = tokensFile(stateFolder, 'keap/acme');
});
afterEach(async () => {
  await rig.stop();
  rmSync(join(stateFolder, '..'), { recursive: true });
});

function consentOf(oauth: object = client, more: object = {}): Consent {
  const settings = keap.settings.parse({ url: rig.sandbox.url, auth: { oauth }, ...more });
  const consent = keap.consent({ name: 'keap/acme', platform: 'keap', settings }, stateFolder);
  if (consent === undefined) throw new Error('OAuth needs a consent');
  return consent;
}

/** The message of the error that ends it. Fails when it shows something that must stay secret. */
async function refusalOf(consent: Consent, answer: string = authorizationCode): Promise<string> {
  const error = await consent.redeem(answer).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ConsentError)) throw new Error(`no ConsentError: ${error}`);
  for (const secret of [clientSecret, authorizationCode, answer, 'sandbox-access', 'sandbox-refresh'])
    expect(error.message).not.toContain(secret);
  return error.message;
}

const grants = () => rig.sandbox.ledger().tokenRequests.map(({ grant, granted }) => `${grant} ${granted}`);
const stateOf = (consent: Consent) => new URL(consent.authorizeUrl()).searchParams.get('state') ?? '';

describe('a good code', () => {
  test('is exchanged for a pair, which is stored for the owner alone, and serves the connection', async () => {
    const consent = consentOf();
    expect(await consent.given()).toBe(false);
    await consent.redeem(authorizationCode);
    expect(await consent.given()).toBe(true);
    expect(readdirSync(stateFolder)).toHaveLength(1);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await readTokens(file))?.expiresAt).toBeGreaterThan(Date.now() + DAY_MS - 60_000);

    const hands = handsOf({ ...rig, stateFolder }, 'rest', { auth: { oauth: client } });
    await hands.preflight(orderOf());
    expect(grants()).toEqual(['authorization_code true']);
    rig.sandbox.controls.expireAccessTokens();
    await hands.ensureContact(orderOf());
    expect(grants()).toEqual(['authorization_code true', 'refresh_token true']);
  });

  test('may come in the whole address that the browser was sent to, if that answers our question', async () => {
    const consent = consentOf();
    const address = (state: string) => `${redirectUri}?${new URLSearchParams({ code: authorizationCode, state })}`;
    expect(await refusalOf(consent, address('another'))).toContain('its state is another one');
    expect(grants()).toEqual([]);
    // The address was shown by one process, and the answer is given to the next.
    await consent.redeem(` ${address(stateOf(consentOf()))}\n`);
    expect(grants()).toEqual(['authorization_code true']);
  });

  test('takes the place of a pair that was spent', async () => {
    const outlived = { accessToken: 'a', refreshToken: 'b' };
    await storeTokens(file, { ...outlived, expiresAt: Date.now() - 43 * DAY_MS });
    expect(await consentOf().given()).toBe(true);
    await storeTokens(file, { ...outlived, expiresAt: Date.now() - 44 * DAY_MS });
    expect(await consentOf().given()).toBe(false);
    await consentOf().redeem(authorizationCode);
    await handsOf({ ...rig, stateFolder }, 'rest', { auth: { oauth: client } }).preflight(orderOf());
    expect(grants()).toEqual(['authorization_code true']);
  });
});

describe('the address of the question', () => {
  test("is Keap's own, with client, redirect address, scope and a state that only we can make", () => {
    const url = new URL(consentOf().authorizeUrl());
    expect(url.origin + url.pathname).toBe('https://accounts.infusionsoft.com/app/oauth/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'full',
      state: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(url.href).not.toContain(clientSecret);
    expect(stateOf(consentOf({ ...client, clientSecret: 'other' }))).not.toBe(stateOf(consentOf()));
  });

  test('needs the redirect address, which a given refresh token makes needless', async () => {
    const { redirectUri: _, ...without } = client;
    const missing = 'keap/acme: auth.oauth.redirectUri is missing in its settings';
    expect(() => consentOf(without).authorizeUrl()).toThrow(missing);
    expect(await refusalOf(consentOf(without))).toContain(missing);
    expect(await consentOf(without).given()).toBe(false);
    expect(await consentOf({ ...without, refreshToken: keapSeed.oauth.refreshToken }).given()).toBe(true);
  });

  test('is not there for a connection with a key', () => {
    const settings = keap.settings.parse({ auth: { serviceAccountKey: keapSeed.serviceAccountKey } });
    expect(keap.consent({ name: 'keap/acme', platform: 'keap', settings }, stateFolder)).toBeUndefined();
  });
});

describe('without a usable answer nothing is stored, and the error says what to do', () => {
  afterEach(async () => {
    expect(await readTokens(file)).toBeUndefined();
  });

  test('a wrong code, and one that another redirect address was given', async () => {
    const refused = 'keap/acme: Keap answered 400 invalid_grant: a code works once';
    expect(await refusalOf(consentOf(), 'wrong-code')).toContain(refused);
    const elsewhere = consentOf({ ...client, redirectUri: 'https://other.example/' });
    expect(await refusalOf(elsewhere)).toContain('its own redirectUri only (here https://other.example/)');
    expect(await refusalOf(elsewhere)).toContain('Run "waybill setup keap/acme" for a new code');
  });

  test('a wrong client', async () => {
    expect(await refusalOf(consentOf({ ...client, clientSecret: 'not-this-one' }))).toBe(
      'keap/acme: Keap answered 401 invalid_client: it does not know the client; check auth.oauth.clientId and clientSecret',
    );
  });

  test('an owner who says no', async () => {
    const consent = consentOf();
    const address = `${redirectUri}?error=access_denied&state=${stateOf(consent)}`;
    expect(await refusalOf(consent, address)).toContain('the consent was not given (access_denied)');
    expect(grants()).toEqual([]);
  });

  test('nobody answers at all: the code is not spent', async () => {
    const message = await refusalOf(consentOf(client, { tokenUrl: 'http://127.0.0.1:1/token' }));
    expect(message).toContain('keap/acme: Keap was not reached at http://127.0.0.1:1: ');
    expect(message).toContain('The code is not spent; try again');
  });

  test('the answer is lost: the code may be spent', async () => {
    rig.sandbox.faults.add({ kind: 'reset-after', operation: 'token' });
    expect(await refusalOf(consentOf())).toContain('the code may be spent');
  });

  test.each([
    ['500-before', 'Keap answered 500'],
    ['html', "Keap's answer cannot be read"],
  ] as const)('an answer that is none: %s', async (kind, saying) => {
    rig.sandbox.faults.add({ kind, operation: 'token' });
    expect(await refusalOf(consentOf())).toContain(saying);
  });

  test('a throttled request', async () => {
    rig.sandbox.faults.add({ kind: '429', operation: 'token' });
    expect(await refusalOf(consentOf())).toContain('Keap answered 429; wait a minute');
  });
});

test('a pair that cannot be stored is an error, and a code that is spent stays spent', async () => {
  writeFileSync(stateFolder, 'a file where the folder should be');
  expect(await refusalOf(consentOf())).toContain(`they could not be stored in ${file}`);
  rmSync(stateFolder);
  expect(await refusalOf(consentOf())).toContain('invalid_grant');
  expect(grants()).toEqual(['authorization_code true', 'authorization_code false']);
});

test('a stored file that holds no pair is named, and a new consent replaces it', async () => {
  mkdirSync(stateFolder);
  writeFileSync(file, '{"accessToken":"sandbox-access');
  await expect(consentOf().given()).rejects.toThrow(`keap/acme: ${file} does not hold a pair of tokens`);
  await consentOf().redeem(authorizationCode);
  expect(await consentOf().given()).toBe(true);
});
