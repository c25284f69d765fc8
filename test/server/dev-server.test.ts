import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { expect, inject, onTestFinished, test } from 'vitest';
import { choosePort, LOOPBACK } from '../../src/processes/ports.js';
import { type DevServer, type DevServerOptions, startDevServer } from '../../src/temporal/dev-server.js';
import { isAlive } from '../../tools/is-alive.mjs';

const executable = inject('temporalExecutable');
const RUN_SOURCE = fileURLToPath(new URL('../run-source.mjs', import.meta.url));
const OWNER = fileURLToPath(new URL('./dev-server-owner.ts', import.meta.url));

/** A killed server is gone at once, its process a moment later. */
const SOON = { timeout: 10_000 };

async function start(options: Omit<DevServerOptions, 'executable'> = {}): Promise<DevServer> {
  const server = await startDevServer({ executable, ...options });
  onTestFinished(() => server.stop());
  return server;
}

async function takePort(): Promise<number> {
  const { port } = await choosePort(undefined, 'a test');
  const holder = createServer().listen(port, LOOPBACK);
  await once(holder, 'listening');
  onTestFinished(() => {
    holder.close();
  });
  return port;
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-dev-server-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts a workflow that nobody runs, so that it stays open. */
async function startOpenWorkflow(address: string, workflowId: string): Promise<void> {
  const connection = await Connection.connect({ address });
  onTestFinished(() => connection.close());
  await new Client({ connection }).workflow.start('open', { taskQueue: 'nobody', workflowId });
}

test('what is started is ready to be used, UI and all, and one partition serves each queue', async () => {
  const server = await start();
  await startOpenWorkflow(server.address, 'first');
  expect((await fetch(`${server.uiUrl}/`)).status).toBe(200);

  const connection = await Connection.connect({ address: server.address });
  onTestFinished(() => connection.close());
  const { activityTaskQueuePartitions } = await connection.workflowService.listTaskQueuePartitions({
    namespace: 'default',
    taskQueue: { name: 'any' },
  });
  expect(activityTaskQueuePartitions).toHaveLength(1);
});

test('a file keeps the orders of a server that was killed', async () => {
  const dbFilename = join(temporaryFolder(), 'temporal.db');
  const first = await start({ dbFilename, uiPort: 'none' });
  expect(first.uiUrl).toBeUndefined();
  await startOpenWorkflow(first.address, 'kept');
  await first.kill();
  expect(await first.exited).toEqual({ code: null, signal: 'SIGKILL' });

  const second = await start({ dbFilename, uiPort: 'none' });
  const connection = await Connection.connect({ address: second.address });
  onTestFinished(() => connection.close());
  expect((await new Client({ connection }).workflow.getHandle('kept').describe()).status.name).toBe('RUNNING');
});

test('a port that is preferred and taken is named, together with the one instead', async () => {
  const [taken, uiTaken] = [await takePort(), await takePort()];
  const server = await start({ port: { preferred: taken }, uiPort: { preferred: uiTaken } });
  const port = server.address.split(':')[1];
  const uiPort = new URL(server.uiUrl ?? '').port;
  expect(server.movedPorts).toEqual([
    `Port ${taken} is taken by another program: the Temporal server listens on ${port} instead.`,
    `Port ${uiTaken} is taken by another program: the Temporal UI listens on ${uiPort} instead.`,
  ]);
});

test('a port that is asked for and taken is an error that names it', async () => {
  const taken = await takePort();
  await expect(start({ port: taken })).rejects.toThrow(
    `Port ${taken} on 127.0.0.1, asked for as the Temporal server's`,
  );
  await expect(start({ uiPort: taken })).rejects.toThrow(`Port ${taken} on 127.0.0.1, asked for as the Temporal UI's`);
});

test('a server that ends at once is tried again, then its last words are the error', async () => {
  const folder = temporaryFolder();
  const [script, logFile] = [join(folder, 'temporal'), join(folder, 'temporal.log')];
  writeFileSync(script, '#!/bin/sh\necho "no room for a server" >&2\nexit 3\n');
  chmodSync(script, 0o755);
  await expect(startDevServer({ executable: script, logFile })).rejects.toThrow(
    'The Temporal server ended (exit code 3) before it answered.\nno room for a server',
  );
  expect(readFileSync(logFile, 'utf8')).toBe('no room for a server\n'.repeat(3));
});

test('the server does not outlive an owner that is killed', async () => {
  const owner: ChildProcess = spawn(process.execPath, [RUN_SOURCE, OWNER, executable], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    owner.kill('SIGKILL');
  });
  const [line] = await once(owner.stdout ?? owner, 'data');
  const pid = Number(String(line));
  expect(isAlive(pid)).toBe(true);
  owner.kill('SIGKILL');
  await expect.poll(() => isAlive(pid), SOON).toBe(false);
});
