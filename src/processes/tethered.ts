import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** How a process ended: one of the two is set. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A process that ends with this one, whatever ends this one. */
export interface TetheredProcess {
  /** Of the command itself, not of the tether that holds it. */
  readonly pid: number;
  /** Set when `output` is `pipe`: then they have to be read, or the command blocks once the pipe is full. */
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  /** Settles when the command has ended; never rejects. */
  readonly exited: Promise<Exit>;
  /** Sends one signal to the command (SIGKILL, SIGSTOP, SIGCONT …). Does nothing when it has ended. */
  signal(name: NodeJS.Signals): void;
  /** SIGTERM, after the grace SIGKILL, to all that the command has started too. Settles when it has ended. */
  stop(): Promise<Exit>;
}

export interface TetherOptions {
  cwd?: string;
  /** The whole environment of the command; this process's own when not given. */
  env?: NodeJS.ProcessEnv;
  output?: 'pipe' | 'inherit' | 'ignore';
  /** From SIGTERM to SIGKILL, in ms, when it is stopped and when this process is gone. */
  graceMs?: number;
}

/** A Temporal dev server and an idle worker end within a second; a busy two-core machine gets five times that. */
const DEFAULT_GRACE_MS = 5_000;

/** Plain JavaScript outside of `src/`, so that one path serves the build and tests that run the TypeScript sources. */
const TETHER = fileURLToPath(new URL('../../tools/tether.mjs', import.meta.url));

type TetherMessage = { started: number } | { failed: { code?: string; message: string } } | { exited: Exit };

/**
 * Starts a command that cannot outlive this process: not after a crash, not after SIGKILL.
 * It stands in a process group of its own, so Ctrl-C reaches this process only, which then stops things in order.
 *
 * @throws Error with the `code` of the operating system (`ENOENT`, `EACCES`) when the command cannot be started.
 */
export async function spawnTethered(
  command: string,
  args: readonly string[],
  options: TetherOptions = {},
): Promise<TetheredProcess> {
  const output = options.output ?? 'pipe';
  const tether = spawn(process.execPath, [TETHER, String(options.graceMs ?? DEFAULT_GRACE_MS), command, ...args], {
    detached: true,
    windowsHide: true,
    stdio: ['ignore', output, output, 'ipc'],
    cwd: options.cwd,
    env: options.env,
  });
  const exited = exitOf(tether);
  const pid = await startedPid(tether, command);

  const send = (message: { signal: NodeJS.Signals } | { stop: true }): void => {
    // The channel may close between the question and the sending: then the command has ended, which is no error.
    if (tether.connected) tether.send(message, () => {});
  };
  return {
    pid,
    stdout: tether.stdout,
    stderr: tether.stderr,
    exited,
    signal: (name) => send({ signal: name }),
    stop: () => {
      send({ stop: true });
      return exited;
    },
  };
}

function startedPid(tether: ChildProcess, command: string): Promise<number> {
  return new Promise((resolve, reject) => {
    tether.on('message', (message: TetherMessage) => {
      if ('started' in message) resolve(message.started);
      if ('failed' in message) {
        reject(Object.assign(new Error(message.failed.message), { code: message.failed.code }));
      }
    });
    tether.once('error', reject);
    tether.once('exit', () => reject(new Error(`The process that holds ${command} ended before it had started it.`)));
  });
}

async function exitOf(tether: ChildProcess): Promise<Exit> {
  let exit: Exit | undefined;
  tether.on('message', (message: TetherMessage) => {
    if ('exited' in message) exit = message.exited;
  });
  await once(tether, 'close').catch(() => undefined);
  // Without a word from the tether it went down together with its whole group, at the end of the grace.
  return exit ?? { code: null, signal: 'SIGKILL' };
}
