import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import {
  cachedExecutable,
  type Executable,
  executableName,
  type NotFound,
  type Search,
  versionOf,
} from './executable.js';

/**
 * The file that `TEMPORAL_CLI` names.
 *
 * @throws Error when it is set to something that does not run: whoever set it wants that one and no other
 */
export async function fromEnvironment({ env }: Search): Promise<Executable | NotFound> {
  const path = env.TEMPORAL_CLI;
  if (path === undefined || path === '') return { missing: 'TEMPORAL_CLI is not set' };
  const version = await versionOf(path, env);
  if (version !== undefined) return { path, version, found: 'TEMPORAL_CLI' };
  throw new Error(
    `TEMPORAL_CLI is set to ${path}, but \`${path} --version\` does not answer as the Temporal CLI does. ` +
      'Set it to a Temporal CLI for this machine, or unset it to let Waybill find one.',
  );
}

/** The first `temporal` on the PATH, if it runs. */
export async function fromPath({ env }: Search): Promise<Executable | NotFound> {
  const path = await onPath('temporal', env);
  if (path === undefined) return { missing: 'there is no `temporal` on the PATH' };
  const version = await versionOf(path, env);
  if (version === undefined) return { missing: `${path} does not answer \`--version\` as the Temporal CLI does` };
  return { path, version, found: 'on the PATH' };
}

/** What an earlier download or build has left. */
export async function fromCache({ env }: Search): Promise<Executable | NotFound> {
  const path = cachedExecutable(env);
  if (!(await isExecutable(path))) return { missing: `there is nothing at ${path}` };
  const version = await versionOf(path, env);
  if (version === undefined) return { missing: `${path} is there, but does not run` };
  return { path, version, found: "the user's cache" };
}

/** Where the PATH of `env` has a command, as a shell would find it. */
export async function onPath(command: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  for (const folder of (env.PATH ?? '').split(delimiter).filter((entry) => entry !== '')) {
    const path = join(folder, executableName(command));
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
