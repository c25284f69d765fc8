// Runs one command and ends it when whoever asked for it is gone, even by SIGKILL or a crash:
// the IPC channel to the parent then closes, which no process can miss. Nothing else is portable:
// Linux has PR_SET_PDEATHSIG, macOS and Windows have no equal.
//
// Started by spawnTethered in src/processes/tethered.ts as the leader of a process group of its own, so that
// Ctrl-C in a terminal does not reach the command before its owner has decided in which order things end.
//
// usage: node tether.mjs <grace in ms> <command> [argument ...]
// sends: { started: pid } | { failed: { code, message } }, then { exited: { code, signal } }
// takes: { signal: 'SIGSTOP' } and { stop: true }
import { spawn } from 'node:child_process';

const [, , grace, command, ...args] = process.argv;
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], windowsHide: true });
let ending = false;

child.once('spawn', () => tell({ started: child.pid }));
child.once('error', (error) => tell({ failed: { code: error.code, message: error.message } }, () => process.exit(1)));
child.once('exit', (code, signal) => tell({ exited: { code, signal } }, leaveNothing));

process.on('message', (message) => {
  if (message.stop) end();
  else child.kill(message.signal);
});
process.on('disconnect', end);
process.on('SIGTERM', end);
process.on('SIGINT', end);

function end() {
  if (ending) return;
  ending = true;
  child.kill('SIGTERM');
  setTimeout(leaveNothing, Number(grace));
}

/** The command may have started processes of its own (a compiler, a server): they are in this group, and so is this process. */
function leaveNothing() {
  if (process.platform === 'win32') {
    child.kill('SIGKILL');
    process.exit();
  }
  process.kill(-process.pid, 'SIGKILL');
}

function tell(message, then = () => {}) {
  if (process.connected) process.send(message, then);
  else then();
}
