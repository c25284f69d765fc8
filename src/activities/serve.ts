import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { type NativeConnection, Worker } from '@temporalio/worker';
import type { Connection } from '../connections.js';
import type { ServeSettings } from '../workflows/connection.js';
import { connectionQueue } from '../workflows/contract.js';
import { timing } from '../workflows/timing.js';
import { beating } from './beating.js';
import { failure } from './failure.js';
import { createSend } from './http.js';
import { platforms } from './index.js';
import { Lease } from './lease.js';
import { createLimiter, type Limiter, type LimiterState, unusedState, type Window } from './limiter.js';
import type { Log, Platform } from './platform.js';

/** What serving needs from its process. */
export interface Process {
  readonly native: NativeConnection;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly connections: ReadonlyMap<string, Connection>;
  readonly stateFolder: string;
  readonly log: Log;
  /** Collects the activity workers: the process may end when they have ended. */
  readonly workers: Set<Promise<void>>;
}

/**
 * A process that has not been heard of for this long has lost its connections. Short enough to be back within 15 s
 * of a crash, long enough that a busy machine's hiccup is not taken for one.
 */
const LEASE_MS = 5_000;

/** In an orderly hand-over the requests that are out get this long to have the head of their answer counted. */
const LAST_ANSWERS_MS = 1_000;

/** Tasks that wait inside a process are lost time when it dies: no more than the limiter lets through while one waits. */
const SECONDS_IN_HAND = 5;

/** Without a limit the platform's own speed decides; enough to keep two cores busy. */
const UNLIMITED_CONCURRENCY = 100;

/** Settings and the activity itself. */
export function serveActivities(process: Process) {
  return {
    /** The activity `serve`: it lives as long as this process serves the connection. */
    serve: (name: string, carried?: LimiterState) => serve(process, name, carried),
  };
}

/** The local activity `serveSettings`, for the connection workflow. */
export function serveSettings(connections: ReadonlyMap<string, Connection>) {
  return async (name: string): Promise<ServeSettings> => {
    const leader = leaders(connections).get(name);
    if (leader === undefined) throw failure('Unavailable', `${name} is not configured in this process`);
    return { servedWith: leader, leaseMs: LEASE_MS };
  };
}

/** Of the connections that use up one account's limit the first by name serves the others with it. */
function leaders(connections: ReadonlyMap<string, Connection>): Map<string, string> {
  const first = new Map<string, string>();
  const leader = new Map<string, string>();
  for (const connection of [...connections.values()].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const account = `${connection.platform}/${platformOf(connection).account(connection)}`;
    if (!first.has(account)) first.set(account, connection.name);
    leader.set(connection.name, first.get(account) ?? connection.name);
  }
  return leader;
}

function platformOf(connection: Connection): Platform {
  const platform = platforms.get(connection.platform);
  if (platform === undefined) throw new TypeError(`no platform is called ${connection.platform}`);
  return platform;
}

async function serve(process: Process, name: string, carried: LimiterState | undefined): Promise<LimiterState> {
  const leader = leaders(process.connections);
  const members = [...process.connections.values()].filter((each) => leader.get(each.name) === name);
  const first = members[0];
  if (first === undefined) {
    throw failure('Unavailable', `${name} is not configured in this process`, {}, { retryAfterMs: 1_000 });
  }
  const { info, heartbeat } = boundContext();
  const lease = new Lease();
  const windows = first.limits ?? platformOf(first).limits(first);
  const limiter = createLimiter({
    windows,
    state: info.heartbeatDetails ?? carried ?? (info.attempt === 1 ? unusedState : undefined),
    leaseMs: lease.ms,
    leaseUntil: () => lease.until,
  });
  const critical = new Set<Promise<unknown>>();
  const workers = await Promise.all(members.map((member) => createWorker(process, member, windows, limiter, critical)));
  for (const worker of workers) {
    const running = worker.run();
    process.workers.add(running);
    void running.finally(() => process.workers.delete(running)).catch(() => undefined);
  }
  process.log.info('serves the connection', { connection: name });
  const end = await lease.keep(() => limiter.state());
  limiter.close();
  for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  process.log.info('gives the connection up', { connection: name, why: end });
  await Promise.all([limiter.idle(LAST_ANSWERS_MS), ...critical]);
  const state = limiter.state();
  if (end === 'recalled') return state;
  heartbeat(state);
  throw ApplicationFailure.create({
    type: 'Unavailable',
    message: `${name} is handed over`,
    category: 'BENIGN',
    nextRetryDelay: 1,
  });
}

function boundContext() {
  const context = Context.current();
  return { info: context.info, heartbeat: (details: unknown) => context.heartbeat(details) };
}

function createWorker(
  process: Process,
  connection: Connection,
  windows: readonly Window[],
  limiter: Limiter,
  critical: Set<Promise<unknown>>,
): Promise<Worker> {
  const { native, namespace, taskQueue, stateFolder, log } = process;
  return Worker.create({
    connection: native,
    namespace,
    taskQueue: connectionQueue(taskQueue, connection.name),
    activities: platformOf(connection).createActivities({
      connection,
      send: createSend({ limiter }),
      stateFolder,
      log,
      critical: (work) => {
        const promise = work();
        const over = promise.catch(() => undefined);
        critical.add(over);
        void over.then(() => critical.delete(over));
        return promise;
      },
    }),
    interceptors: { activity: [beating] },
    maxConcurrentActivityTaskExecutions: concurrencyOf(windows),
    // A write that is under way is finished and told, however long its attempt may take.
    shutdownGraceTime: timing.attempt,
    shutdownForceTime: timing.attempt,
  });
}

function concurrencyOf(windows: readonly Window[]): number {
  const perSecond = windows.map(({ limit, perMs }) => (limit / perMs) * 1_000);
  return windows.length === 0
    ? UNLIMITED_CONCURRENCY
    : Math.max(1, Math.ceil(Math.min(...perSecond) * SECONDS_IN_HAND));
}
