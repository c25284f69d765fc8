import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import type { TestProject } from 'vitest/node';
import { progressOn } from '../src/processes/progress.js';
import { startDevServer } from '../src/temporal/dev-server.js';
import { findExecutable } from '../src/temporal/find-server.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** host:port of the Temporal server that all tests of the run share. */
    temporalAddress: string;
    /** Path of a Temporal CLI, for tests that need a server of their own. */
    temporalExecutable: string;
    /** Path of the stories' bundle. */
    workflowCode: string;
  }
}

/** Starts the one server of the run, and bundles the stories once. Without them nothing of it runs, and the run is red. */
export default async function setup(project: Pick<TestProject, 'provide'>): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-stories-'));
  const workflowCode = join(folder, 'workflow-bundle.js');
  const { code } = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../src/workflows', import.meta.url)),
    logger: new DefaultLogger('ERROR'),
  });
  await writeFile(workflowCode, code);
  const { path } = await findExecutable({ env: process.env, progress: progressOn(process.stderr) });
  const server = await startDevServer({
    executable: path,
    uiPort: 'none',
    searchAttributes: { WaybillConnection: 'Keyword', WaybillReference: 'Keyword', WaybillPhase: 'Keyword' },
    dynamicConfig: {
      // Months pass in seconds in the tests that ask for it; the others are not touched by it.
      'frontend.WorkflowTimeSkippingEnabled': true,
    },
  });
  project.provide('temporalAddress', server.address);
  project.provide('temporalExecutable', path);
  project.provide('workflowCode', workflowCode);
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  };
}
