import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { WorkflowBundleOption } from '@temporalio/worker';

/** The code of the stories as a worker loads it. */
export type StoriesCode =
  | { readonly workflowBundle: WorkflowBundleOption }
  | { readonly workflowsPath: string; readonly workflowBundle?: never };

/** The build's own bundle, so that all processes run the same code; the sources when run from there. */
export function storiesCode(): StoriesCode {
  const codePath = fileURLToPath(new URL('./workflow-bundle.js', import.meta.url));
  if (existsSync(codePath)) return { workflowBundle: { codePath } };
  return { workflowsPath: fileURLToPath(new URL('./workflows', import.meta.url)) };
}
