import { mkdir } from 'node:fs/promises';
import { Client } from '@temporalio/client';
import { NativeConnection, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import type { Log } from './activities/platform.js';
import { serveActivities, serveSettings, UNTHROTTLED_MS } from './activities/serve.js';
import { storyActivities } from './activities/stories.js';
import type { Connection } from './connections.js';
import { storiesCode } from './stories.js';
import { type TemporalTarget, temporalTarget } from './temporal/connect.js';
import { configured } from './workflows/connection.js';
import { connectionWorkflowId, DEFAULT_TASK_QUEUE, serveQueue } from './workflows/contract.js';

export { ConfigurationError, type Connection, loadConnections, parseConnections } from './connections.js';

/** What a worker process needs to know. */
export interface WorkerOptions {
  /** From `loadConnections`. Processes that share a task queue share these connections out. */
  readonly connections: ReadonlyMap<string, Connection>;
  readonly temporal?: TemporalTarget;
  readonly taskQueue?: string;
  /** Where token pairs are kept, mode 0600. Processes that serve the same OAuth connection share this folder. */
  readonly stateFolder: string;
  readonly log: Log;
  /** How many orders are kept in memory; the others are read again when something happens to them. */
  readonly maxCachedOrders?: number;
  /** The stories, bundled. Without it they are bundled at the start, which takes some seconds. */
  readonly workflowBundle?: WorkflowBundleOption;
  /** Factor on all waiting times. For tests only: at less than 1 the settle times are shorter than a platform's lag. */
  readonly pace?: number;
}

/** A worker process that runs. */
export interface RunningWorker {
  /** Hands the connections over, finishes the writes that are under way, and stops. */
  stop(): Promise<void>;
  /** Settles when the worker has stopped, by itself or by {@link stop}; rejects when it broke. */
  readonly stopped: Promise<void>;
}

/** About 150 KiB each (see the benchmark): half a gigabyte when full, and a busy shop's open orders all fit. */
export const MAX_CACHED_ORDERS = 3_000;

/**
 * What happens to an order waits this long for the process that has it in memory, then another one reads it anew. The
 * SDK's 10 s would make the orders of a process that died wait for longer than its connections do.
 */
const STICKY_MS = 5_000;

/**
 * Starts a worker process: one worker for the stories, one that takes connections to serve, and an activity worker for
 * each connection that it serves at the moment.
 */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { connection: connectionOptions, namespace } = temporalTarget(options.temporal);
  await mkdir(options.stateFolder, { recursive: true, mode: 0o700 });
  const native = await NativeConnection.connect(connectionOptions as object);
  try {
    return await start(options, native, namespace);
  } catch (error) {
    // Refused while a worker that was made holds it; what went wrong first is what matters.
    await native.close().catch(() => undefined);
    throw error;
  }
}

async function start(options: WorkerOptions, native: NativeConnection, namespace: string): Promise<RunningWorker> {
  const { connections, stateFolder, log, taskQueue = DEFAULT_TASK_QUEUE, pace = 1 } = options;
  await announce(new Client({ connection: native, namespace }), taskQueue, connections);
  const workers = new Set<Promise<void>>();
  const process = { native, namespace, taskQueue, connections, stateFolder, log, pace, workers };
  const stories = await Worker.create({
    connection: native,
    namespace,
    taskQueue,
    ...(options.workflowBundle === undefined ? storiesCode() : { workflowBundle: options.workflowBundle }),
    activities: { ...storyActivities(connections, pace), serveSettings: serveSettings(connections) },
    maxCachedWorkflows: options.maxCachedOrders ?? MAX_CACHED_ORDERS,
    stickyQueueScheduleToStartTimeout: STICKY_MS,
    // Without a cache Core has room for one run; a task that it takes beside that one lies there until its time-out.
    ...(options.maxCachedOrders === 0 ? { maxConcurrentWorkflowTaskExecutions: 1 } : {}),
  });
  const serving = await Worker.create({
    connection: native,
    namespace,
    taskQueue: serveQueue(taskQueue),
    activities: serveActivities(process),
    maxConcurrentActivityTaskExecutions: Math.max(1, connections.size),
    // A process that froze gets what its polls wait for, and loses it after a lease: with one poll that happens once.
    maxConcurrentActivityTaskPolls: 1,
    maxHeartbeatThrottleInterval: UNTHROTTLED_MS,
  });
  const main = [stories, serving];
  const stop = () => {
    for (const worker of main) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  const running = main.map((worker) => worker.run());
  // One without the other would take orders and carry none, or keep connections from other processes.
  for (const run of running) void run.catch(stop);
  log.info('worker started', { taskQueue, connections: [...connections.keys()] });

  const stopped = Promise.allSettled(running)
    .then(() => Promise.allSettled(workers))
    .then(() => native.close())
    .then(() => Promise.all(running))
    .then(() => log.info('worker stopped'));
  return {
    stopped,
    async stop() {
      stop();
      await stopped;
    },
  };
}

/** Starts the workflow of each connection, or tells it that the configuration may have changed. */
async function announce(
  client: Client,
  taskQueue: string,
  connections: ReadonlyMap<string, Connection>,
): Promise<void> {
  for (const name of connections.keys()) {
    await client.workflow.signalWithStart('connection', {
      workflowId: connectionWorkflowId(name),
      taskQueue,
      args: [name],
      signal: configured,
      staticSummary: `connection ${name}`,
    });
  }
}
