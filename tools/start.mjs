// What `npm start` runs: the set-up, then `waybill dev` in this same process. Two commands joined by && would leave the
// second behind when npm is told to end: npm tells its shell, and the shell does not tell its children.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { isAlive } from './is-alive.mjs';
import './setup.mjs';

/** How long dev may outlive the npm that started it. */
const WATCH_MS = 500;

const cli = new URL('../dist/cli.js', import.meta.url);
process.argv.splice(1, 1, fileURLToPath(cli), 'dev');
endWithLaunchers();
await import(cli.href);

/** The shell that npm has started, and npm itself. When one of them is gone, nobody could end this process any more. */
function endWithLaunchers() {
  const shell = process.ppid;
  const npm = parentOf(shell);
  setInterval(() => {
    if (process.ppid !== shell || (npm !== undefined && !isAlive(npm))) process.kill(process.pid, 'SIGTERM');
  }, WATCH_MS).unref();
}

/** Undefined where there is no `ps`: on Windows and in small containers. */
function parentOf(pid) {
  try {
    return Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return undefined;
  }
}
