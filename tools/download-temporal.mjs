// Downloads the Temporal CLI by the SDK's own mechanism, which can only download and start in one: so the server is
// started and ended again, which also proves that it runs. In a process of its own, because a download of the SDK
// cannot be cancelled, and because its native runtime stays in the process that has used it.
//
// usage: node download-temporal.mjs <version, as v1.2.3> <folder>
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime } from '@temporalio/worker';

const [, , version, downloadDir] = process.argv;
Runtime.install({ logger: new DefaultLogger('ERROR') });
try {
  const environment = await TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'cached-download', version, downloadDir } },
  });
  await environment.teardown();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
