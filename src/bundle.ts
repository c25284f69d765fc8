// Bundles the stories beside the build, so that a worker starts at once and all processes run the same code.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const { code } = await bundleWorkflowCode({
  workflowsPath: fileURLToPath(new URL('./workflows', import.meta.url)),
  logger: new DefaultLogger('WARN'),
});
await writeFile(new URL('./workflow-bundle.js', import.meta.url), code);
