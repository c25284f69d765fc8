import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
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

const DOWNLOAD = fileURLToPath(new URL('../../tools/download-temporal.mjs', import.meta.url));

/** Without a network most machines say so at once, but a firewall that drops packets says nothing. */
const NO_PROGRESS_MS = 15_000;
/** A download takes seconds. */
const POLL_MS = 200;

/** Lets the SDK download the pinned Temporal CLI into the user's cache, and gives up when no byte arrives for 15 s. */
export async function byDownload({ env, progress }: Search): Promise<Executable | NotFound> {
  const folder = cacheFolder(env);
  const downloaded = join(folder, fileOfTheSdk());
  progress.line(`Downloading the Temporal CLI ${TEMPORAL_CLI_VERSION} (only once for this user) …`);
  const download = await spawnTethered(process.execPath, [DOWNLOAD, `v${TEMPORAL_CLI_VERSION}`, folder], { env });
  try {
    const failure = await failureOf(download, folder);
    if (failure !== undefined) return { missing: `the download failed: ${failure}` };
    await rename(downloaded, cachedExecutable(env));
  } finally {
    // A download that was ended leaves its half, for which the SDK's next attempt would wait a minute.
    await rm(`${downloaded}.downloading`, { force: true });
  }
  const path = cachedExecutable(env);
  const version = await versionOf(path, env);
  if (version === undefined) return { missing: 'the download is not a Temporal CLI for this machine' };
  return { path, version, found: 'downloaded by the Temporal SDK' };
}

/** `crates/sdk-core/src/ephemeral_server/mod.rs` in the SDK's core: prefix, version as it was asked for, extension. */
function fileOfTheSdk(): string {
  return `temporal-v${TEMPORAL_CLI_VERSION}${process.platform === 'win32' ? '.exe' : ''}`;
}

/** Undefined when the download has succeeded. */
async function failureOf(download: TetheredProcess, folder: string): Promise<string | undefined> {
  let printed = '';
  download.stdout?.resume();
  download.stderr?.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  let code: number | null | undefined;
  void download.exited.then((exit) => {
    code = exit.code;
  });

  let bytes = 0;
  let lastProgress = Date.now();
  while (code === undefined) {
    const now = await bytesIn(folder);
    if (now !== bytes) lastProgress = Date.now();
    bytes = now;
    if (Date.now() - lastProgress > NO_PROGRESS_MS) {
      await download.stop();
      return `nothing arrived for ${NO_PROGRESS_MS / 1000} s`;
    }
    await pause(POLL_MS);
  }
  return code === 0 ? undefined : printed.trim();
}

async function bytesIn(folder: string): Promise<number> {
  let bytes = 0;
  for (const name of await readdir(folder)) {
    // A file may be renamed between the two calls.
    bytes += (await stat(join(folder, name)).catch(() => ({ size: 0 }))).size;
  }
  return bytes;
}
