import { readFileSync } from 'node:fs';

/**
 * Whether a process runs. On Linux one that has ended stays in the table until its parent asks for it, and in a
 * container whose first process never asks it stays for good: that one does not run.
 */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, and another user's.
    return error.code !== 'ESRCH';
  }
  return !isZombie(pid);
}

function isZombie(pid) {
  try {
    // `pid (name) state …`, and the name may hold anything.
    return /\) Z [^)]*$/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    // No /proc (macOS, Windows), or it is gone by now, which the next question will show.
    return false;
  }
}
