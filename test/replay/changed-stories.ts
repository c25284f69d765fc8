import { randomUUID } from 'node:crypto';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundleWithSourceMap } from '@temporalio/worker';

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
 * Bundles the stories as they would be after some changes. The copy lies inside the repository, where its packages are
 * found, in a folder that git ignores, and is removed again.
 */
export async function bundleChanged(changes: readonly Change[]): Promise<WorkflowBundleWithSourceMap> {
  const folder = join(root, '.waybill', `changed-stories-${randomUUID()}`);
  const workflowsPath = join(folder, 'workflows');
  try {
    await mkdir(folder, { recursive: true });
    await cp(join(root, 'src', 'workflows'), workflowsPath, { recursive: true });
    for (const change of changes) await apply(change, workflowsPath);
    return await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A change that changes nothing would make a control that cannot be red. */
async function apply({ file, from, to }: Change, workflowsPath: string): Promise<void> {
  const path = join(workflowsPath, file);
  const before = await readFile(path, 'utf8');
  const times = before.split(from).length - 1;
  if (times !== 1) throw new Error(`expected once in src/workflows/${file}, found ${times} times:\n${from}`);
  await writeFile(
    path,
    before.replace(from, () => to),
  );
}
