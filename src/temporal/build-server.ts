import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawnTethered, type TetheredProcess } from '../processes/tethered.js';
import {
  cachedExecutable,
  cacheFolder,
  type Executable,
  type NotFound,
  type Search,
  TEMPORAL_CLI_VERSION,
  versionOf,
} from './executable.js';
import { onPath } from './find-installed.js';

const GO_MODULE = fileURLToPath(new URL('../../tools/temporal', import.meta.url));

/** Often enough to be seen alive, seldom enough for a CI log. */
const PROGRESS_MS = 10_000;
/** Go prints the cause last, after the names of the packages. */
const LINES_OF_A_FAILURE = 15;

/** Builds the Temporal CLI that `tools/temporal` pins into the user's cache. */
export async function byGo({ env, progress }: Search): Promise<Executable | NotFound> {
  const go = await onPath('go', env);
  if (go === undefined) return { missing: 'there is no `go` on the PATH (https://go.dev/dl, any version from 1.21)' };
  await removeLeftovers(cacheFolder(env));

  progress.line(
    `Building the Temporal server ${TEMPORAL_CLI_VERSION} with Go. This takes some minutes, once for this user on this machine …`,
  );
  const unfinished = join(cacheFolder(env), `temporal.${process.pid}.tmp`);
  const failure = await build(go, unfinished, { env, progress });
  if (failure !== undefined) return { missing: `the build with ${go} failed:\n${failure}` };

  const version = await versionOf(unfinished, env);
  if (version === undefined) return { missing: `what ${go} has built does not run` };
  const path = cachedExecutable(env);
  await rename(unfinished, path);
  return { path, version, found: 'built with Go' };
}

/** Undefined when it was built. */
async function build(go: string, output: string, { env, progress }: Search): Promise<string | undefined> {
  const started = Date.now();
  const compiler = await spawnTethered(
    go,
    // Without symbol tables: a third smaller, and linked sooner.
    ['build', '-ldflags', '-s -w', '-o', output, 'github.com/temporalio/cli/cmd/temporal'],
    // No C compiler is needed, so none that is broken can be met; and the workspace of a folder above is not ours.
    { cwd: GO_MODULE, env: { ...env, CGO_ENABLED: '0', GOWORK: 'off' } },
  );
  const lastLines = collectLines(compiler);
  const ticking = setInterval(() => {
    progress.step(
      `Building the Temporal server: ${minutesAndSeconds(Date.now() - started)} so far, usually 4 to 7 minutes`,
    );
  }, PROGRESS_MS);
  const { code } = await compiler.exited;
  clearInterval(ticking);
  if (code !== 0) return lastLines();
  progress.line(`Built the Temporal server in ${minutesAndSeconds(Date.now() - started)}.`);
  return undefined;
}

function collectLines(compiler: TetheredProcess): () => string {
  let printed = '';
  for (const stream of [compiler.stdout, compiler.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  return () => printed.trim().split('\n').slice(-LINES_OF_A_FAILURE).join('\n');
}

/** Of builds that were ended: each is a hundred megabytes, and no build is going on while the lock is ours. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (/^temporal\.\d+\.tmp$/.test(name)) await rm(join(folder, name));
  }
}

function minutesAndSeconds(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
