import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Search } from '../../src/temporal/executable.js';

/** A machine of one test: its own PATH, with nothing on it, and its own cache. */
export interface Machine {
  search: Search;
  bin: string;
  cache: string;
  /** All that was said. */
  said: string[];
}

export function emptyMachine(): Machine {
  const root = mkdtempSync(join(tmpdir(), 'waybill-machine-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const [bin, cache] = [join(root, 'bin'), join(root, 'cache')];
  mkdirSync(bin);
  const said: string[] = [];
  const say = (text: string): void => {
    said.push(text);
  };
  return {
    search: { env: { PATH: bin, XDG_CACHE_HOME: cache }, progress: { line: say, step: say } },
    bin,
    cache: join(cache, 'waybill', 'temporal-cli-1.9.1'),
    said,
  };
}

/** Puts a shell script where a program is looked for. Its commands come from the real machine. */
export function putScript(folder: string, name: string, ...lines: string[]): string {
  const path = join(folder, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, ['#!/bin/sh', 'PATH=/usr/bin:/bin', ...lines, ''].join('\n'));
  chmodSync(path, 0o755);
  return path;
}

/** A Temporal CLI as far as the search for one looks at it. */
export function putTemporal(folder: string, version: string): string {
  return putScript(folder, 'temporal', `echo "temporal version ${version}"`);
}
