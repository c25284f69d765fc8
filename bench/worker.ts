// The measured process: the product's worker, and beside it one for bare workflows with the same settings.
// Tells its CPU time and memory over IPC when asked.
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { parseConnections } from '../src/connections.js';
import { startWorker } from '../src/worker.js';
import { type BenchSettings, CACHED } from './settings.js';

const { address, stateFolder } = JSON.parse(process.argv[2] ?? '') as BenchSettings;
Runtime.install({ logger: new DefaultLogger('ERROR') });
const logger = new DefaultLogger('ERROR');
const quiet = { info: () => {}, warn: () => {} };

// Nothing but the work is measured: no limits.
const wanted = Object.entries(JSON.parse(process.env.BENCH_CONNECTIONS ?? '') as Record<string, object>);
const connections = Object.fromEntries(wanted.map(([name, each]) => [name, { ...each, limits: [] }]));

const product = await startWorker({
  temporal: { address },
  taskQueue: 'product',
  connections: parseConnections({ connections }, 'bench'),
  stateFolder,
  log: quiet,
  maxCachedOrders: CACHED,
  workflowBundle: await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../src/workflows', import.meta.url)),
    logger,
  }),
});

const native = await NativeConnection.connect({ address });
const bare = await Worker.create({
  connection: native,
  taskQueue: 'bare',
  enableNonLocalActivities: false,
  activities: { unused: async () => undefined },
  maxCachedWorkflows: CACHED,
  workflowBundle: await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('./bare-workflows.ts', import.meta.url)),
    logger,
  }),
});
const echo = await Worker.create({
  connection: native,
  taskQueue: 'bare/echo',
  activities: { echo: async (value: unknown) => value },
});
const running = [bare.run(), echo.run()];

process.on('message', (message) => {
  if (message === 'usage') {
    globalThis.gc?.();
    process.send?.({ cpu: process.cpuUsage(), rss: process.memoryUsage().rss });
  }
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
await Promise.all([product.stopped, ...running]);
