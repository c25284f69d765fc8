import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { withProcessLock } from '../../tools/process-lock.mjs';

const LOCK_MODULE = new URL('../../tools/process-lock.mjs', import.meta.url).href;

function lockFolder(): { parent: string; lock: string } {
  const parent = mkdtempSync(join(tmpdir(), 'waybill-lock-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  return { parent, lock: join(parent, 'lock') };
}

const nobodyWaits = (): void => expect.unreachable('somebody waited');

/** A process that runs the given statements while it holds the lock. */
function holder(lock: string, statements: string) {
  const script = `
    import { withProcessLock } from ${JSON.stringify(LOCK_MODULE)};
    import { setTimeout as pause } from 'node:timers/promises';
    await withProcessLock(${JSON.stringify(lock)}, () => {}, async () => { ${statements} });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

test('the result comes through, an error too, and nothing is left behind', async () => {
  const { parent, lock } = lockFolder();
  expect(await withProcessLock(lock, nobodyWaits, async () => 7)).toBe(7);
  await expect(withProcessLock(lock, nobodyWaits, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(readdirSync(parent)).toEqual([]);
});

test('whoever comes second waits, and is told for whom', async () => {
  const { lock } = lockFolder();
  const order: string[] = [];
  // Only now: of two that begin at once either may be the first.
  const second = await withProcessLock(lock, nobodyWaits, async () => {
    let told = (): void => {};
    const waits = new Promise<void>((resolve) => {
      told = resolve;
    });
    const behind = withProcessLock(
      lock,
      (pid) => {
        order.push(`waiting for ${pid}`);
        told();
      },
      async () => {
        order.push('second');
      },
    );
    await waits;
    order.push('first');
    return { behind };
  });
  await second.behind;
  expect(order).toEqual([`waiting for ${process.pid}`, 'first', 'second']);
});

test('eight processes at once are never two at a time', async () => {
  const { lock } = lockFolder();
  const statements = `
    const { mkdirSync, rmdirSync } = await import('node:fs');
    mkdirSync(${JSON.stringify(`${lock}-inside`)});
    await pause(5);
    rmdirSync(${JSON.stringify(`${lock}-inside`)});
    console.log('alone');`;
  const children = Array.from({ length: 8 }, () => holder(lock, statements));
  expect(await Promise.all(children.map((child) => text(child.stdout)))).toEqual(Array(8).fill('alone\n'));
});

test('the lock of a process that was killed is taken over', async () => {
  const { parent, lock } = lockFolder();
  const dead = holder(lock, "console.log('held'); await pause(60_000);");
  await once(dead.stdout, 'data');
  dead.kill('SIGKILL');
  await once(dead, 'exit');
  expect(await withProcessLock(lock, nobodyWaits, async () => 'mine')).toBe('mine');
  expect(readdirSync(parent)).toEqual([]);
});
