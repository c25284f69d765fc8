import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Mutant, mutated } from './mutants.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What is made from the rest, or is the same for all. */
const LEFT_OUT = ['node_modules', 'dist', '.git', '.waybill'];

/** A copy of the project, in which bugs are planted one at a time. */
export interface Copy {
  readonly folder: string;
  /** Throws when what the bug changes is not there any more. */
  expectFits(mutant: Mutant): Promise<void>;
  /** Does something while the bug is in the copy. */
  with<T>(mutant: Mutant, use: () => Promise<T>): Promise<T>;
  remove(): Promise<void>;
}

export async function copyProject(): Promise<Copy> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'waybill-mutants-')));
  await cp(root, folder, { recursive: true, filter: (path) => !LEFT_OUT.includes(relative(root, path)) });
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
  await mkdir(join(folder, '.waybill'));
  const pathOf = ({ file }: Mutant) => join(folder, file);
  return {
    folder,
    async expectFits(mutant) {
      mutated(await readFile(pathOf(mutant), 'utf8'), mutant);
    },
    async with(mutant, use) {
      const path = pathOf(mutant);
      const text = await readFile(path, 'utf8');
      await writeFile(path, mutated(text, mutant));
      try {
        return await use();
      } finally {
        await writeFile(path, text);
      }
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
