import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SandboxClient } from '../../src/cli/dev/sandbox-client.js';
import { subscribe } from '../../src/cli/dev/webhooks.js';
import { addressOf } from '../../src/connections/webhook.js';
import { parseConnections, parseWebhooks } from '../../src/connections.js';
import { demonstrations, type Sandbox, startSandbox } from '../../src/sandbox/index.js';

let sandbox: Sandbox;
let stateFolder: string;
const came: IncomingMessage[] = [];
const server = createServer((request, response) => {
  came.push(request.resume());
  // Keap asks an address by this whether it wants the hook.
  const secret = request.headers['x-hook-secret'];
  if (secret !== undefined) response.setHeader('X-Hook-Secret', secret);
  response.end('{}');
});
beforeAll(async () => {
  sandbox = await startSandbox();
  stateFolder = await mkdtemp(join(tmpdir(), 'waybill-webhooks-'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  await sandbox.stop();
  server.close();
  await rm(stateFolder, { recursive: true });
});

test('webhooks go to the gateway, with secrets of this one time; only connections that get some have settings for it', async () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sandboxes = new Map([...sandbox.platforms].map(([name, place]) => [name, new SandboxClient(place.url)]));
  const connections: Record<string, object> = Object.assign(
    {},
    ...[...sandbox.platforms].map(([name, place]) => demonstrations.get(name)?.connections(place.url)),
  );
  const subscribed = async () => {
    const { connections: those, register } = await subscribe(connections, sandboxes, url, stateFolder);
    await register();
    return those;
  };
  const first = await subscribed();
  const second = await subscribed();

  expect([...parseConnections({ connections: second }, 'test').keys()]).toEqual(Object.keys(connections));
  const webhooks = parseWebhooks({ connections: second }, 'test');
  expect([...webhooks.keys()].sort()).toEqual([
    'bigcommerce/sandbox',
    'flxpoint/sandbox',
    'infoplus/sandbox',
    'keap/sandbox',
    'logistics-plus/sandbox',
  ]);
  expect(JSON.stringify(second)).not.toBe(JSON.stringify(first));

  const { logisticsPlus, infoplus, flxpoint } = sandbox;
  const send = {
    'logistics-plus/sandbox': () => logisticsPlus.controls.sendWebhook({ reference: 'E-1' }),
    'infoplus/sandbox': () => infoplus.controls.sendWebhook({ orderNo: '7', customerOrderNo: 'E-1' }),
    'flxpoint/sandbox': () => flxpoint.controls.sendWebhook({ event: 'OrderImportedEvent', orderId: 1 }),
  };
  for (const [name, sendOne] of Object.entries(send)) {
    came.length = 0;
    sendOne();
    await expect.poll(() => came.length).toBe(1);
    const webhook = webhooks.get(name);
    expect(came[0]?.url).toBe(webhook && addressOf(webhook));
    const { secrets } = (webhook?.settings ?? {}) as { secrets?: string[] };
    expect([came[0]?.headers['x-waybill-secret']]).toEqual(secrets ?? [undefined]);
  }
  // What was registered the first time is gone.
  const states = flxpoint.ledger().webhookConfigurations.map(({ status }) => status);
  expect(states).toEqual(['deleted', 'active']);
});
