import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { spawnTethered } from '../../src/processes/tethered.js';
import { keapSeed } from '../../src/sandbox/index.js';
import { openShop } from './shop.js';
import { buildFirst, cli, inFolder } from './waybill.js';

buildFirst();
// Every step is a process, on two cores that others use as well.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 90_000 });
const file = inFolder();
const theShop = openShop(file);
const stateFolder = mkdtempSync(join(tmpdir(), 'waybill-consent-'));
afterAll(() => rmSync(stateFolder, { recursive: true, force: true }));

test('setup shows where to agree, redeems the code once, and a worker goes on with what was stored', async () => {
  const { run, sandbox, env } = theShop();
  const { clientId, clientSecret, redirectUri, authorizationCode } = keapSeed.oauth;
  const connections = file('oauth.json', {
    connections: { 'keap/shop': { url: sandbox.keap.url, auth: { oauth: { clientId, clientSecret, redirectUri } } } },
  });
  const options = ['--connections', connections, '--state-folder', stateFolder];
  const grants = () => sandbox.keap.ledger().tokenRequests.map(({ grant, granted }) => `${grant} ${granted}`);

  const asked = await run('setup', ...options);
  const [, shown = ''] = /^ {2}(https:\/\/\S+)$/m.exec(asked.stdout) ?? [];
  expect(new URL(shown).searchParams.get('redirect_uri')).toBe(redirectUri);
  expect(asked.stderr).toBe("keap/shop: then run `waybill setup keap/shop --code '<address or code>'`\n");
  expect(asked.code).toBe(1);

  const wrong = await run('setup', 'keap/shop', '--code', 'not-the-code', ...options);
  expect(wrong.stderr).toMatch(/^keap\/shop: Keap answered 400 invalid_grant: .*\n$/);
  expect(wrong.code).toBe(1);

  const state = new URL(shown).searchParams.get('state') ?? '';
  const sentTo = `${redirectUri}?${new URLSearchParams({ code: authorizationCode, state })}`;
  const given = await run('setup', 'keap/shop', '--code', sentTo, ...options);
  expect(given).toMatchObject({ code: 0, stderr: '' });
  expect(given.stdout).toMatch(/\nkeap\/shop: the consent is stored\n$/);
  const later = await run('setup', ...options);
  expect(later.stdout).toMatch(/\nkeap\/shop: the consent is there\n$/);
  expect(later.code).toBe(0);
  for (const { stdout, stderr } of [asked, wrong, given, later])
    for (const secret of [clientSecret, authorizationCode, 'sandbox-access-token', 'sandbox-refresh-token'])
      expect(stdout + stderr).not.toContain(secret);

  const worker = await spawnTethered(process.execPath, [cli, 'worker', ...options], {
    env: { ...process.env, ...env },
  });
  try {
    // What nobody reads would block it in the end.
    for (const stream of [worker.stdout, worker.stderr]) stream?.resume();
    const order = file('order.json', {
      connection: 'keap/shop',
      reference: 'CONSENT-1',
      orderedAt: '2026-01-15T10:30:00-05:00',
      currency: 'USD',
      total: '24.95',
      contact: { email: 'ada@example.com' },
      lines: [{ sku: 'MUG-B', quantity: 1, unitPrice: '24.95' }],
      payment: { kind: 'taken', method: 'Check', reference: 'pay-1' },
    });
    expect(await run('start', 'keapOrder', order, '--wait')).toMatchObject({ code: 0 });
  } finally {
    worker.signal('SIGKILL');
    await worker.exited;
  }
  expect(sandbox.keap.ledger().orders).toMatchObject([{ paid: 24.95, deleted: false }]);
  expect(grants()).toEqual(['authorization_code false', 'authorization_code true']);
});

test('a connection with a key needs none', async () => {
  const { run } = theShop();
  const keyed = file('key.json', {
    connections: { 'keap/key': { auth: { serviceAccountKey: keapSeed.serviceAccountKey } } },
  });
  const { code, stdout } = await run('setup', 'keap/key', '--connections', keyed);
  expect(stdout).toMatch(/\nkeap\/key: its credentials need no consent\n$/);
  expect(code).toBe(0);
});
