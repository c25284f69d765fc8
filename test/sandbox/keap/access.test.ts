import { afterEach, expect, test } from 'vitest';
import { type KeapSandbox, keapSeed } from '../../../src/sandbox/index.js';
import { callText, dummyKey, i, keap, rest, stopKeap } from './wire.js';

afterEach(stopKeap);

const { oauth } = keapSeed;
const status = async (sandbox: KeapSandbox, headers: Record<string, string>) =>
  (await rest(sandbox, 'GET', '/oauth/connect/userinfo', undefined, headers)).status;

async function xmlStatus(url: string, headers: Record<string, string> = {}): Promise<number> {
  const body = callText('InvoiceService.getOrderId', dummyKey, i(1));
  return (await fetch(url, { method: 'POST', headers: { 'content-type': 'text/xml', ...headers }, body })).status;
}

async function token(
  sandbox: KeapSandbox,
  form: Record<string, string>,
  client = `${oauth.clientId}:${oauth.clientSecret}`,
) {
  const response = await fetch(sandbox.tokenUrl, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(client).toString('base64')}` },
    body: new URLSearchParams(form),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
const refresh = (sandbox: KeapSandbox, refresh_token: string) =>
  token(sandbox, { grant_type: 'refresh_token', refresh_token });

test('keys and tokens open both transports; everything else is 401 on both', async () => {
  const sandbox = await keap();
  const good = [
    { 'x-keap-api-key': keapSeed.serviceAccountKey },
    { 'x-keap-api-key': keapSeed.personalAccessToken },
    { authorization: `Bearer ${keapSeed.serviceAccountKey}` },
    { authorization: `Bearer ${oauth.accessToken}` },
  ];
  const bad = [
    {},
    { 'x-keap-api-key': 'KeapAK-other' },
    { 'x-keap-api-key': oauth.accessToken },
    { authorization: 'Bearer x' },
  ];
  for (const headers of good as Record<string, string>[]) {
    expect([await status(sandbox, headers), await xmlStatus(sandbox.xmlrpcUrl, headers)]).toEqual([200, 200]);
  }
  for (const headers of bad as Record<string, string>[]) {
    expect([await status(sandbox, headers), await xmlStatus(sandbox.xmlrpcUrl, headers)]).toEqual([401, 401]);
  }
});

test('XML-RPC also lives without /v1 and takes its token in the URL, which no ledger keeps', async () => {
  const sandbox = await keap();
  const url = `${sandbox.url}/crm/xmlrpc`;
  expect(await xmlStatus(`${url}?access_token=${oauth.accessToken}`)).toBe(200);
  expect(await xmlStatus(`${url}?access_token=wrong`)).toBe(401);
  const text = JSON.stringify(sandbox.ledger());
  for (const secret of [oauth.accessToken, oauth.refreshToken, keapSeed.serviceAccountKey])
    expect(text).not.toContain(secret);
  expect(sandbox.ledger().requests.map(({ credential }) => credential)).toEqual(['oauth:sandbox-client', null]);
});

test('every refresh replaces the refresh token; the replaced one is an invalid grant', async () => {
  const sandbox = await keap();
  const first = await refresh(sandbox, oauth.refreshToken);
  expect(first).toEqual({
    status: 200,
    body: {
      access_token: expect.any(String),
      refresh_token: expect.any(String),
      expires_in: 86_400,
      token_type: 'bearer',
      scope: 'full|waybill-sandbox.infusionsoft.com',
    },
  });
  expect(await status(sandbox, { authorization: `Bearer ${first.body.access_token}` })).toBe(200);
  const replaced = await refresh(sandbox, oauth.refreshToken);
  expect([replaced.status, replaced.body.error]).toEqual([400, 'invalid_grant']);
  expect((await refresh(sandbox, String(first.body.refresh_token))).status).toBe(200);
  expect(sandbox.ledger().tokenRefreshes).toBe(2);
  expect(sandbox.ledger().tokenRequests.map(({ granted }) => granted)).toEqual([true, false, true]);
});

test('a period of grace can be given to replaced refresh tokens', async () => {
  const sandbox = await keap({ refreshGraceMs: 1000 });
  await refresh(sandbox, oauth.refreshToken);
  expect((await refresh(sandbox, oauth.refreshToken)).status).toBe(200);
  sandbox.clock.advance(1000);
  expect((await refresh(sandbox, oauth.refreshToken)).status).toBe(400);
});

test('access tokens live a day, refresh tokens 45', async () => {
  const sandbox = await keap();
  const bearer = { authorization: `Bearer ${oauth.accessToken}` };
  sandbox.clock.advance(86_400_000 - 60_000);
  expect(await status(sandbox, bearer)).toBe(200);
  sandbox.clock.advance(60_000);
  expect(await status(sandbox, bearer)).toBe(401);
  const { body } = await refresh(sandbox, oauth.refreshToken);
  sandbox.clock.advance(45 * 86_400_000);
  expect((await refresh(sandbox, String(body.refresh_token))).body.error).toBe('invalid_grant');
});

test('access tokens can be ended at once', async () => {
  const sandbox = await keap();
  sandbox.controls.expireAccessTokens();
  expect(await status(sandbox, { authorization: `Bearer ${oauth.accessToken}` })).toBe(401);
  expect((await refresh(sandbox, oauth.refreshToken)).status).toBe(200);
});

test('an authorization code works once, for its client and its redirect URI', async () => {
  const sandbox = await keap();
  const form = {
    grant_type: 'authorization_code',
    client_id: oauth.clientId,
    client_secret: oauth.clientSecret,
    code: oauth.authorizationCode,
    redirect_uri: oauth.redirectUri,
  };
  expect((await token(sandbox, { ...form, redirect_uri: 'http://other' })).body.error).toBe('invalid_grant');
  expect((await token(sandbox, { ...form, client_secret: 'wrong' })).status).toBe(401);
  expect((await token(sandbox, form)).status).toBe(200);
  expect((await token(sandbox, form)).body.error).toBe('invalid_grant');
  expect((await token(sandbox, { grant_type: 'client_credentials' })).body.error).toBe('unsupported_grant_type');
  const stranger = await token(sandbox, { grant_type: 'refresh_token', refresh_token: oauth.refreshToken }, 'a:b');
  expect([stranger.status, stranger.body.error]).toEqual([401, 'invalid_client']);
});
