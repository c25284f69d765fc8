import { expect, test } from 'vitest';
import { demonstrations, logisticsPlusSeed, platformNames, startSandbox } from '../../src/sandbox/index.js';

test('all platforms start unless told, each on a port of its own, with a ledger behind its address', async () => {
  const sandbox = await startSandbox();
  expect([...sandbox.platforms.keys()]).toEqual(platformNames);
  expect(sandbox.platforms.get('keap')?.url).toBe(sandbox.keap.url);
  expect(sandbox.platforms.get('logistics-plus')?.url).toBe(sandbox.logisticsPlus.url);
  expect(sandbox.platforms.get('infoplus')?.url).toBe(sandbox.infoplus.url);
  expect(sandbox.platforms.get('flxpoint')?.url).toBe(sandbox.flxpoint.url);
  expect(sandbox.platforms.get('bigcommerce')?.url).toBe(sandbox.bigcommerce.url);
  expect(new Set([...sandbox.platforms.values()].map(({ url }) => url)).size).toBe(platformNames.length);
  for (const { ledgerUrl } of sandbox.platforms.values()) {
    const ledger = await (await fetch(ledgerUrl)).json();
    expect(ledger).toMatchObject({ orders: expect.any(Array), requests: [], faults: [] });
  }
  await sandbox.stop();
  for (const { url } of sandbox.platforms.values()) await expect(fetch(url)).rejects.toThrow('fetch failed');
});

test.each(platformNames)('only %s starts when told so', async (name) => {
  const sandbox = await startSandbox({ only: [name] });
  expect([...sandbox.platforms.keys()]).toEqual([name]);
  const members = {
    keap: () => sandbox.keap,
    'logistics-plus': () => sandbox.logisticsPlus,
    infoplus: () => sandbox.infoplus,
    flxpoint: () => sandbox.flxpoint,
    bigcommerce: () => sandbox.bigcommerce,
  } as const;
  for (const [platform, member] of Object.entries(members)) {
    if (platform === name) expect(member().port).toBeGreaterThan(0);
    else expect(member).toThrow(`The imitation of ${platform} was not started`);
  }
  await sandbox.stop();
});

test('what is said to all is said to each; what is said to one goes before', async () => {
  const sandbox = await startSandbox({ all: { latencyMs: 3_600_000 }, logisticsPlus: { latencyMs: 0 } });
  const headers = { 'x-api-key': logisticsPlusSeed.apiKey, 'organization-slug': logisticsPlusSeed.slug };
  expect((await fetch(`${sandbox.logisticsPlus.url}/warehouse/v1/orders`, { headers })).status).toBe(200);
  const slow = fetch(sandbox.keap.tokenUrl, { method: 'POST' });
  await sandbox.keap.whenWorked('token');
  sandbox.keap.clock.advance(3_600_000);
  expect((await slow).status).toBeGreaterThanOrEqual(400);
  await sandbox.stop();
});

test('ports are taken as told; one that is taken leaves nothing running', async () => {
  const first = await startSandbox({ only: ['keap'] });
  const free = await startSandbox({ only: ['keap'] });
  const { port } = free.keap;
  await free.stop();
  const ports = { keap: port, 'logistics-plus': first.keap.port };
  await expect(startSandbox({ ports })).rejects.toThrow('EADDRINUSE');
  const second = await startSandbox({ only: ['keap'], ports });
  expect(second.keap.port).toBe(port);
  await Promise.all([first.stop(), second.stop()]);
});

test('every platform can be demonstrated, over connections of its name to its address', () => {
  expect([...demonstrations.keys()]).toEqual(platformNames);
  for (const [platform, { connections }] of demonstrations) {
    const all = Object.entries(connections('http://127.0.0.1:1'));
    // No client speaks to BigCommerce yet, and a connection that nobody can use would keep all others from being read.
    expect(all.length > 0).toBe(platform !== 'bigcommerce');
    for (const [name, connection] of all) {
      expect(name.split('/')[0]).toBe(platform);
      expect(connection).toMatchObject({ url: 'http://127.0.0.1:1' });
    }
  }
});
