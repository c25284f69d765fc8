import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { spawnTethered } from '../../src/processes/tethered.js';
import { isAlive } from '../../tools/is-alive.mjs';

const RUN_SOURCE = fileURLToPath(new URL('../run-source.mjs', import.meta.url));
const HOLDER = fileURLToPath(new URL('./holder.ts', import.meta.url));

const SOON = { timeout: 5_000 };

function readable(stream: Readable | null): Readable {
  if (stream === null) throw new Error('The output was not piped.');
  return stream;
}

async function startHolder(): Promise<{ holder: ChildProcess; pids: number[] }> {
  const holder = spawn(process.execPath, [RUN_SOURCE, HOLDER], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => {
    holder.kill('SIGKILL');
  });
  const [line] = await once(holder.stdout, 'data');
  const pids = String(line).trim().split(' ').map(Number);
  expect(pids.map(isAlive)).toEqual([true, true]);
  return { holder, pids };
}

test.for(['SIGKILL', 'SIGTERM'] as const)('nothing outlives a parent that ends by %s', async (signal) => {
  const { holder, pids } = await startHolder();
  holder.kill(signal);
  await expect.poll(() => pids.map(isAlive), SOON).toEqual([false, false]);
});

test('the exit code, the output and the signal come through', async () => {
  const ended = await spawnTethered('/bin/sh', ['-c', 'echo out; echo err >&2; exit 7']);
  const [out, err, exit] = await Promise.all([
    text(readable(ended.stdout)),
    text(readable(ended.stderr)),
    ended.exited,
  ]);
  expect({ out, err, exit }).toEqual({ out: 'out\n', err: 'err\n', exit: { code: 7, signal: null } });

  const killed = await spawnTethered('sleep', ['1000']);
  killed.signal('SIGKILL');
  expect(await killed.exited).toEqual({ code: null, signal: 'SIGKILL' });
});

test('stop lets a command end in its own way', async () => {
  const command = await spawnTethered('/bin/sh', [
    '-c',
    'trap "exit 3" TERM; echo ready; while true; do sleep 0.05; done',
  ]);
  await once(readable(command.stdout), 'data');
  expect(await command.stop()).toEqual({ code: 3, signal: null });
});

test('stop does not wait for ever for a command that will not end', async () => {
  const command = await spawnTethered('/bin/sh', ['-c', 'trap "" TERM; echo ready; while true; do sleep 0.05; done'], {
    graceMs: 100,
  });
  await once(readable(command.stdout), 'data');
  expect(await command.stop()).toEqual({ code: null, signal: 'SIGKILL' });
  await expect.poll(() => isAlive(command.pid), SOON).toBe(false);
});

test('stopping twice, or after the end, is no error', async () => {
  const command = await spawnTethered('true', []);
  const exit = await command.exited;
  expect(await command.stop()).toEqual(exit);
  expect(await command.stop()).toEqual(exit);
});

test('a command that does not exist is refused with the code of the system', async () => {
  await expect(spawnTethered('/nowhere/at/all', [])).rejects.toMatchObject({ code: 'ENOENT' });
});
