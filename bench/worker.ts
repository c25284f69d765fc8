// The measured process: the product's worker, and beside it one for bare workflows with the same settings.
// Tells its CPU time and memory over IPC when asked.
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { parseConnections } from '../src/connections.js';
import { startWorker } from '../src/worker.js';
import type { BenchSettings } from './settings.js';

const { address, stateFolder, bundles, cached, only } = JSON.parse(process.argv[2] ?? '') as BenchSettings;
Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: 'ERROR' } },
});
const quiet = { info: () => {}, warn: () => {} };

async function runOrders(): Promise<Promise<void>[]> {
  // Nothing but the work is measured: no limits.
  const wanted = Object.entries(JSON.parse(process.env.BENCH_CONNECTIONS ?? '') as Record<string, object>);
  const connections = Object.fromEntries(wanted.map(([name, each]) => [name, { ...each, limits: [] }]));
  const { stopped } = await startWorker({
    temporal: { address },
    taskQueue: 'product',
    connections: parseConnections({ connections }, 'bench'),
    stateFolder,
    log: quiet,
    maxCachedOrders: cached,
    workflowBundle: { codePath: bundles.orders },
  });
  return [stopped];
}

async function runBare(): Promise<Promise<void>[]> {
  const connection = await NativeConnection.connect({ address });
  const bare = await Worker.create({
    connection,
    taskQueue: 'bare',
    enableNonLocalActivities: false,
    activities: { unused: async () => undefined },
    maxCachedWorkflows: cached,
    workflowBundle: { codePath: bundles.bare },
  });
  const echo = await Worker.create({
    connection,
    taskQueue: 'bare/echo',
    activities: { echo: async (value: unknown) => value, now: async () => Date.now() },
  });
  return [bare.run(), echo.run()];
}

const running = [...(only === 'bare' ? [] : await runOrders()), ...(only === 'orders' ? [] : await runBare())];

process.on('message', (message) => {
  if (message === 'usage') {
    globalThis.gc?.();
    const maxRss = process.resourceUsage().maxRSS * 1_024;
    process.send?.({ cpu: process.cpuUsage(), rss: process.memoryUsage().rss, maxRss });
  }
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
await Promise.all(running);
