import { readFileSync } from 'node:fs';
import { BadInput } from './exit.js';

/** Reads JSON from a file, or from standard input for `-`. Throws {@link BadInput}. */
export function readJson(path: string): { readonly value: unknown; readonly source: string } {
  const source = path === '-' ? 'standard input' : path;
  return { value: parseJson(readText(path, source), source), source };
}

/** Parses JSON that came from `source`. Throws {@link BadInput}, which says where the mistake is but not what stands there. */
export function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const position = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    throw new BadInput(source, [
      `expected JSON${position === undefined ? '' : `; the mistake is ${place(text, Number(position))}`}`,
    ]);
  }
}

function readText(path: string, source: string): string {
  try {
    // 0 is standard input, which `/dev/stdin` is not on every system.
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new BadInput(source, [code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code})`]);
  }
}

function place(text: string, position: number): string {
  const before = text.slice(0, position).split('\n');
  return `in line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
