import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { chooseSandboxPort, expectFree } from '../../src/cli/dev/ports.js';
import { choosePort } from '../../src/processes/ports.js';
import { platformNames } from '../../src/sandbox/index.js';

const said: string[] = [];
const progress = { line: (text: string) => void said.push(text), step: () => {} };

async function taken() {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  return { port: (holder.address() as AddressInfo).port, free: () => holder.close() };
}

test("the sandbox's ports follow each other: the second one that is taken is named too", async () => {
  const { port, free } = await taken();
  await expect(expectFree({ sandboxPort: port - 1 })).rejects.toThrow(
    /Port \d+ on 127\.0\.0\.1, asked for as the sandbox's port/,
  );
  await expect(chooseSandboxPort(port, progress)).rejects.toThrow(`Port ${port} on 127.0.0.1`);
  free();
});

test('a row that was asked for and is free is taken', async () => {
  // Any row that is free at this moment; another program may take one of it, so it is tried again.
  await expect
    .poll(async () => {
      const { port } = await choosePort(undefined, 'a test');
      return (await chooseSandboxPort(port, progress).catch(() => undefined)) === port;
    })
    .toBe(true);
});

test('any free ports are wished for by 0, and there must be room for each platform', async () => {
  expect(await chooseSandboxPort(0, progress)).toBeUndefined();
  await expect(chooseSandboxPort(65_535, progress)).rejects.toThrow(
    `--sandbox-port: expected ${65_536 - platformNames.length} at most`,
  );
});

test("the gateway's port is named when it is taken", async () => {
  const { port, free } = await taken();
  await expect(expectFree({ gatewayPort: port })).rejects.toThrow(
    `Port ${port} on 127.0.0.1, asked for as the gateway's port, is taken by another program.`,
  );
  free();
});
