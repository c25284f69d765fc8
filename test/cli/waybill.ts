import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const cli = join(root, 'dist', 'cli.js');

/** A build takes half a minute where two cores are busy. */
const BUILD_WITHIN_MS = 120_000;

/** Before the tests of a file: the command that users run is the built one, so it must be built from today's sources. */
export function buildFirst(): void {
  beforeAll(() => {
    execFileSync(process.execPath, [join(root, 'tools', 'setup.mjs')], { cwd: root, stdio: 'pipe' });
  }, BUILD_WITHIN_MS);
}

/** What a run of the command came to. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `waybill` to its end in a process of its own. */
export async function waybill(
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly input?: string; readonly cwd?: string } = {},
): Promise<Ran> {
  const child = spawn(process.execPath, [cli, ...args], {
    env: { ...process.env, ...options.env },
    cwd: options.cwd ?? tmpdir(),
  });
  child.stdin.end(options.input ?? '');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (child.exitCode === null) await once(child, 'exit');
  return { code: child.exitCode, stdout, stderr };
}

/** A folder for the files of a test. Gives what writes one: the value as JSON, or a text as it is. */
export function inFolder(): (name: string, content: unknown) => string {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-cli-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return (name, content) => {
    const path = join(folder, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };
}
