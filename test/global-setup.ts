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
  }
}

/** Starts the one server of the run. Without one nothing of it runs, and the run is red. */
export default async function setup(project: Pick<TestProject, 'provide'>): Promise<() => Promise<void>> {
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
  return () => server.stop();
}
