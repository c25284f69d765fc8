import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { choosePort, LOOPBACK, PortTakenError } from '../../src/processes/ports.js';

async function takenPort(): Promise<number> {
  const server = createServer().listen(0, LOOPBACK);
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

test('a free port is one that can be listened on', async () => {
  const { port, wanted } = await choosePort(undefined, 'a port');
  expect(wanted).toBeUndefined();
  const server = createServer().listen(port, LOOPBACK);
  await once(server, 'listening');
  server.close();
});

test('a port asked for by number is that port, or an error that names it', async () => {
  const taken = await takenPort();
  const { port } = await choosePort(undefined, 'a port');
  expect(await choosePort(port, 'a port')).toEqual({ port });
  const refusal = choosePort(taken, "the sandbox's port");
  await expect(refusal).rejects.toThrow(PortTakenError);
  await expect(refusal).rejects.toThrow(`Port ${taken} on 127.0.0.1, asked for as the sandbox's port, is taken`);
});

test('a preferred port gives way and says so', async () => {
  const taken = await takenPort();
  const { port } = await choosePort(undefined, 'a port');
  expect(await choosePort({ preferred: port }, 'a port')).toEqual({ port });
  const other = await choosePort({ preferred: taken }, 'a port');
  expect(other.wanted).toBe(taken);
  expect(other.port).not.toBe(taken);
});
