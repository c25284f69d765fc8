import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Progress } from '../processes/progress.js';

/** The Temporal CLI that Waybill is built and tested with, pinned in `tools/temporal/go.mod`: server 1.32.0, UI 2.54.1. */
export const TEMPORAL_CLI_VERSION = '1.9.1';

/** A Temporal CLI that runs. */
export interface Executable {
  path: string;
  /** As it names itself: `1.9.1 (Server 1.32.0, UI 2.54.1)`. */
  version: string;
  /** Where it was found, for people: `on the PATH`. */
  found: string;
}

/** Why one way of finding an executable came to nothing, as a clause: `nothing at /home/…`. */
export interface NotFound {
  missing: string;
}

/** What every way of finding an executable gets. */
export interface Search {
  env: NodeJS.ProcessEnv;
  progress: Progress;
}

export type FindExecutable = (search: Search) => Promise<Executable | NotFound>;

/** The CLI answers in a tenth of a second; a cold disk and a virus scanner may take seconds. */
const VERSION_TIMEOUT_MS = 15_000;

/** Runs `--version`: the only proof that a file is a Temporal CLI for this machine. Undefined when it is not. */
export async function versionOf(path: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(path, ['--version'], { env, timeout: VERSION_TIMEOUT_MS });
    return /^temporal version (.+)/.exec(stdout)?.[1];
  } catch {
    return undefined;
  }
}

/** Per user and per version, so that all clones of all projects share one, and an update does not meet an old one. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  return join(userCache(env), 'waybill', `temporal-cli-${TEMPORAL_CLI_VERSION}`);
}

export function cachedExecutable(env: NodeJS.ProcessEnv): string {
  return join(cacheFolder(env), executableName('temporal'));
}

export function executableName(command: string): string {
  return process.platform === 'win32' ? `${command}.exe` : command;
}

function userCache(env: NodeJS.ProcessEnv): string {
  // An empty value means unset: XDG Base Directory Specification.
  if (env.XDG_CACHE_HOME !== undefined && env.XDG_CACHE_HOME !== '') return env.XDG_CACHE_HOME;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  if (process.platform === 'win32') return env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  return join(homedir(), '.cache');
}
