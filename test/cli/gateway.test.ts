import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { spawnTethered } from '../../src/processes/tethered.js';
import { buildFirst, cli, inFolder, waybill } from './waybill.js';

buildFirst();
// Every case is a process of its own, beside others on two cores.
vi.setConfig({ testTimeout: 60_000 });
const file = inFolder();

const PATH = 'kX3_v9-QmZ7pLw2T';
const SECRET = 'the-secret-of-today';
/** The secrets of the APIs are in the file as variables, and in no environment of these tests. */
const connections = file('waybill.json', {
  connections: {
    'keap/acme': { auth: { serviceAccountKey: { env: 'NO_KEY' } }, webhook: { path: { env: 'HOOK_PATH' } } },
    'keap/quiet': { auth: { serviceAccountKey: { env: 'NO_KEY' } } },
    'logistics-plus/acme': {
      apiKey: { env: 'NO_KEY' },
      webhook: { path: { env: 'HOOK_PATH' }, secrets: [{ env: 'HOOK_SECRET' }] },
    },
  },
});
// Nobody listens there.
const env = { TEMPORAL_ADDRESS: '127.0.0.1:1', HOOK_PATH: PATH, HOOK_SECRET: SECRET };

test('its help says what it is for', async () => {
  const { code, stdout } = await waybill(['gateway', '--help']);
  expect(stdout).toContain('take webhooks in');
  expect(stdout).toContain('--print-routes');
  expect(code).toBe(0);
});

test('the addresses are printed for those who have to enter them at the platforms, and nothing is started', async () => {
  const { code, stdout } = await waybill(['gateway', '--connections', connections, '--print-routes'], { env });
  expect(stdout).toBe(`/webhooks/keap/acme/${PATH}\n/webhooks/logistics-plus/acme/${PATH}\n`);
  expect(code).toBe(0);
});

test('whole, where the file says how the gateway is reached from outside', async () => {
  const path = file('outside.json', {
    connections: { 'keap/acme': { webhook: { path: PATH, url: 'https://hooks.example.com/' } } },
  });
  const { stdout } = await waybill(['gateway', '--connections', path, '--print-routes'], { env });
  expect(stdout).toBe(`https://hooks.example.com/webhooks/keap/acme/${PATH}\n`);
});

describe.concurrent('what cannot be used ends with exit code 2, and names file and field', () => {
  const keap = (webhook?: object) => ({
    connections: { 'keap/acme': { auth: { serviceAccountKey: 'x' }, ...(webhook !== undefined && { webhook }) } },
  });
  test.for<[string, unknown, string]>([
    ['no webhook', keap(), 'connections: expected at least one with webhook'],
    ['a short path', keap({ path: 's3cret' }), 'connections["keap/acme"]: webhook.path: expected 16 to 64 letters'],
    [
      'a variable that is not set',
      keap({ path: { env: 'NO_PATH' } }),
      'webhook.path: the environment variable NO_PATH is not set',
    ],
    ['an unknown member', keap({ path: PATH, secrt: 's3cret' }), 'webhook.secrt: is not a field'],
    ['no JSON', '{ "connections": s3cret', 'the file is not JSON'],
  ])('%s', async ([name, content, saying]) => {
    const path = file(`gateway-${name.replaceAll(' ', '-')}.json`, content);
    const { code, stdout, stderr } = await waybill(['gateway', '--connections', path], { env });
    expect(stderr).toContain(path);
    expect(stderr).toContain(saying);
    expect(stderr).not.toContain('s3cret');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test('a port that is none', async () => {
    const { code, stderr } = await waybill(['gateway', '--port', 'http'], { env });
    expect(stderr).toContain('Expected a whole number');
    expect(code).toBe(2);
  });
});

test('a worker that has the same file refuses what the gateway would refuse', async () => {
  const path = file('both.json', {
    connections: { 'keap/acme': { auth: { serviceAccountKey: 'x' }, webhook: { path: 'short' } } },
  });
  const { code, stderr } = await waybill(['worker', '--connections', path], { env });
  expect(stderr).toContain('connections["keap/acme"]: webhook.path: expected 16 to 64 letters');
  expect(code).toBe(2);
});

test('a port that is taken is one clear error', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  onTestFinished(() => void holder.close());
  const { port } = holder.address() as AddressInfo;
  const { code, stderr } = await waybill(['gateway', '--connections', connections, '--port', String(port)], { env });
  expect(stderr).toContain('The gateway cannot listen: another program listens there');
  expect(stderr).toContain(String(port));
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(code).toBe(1);
});

test('it starts without Temporal, says so, takes nothing, and ends in order; its log has no secret', async () => {
  const args = [cli, 'gateway', '--connections', connections, '--port', '0'];
  const gateway = await spawnTethered(process.execPath, args, { env: { ...process.env, ...env } });
  onTestFinished(async () => {
    gateway.signal('SIGKILL');
    await gateway.exited;
  });
  let log = '';
  gateway.stdout?.setEncoding('utf8').on('data', (part: string) => {
    log += part;
  });
  const errors = gateway.stderr === null ? '' : text(gateway.stderr);
  const found = (pattern: RegExp) =>
    vi.waitFor(() => pattern.exec(log)?.[1] ?? expect.unreachable(log), { timeout: 30_000 });
  const url = await found(/"url":"([^"]+)"/);
  const ask = async (path: string, init?: RequestInit) => (await fetch(`${url}${path}`, init)).status;
  const post = (path: string, headers: Record<string, string> = {}) =>
    ask(path, { method: 'POST', headers, body: '{"primaryReference":"SHOP-1"}' });
  const address = `/webhooks/logistics-plus/acme/${PATH}`;
  expect([await ask('/health'), await ask('/ready')]).toEqual([200, 503]);
  expect(await post(`${address}x`)).toBe(404);
  expect(await post(address)).toBe(401);
  expect(await post(address, { 'X-Waybill-Secret': SECRET })).toBe(503);
  expect(await ask('/metrics')).toBe(200);
  process.kill(gateway.pid, 'SIGTERM');
  expect(await gateway.exited).toEqual({ code: 0, signal: null });
  expect(log).toContain('"/webhooks/keap/acme/…","/webhooks/logistics-plus/acme/…"');
  expect(log).toContain('Temporal does not answer: until it does, webhooks are answered 503');
  expect(log).toContain('"outcome":"failed"');
  expect(log).toContain('gateway stopped');
  expect(log).not.toContain(PATH);
  expect(log).not.toContain(SECRET);
  expect(await errors).toBe('');
});
