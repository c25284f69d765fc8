import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SandboxClient } from '../../src/cli/dev/sandbox-client.js';
import { subscribe } from '../../src/cli/dev/webhooks.js';
import { parseConnections, parseWebhooks } from '../../src/connections.js';
import { addressOf } from '../../src/gateway/address.js';
import { demonstrations, type Sandbox, startSandbox } from '../../src/sandbox/index.js';

let sandbox: Sandbox;
const came: IncomingMessage[] = [];
const server = createServer((request, response) => {
  came.push(request.resume());
  response.end('{}');
});
beforeAll(async () => {
  sandbox = await startSandbox();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  await sandbox.stop();
  server.close();
});

test('webhooks go to the gateway, with secrets of this one time; only connections that get some have settings for it', async () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sandboxes = new Map([...sandbox.platforms].map(([name, place]) => [name, new SandboxClient(place.url)]));
  const connections: Record<string, object> = Object.assign(
    {},
    ...[...sandbox.platforms].map(([name, place]) => demonstrations.get(name)?.connections(place.url)),
  );
  const first = await subscribe(connections, sandboxes, url);
  const second = await subscribe(connections, sandboxes, url);

  expect([...parseConnections({ connections: second }, 'test').keys()]).toEqual(Object.keys(connections));
  const webhooks = parseWebhooks({ connections: second }, 'test');
  expect([...webhooks.keys()]).toEqual(['logistics-plus/sandbox']);
  expect(JSON.stringify(second)).not.toBe(JSON.stringify(first));

  sandbox.logisticsPlus.controls.sendWebhook({ reference: 'E-1' });
  await expect.poll(() => came.length).toBe(1);
  const webhook = webhooks.get('logistics-plus/sandbox');
  expect(came[0]?.url).toBe(webhook && addressOf(webhook));
  expect(webhook).toMatchObject({ settings: { secrets: [came[0]?.headers['x-waybill-secret']] } });
});
