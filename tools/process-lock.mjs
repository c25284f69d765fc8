// A lock between processes of one machine: a folder that holds one empty file, named after its owner.
// It is plain JavaScript because the set-up uses it before anything is built.
//
// Taking and breaking are each one atomic step. The folder is made elsewhere, with its owner in it, and renamed into
// place, which fails while a lock with an owner is there: nobody ever sees a lock without an owner. A dead owner's lock
// is broken by deleting that owner's file by its name, so a late breaker cannot hit the next owner's lock.
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isAlive } from './is-alive.mjs';

/** What is waited for takes seconds to minutes; a tenth of a second more is not felt. */
const POLL_MS = 100;

/**
 * Waits until no other process holds the lock, then holds it while the work is done.
 * A lock whose owner is dead is taken over. An owner in another container that shares the folder looks dead too, so
 * the work must not break when it is done twice at once; the lock only saves the time.
 */
export async function withProcessLock(folder, onWait, work) {
  const owner = `${process.pid}-${randomUUID()}`;
  await acquire(folder, owner, onWait);
  try {
    return await work();
  } finally {
    await release(folder, owner);
  }
}

async function acquire(folder, owner, onWait) {
  const prepared = `${folder}.${owner}`;
  await mkdir(dirname(folder), { recursive: true });
  await mkdir(prepared);
  await writeFile(join(prepared, owner), '');
  let announced;
  try {
    while (!(await renamed(prepared, folder))) {
      const holder = await holderOf(folder);
      if (holder === undefined || !isAlive(pidOf(holder))) {
        await release(folder, holder);
        continue;
      }
      if (holder !== announced) onWait(pidOf(holder));
      announced = holder;
      await pause(POLL_MS);
    }
  } catch (error) {
    await rm(prepared, { recursive: true, force: true });
    throw error;
  }
}

async function renamed(prepared, folder) {
  try {
    await rename(prepared, folder);
    return true;
  } catch (error) {
    // The same fact has three names: Linux, macOS, Windows.
    if (['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(error.code)) return false;
    throw error;
  }
}

async function holderOf(folder) {
  try {
    return (await readdir(folder))[0];
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function release(folder, owner) {
  if (owner !== undefined) await rm(join(folder, owner), { force: true });
  try {
    await rmdir(folder);
  } catch (error) {
    // Gone already, or the next owner's by now.
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST', 'EPERM'].includes(error.code)) throw error;
  }
}

function pidOf(owner) {
  return Number.parseInt(owner, 10);
}
