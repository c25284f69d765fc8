import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { withProcessLock } from '../../tools/process-lock.mjs';
import { byGo } from './build-server.js';
import { byDownload } from './download-server.js';
import {
  cachedExecutable,
  cacheFolder,
  type Executable,
  type FindExecutable,
  type NotFound,
  type Search,
} from './executable.js';
import { fromCache, fromEnvironment, fromPath } from './find-installed.js';

/** Where the Temporal server is: one that runs, or a CLI that can start one. */
export type FoundServer = { address: string } | { executable: Executable };

/** The two ways that need minutes or a network; replaceable because a test has neither. */
export interface Sources {
  download: FindExecutable;
  build: FindExecutable;
}

const SOURCES: Sources = { download: byDownload, build: byGo };

/** There is no Temporal server, and no way to get one. The message names the five ways and what each lacks. */
export class NoTemporalServerError extends Error {
  override readonly name = 'NoTemporalServerError';
}

/** The server at `TEMPORAL_ADDRESS`, or else what {@link findExecutable} finds. Says which it is. */
export async function findServer(search: Search, sources: Sources = SOURCES): Promise<FoundServer> {
  const address = search.env.TEMPORAL_ADDRESS;
  if (address !== undefined && address !== '') {
    search.progress.line(`Temporal server: the one at ${address} (TEMPORAL_ADDRESS)`);
    return { address };
  }
  return { executable: await findExecutable(search, sources) };
}

/**
 * Finds a Temporal CLI, in this order: `TEMPORAL_CLI`, the PATH, the user's cache, the SDK's download of the pinned
 * version, a build with Go; the last two into the cache. Says which it is.
 *
 * @throws NoTemporalServerError when there is none and none can be had
 * @throws Error when `TEMPORAL_CLI` is set to something else
 */
export async function findExecutable(search: Search, sources: Sources = SOURCES): Promise<Executable> {
  const installed = await first([fromEnvironment, fromPath, fromCache], search);
  const executable = 'missing' in installed ? await obtain(search, sources, installed.missing) : installed;
  search.progress.line(`Temporal server: ${executable.path} ${executable.version}, ${executable.found}`);
  return executable;
}

/** One process at a time: two builds side by side take twice as long, and two downloads fetch it twice. */
async function obtain(search: Search, sources: Sources, notInstalled: string[]): Promise<Executable> {
  const folder = cacheFolder(search.env);
  await mkdir(folder, { recursive: true });
  const lock = join(folder, 'lock');
  const waiting = (pid: number): void =>
    search.progress.line(`Process ${pid} is getting the Temporal server already: waiting for it (${lock}) …`);
  return withProcessLock(lock, waiting, async () => {
    // The process that was waited for has left it there.
    const obtained = await first([fromCache, sources.download, sources.build], search);
    if (!('missing' in obtained)) return obtained;
    throw new NoTemporalServerError(fiveWays(search, [...notInstalled.slice(0, 2), ...obtained.missing]));
  });
}

async function first(ways: readonly FindExecutable[], search: Search): Promise<Executable | { missing: string[] }> {
  const missing: string[] = [];
  for (const way of ways) {
    const result: Executable | NotFound = await way(search);
    if (!('missing' in result)) return result;
    missing.push(result.missing);
  }
  return { missing };
}

function fiveWays({ env }: Search, [environment, path, cache, download, build]: string[]): string {
  return [
    'Waybill needs a Temporal server, and there is none. Any one of these five gives it one:',
    '  1. A server that runs already: set TEMPORAL_ADDRESS to its host:port. (The tests always start their own.)',
    '  2. The Temporal CLI: set TEMPORAL_CLI to its path, or put `temporal` on the PATH',
    '     (https://docs.temporal.io/cli).',
    `     At present ${environment}, and ${path}.`,
    `  3. A Temporal CLI in the user's cache, at ${cachedExecutable(env)}.`,
    `     At present ${cache}.`,
    '  4. A network: then the Temporal CLI is downloaded from temporal.download.',
    `     At present ${download}`,
    '  5. Go: then the Temporal CLI is built from tools/temporal, with the modules that Go has or can download.',
    `     At present ${build}`,
  ].join('\n');
}
