import { randomUUID } from 'node:crypto';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundle } from '@temporalio/worker';

/** One place in the code of the stories that is written differently. */
export interface Change {
  /** Below `src/workflows`. */
  readonly file: string;
  /** Stands there exactly once. */
  readonly from: string;
  readonly to: string;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Bundles the stories as they would be after some changes, for each name its own. Bundling takes seconds, so all are
 * bundled at once: every changed file stands in the bundle beside the one that it is made from, and changes places with it
 * where it is wanted. The copy lies inside the repository, where its packages are found, in a folder that git ignores,
 * and is removed again.
 */
export async function bundleChanged<Name extends string>(
  changesOf: Readonly<Record<Name, readonly Change[]>>,
): Promise<Readonly<Record<Name, WorkflowBundle>>> {
  const folder = join(root, '.waybill', `changed-stories-${randomUUID()}`);
  const workflowsPath = join(folder, 'workflows');
  try {
    await mkdir(folder, { recursive: true });
    await cp(join(root, 'src', 'workflows'), workflowsPath, { recursive: true });
    const sets = Object.entries<readonly Change[]>(changesOf);
    const changed = await Promise.all(
      sets.map(async ([name, changes], n) => [name, await write(changes, workflowsPath, n)] as const),
    );
    const { code } = await bundleWith(folder, workflowsPath, [
      ...new Set(changed.flatMap(([, pairs]) => pairs.map(([, made]) => made))),
    ]);
    return Object.fromEntries(changed.map(([name, pairs]) => [name, { code: pairs.reduce(exchange, code) }])) as Record<
      Name,
      WorkflowBundle
    >;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A file and the one that is made from it, below the folder of the workflows. */
type Pair = readonly [file: string, made: string];

/** Writes the changed files beside those that they are made from. */
async function write(changes: readonly Change[], workflowsPath: string, n: number): Promise<Pair[]> {
  const texts = new Map<string, string>();
  for (const change of changes) {
    const before = texts.get(change.file) ?? (await readFile(join(workflowsPath, change.file), 'utf8'));
    texts.set(change.file, apply(change, before));
  }
  return Promise.all(
    [...texts].map(async ([file, text]) => {
      const made = file.replace(/\.ts$/, `.change-${n}.ts`);
      await writeFile(join(workflowsPath, made), text);
      return [file, made] as const;
    }),
  );
}

/** A change that changes nothing would make a control that cannot be red. */
function apply({ file, from, to }: Change, before: string): string {
  const times = before.split(from).length - 1;
  if (times !== 1) throw new Error(`expected once in src/workflows/${file}, found ${times} times:\n${from}`);
  return before.replace(from, () => to);
}

/** Bundles the stories, and with them files that nothing of theirs imports. */
async function bundleWith(folder: string, workflowsPath: string, files: readonly string[]): Promise<WorkflowBundle> {
  const beside = join(folder, 'beside.cjs');
  // Never called: a file must be asked for to come into the bundle, and must not run.
  await writeFile(
    beside,
    `module.exports = () => [${files.map((file) => `require(${JSON.stringify(join(workflowsPath, file))})`).join(', ')}];\n`,
  );
  return bundleWorkflowCode({
    workflowsPath,
    logger: new DefaultLogger('ERROR'),
    // Of several entries the last one is what a worker gets. The context gives the modules short names.
    webpackConfigHook: (config) => ({ ...config, context: folder, entry: [beside, ...(config.entry as string[])] }),
  });
}

/** Lets two modules of a bundle change places: what imports the one gets the other. */
function exchange(code: string, [file, made]: Pair): string {
  const [one, other] = [file, made].map((name) => `/***/ "./workflows/${name}"`) as [string, string];
  const parts = code.split(one).map((part) => part.split(other));
  if (parts.length !== 2 || parts.flat().length !== 3)
    throw new Error(`not once in the bundle of the stories: ${file}`);
  return parts.map((part) => part.join(one)).join(other);
}
