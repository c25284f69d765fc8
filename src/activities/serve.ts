import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { type NativeConnection, Worker } from '@temporalio/worker';
import type { ServeSettings } from '../workflows/connection.js';
import { connectionQueue } from '../workflows/contract.js';
import { timing } from '../workflows/timing.js';
import { attending } from './attending.js';
import { changeActivities } from './changes.js';
import type { Connection } from './connection.js';
import { failure } from './failure.js';
import { createSend, type Send } from './http.js';
import { platforms } from './index.js';
import { webhookActivities } from './keep-webhooks.js';
import { Lease, type LeaseEnd } from './lease.js';
import { createLimiter, type Limiter, type LimiterState, unusedState } from './limiter.js';
import { concurrencyWith, type Limits, limitsOf } from './limits.js';
import type { Log, Platform, Served } from './platform.js';
import { Throttles } from './throttles.js';

/** What serving needs from its process. */
export interface Process {
  readonly native: NativeConnection;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly connections: ReadonlyMap<string, Connection>;
  readonly stateFolder: string;
  readonly log: Log;
  /** Factor on waiting times: 1, or less in tests. */
  readonly pace: number;
  /** Collects the activity workers: the process may end when they have ended. */
  readonly workers: Set<Promise<void>>;
}

/**
 * A process that has not been heard of for this long has lost its connections. Short enough to be back within 15 s of a
 * freeze, when the frozen process is given the connection once more (see `maxConcurrentActivityTaskPolls` in
 * `worker.ts`) and the server takes up to a second each time; long enough that a busy machine's hiccup is no death.
 */
const LEASE_MS = 4_000;

/** In an orderly hand-over this is waited for what is out: by then it has arrived and is counted (250 ms), answered or not. */
const LAST_ANSWERS_MS = 300;

/** A process whose worker broke leaves the connection to others for a while: what broke it may still be there. */
const REPAIR_MS = 1_000;

/**
 * Heartbeats are few and each counts. The SDK would keep them back for 0.8 of their time-out: an old state of the limiter
 * could then overtake a newer one, and one late beat would pass for a death.
 */
export const UNTHROTTLED_MS = 1;

/** Plenty for 25 tasks a second at a round trip of 100 ms. What waits in the polls of a process that froze is late. */
const POLLS = 4;

/** Settings and the activity itself. */
export function serveActivities(process: Process) {
  return {
    /** The activity `serve`: it lives as long as this process serves the connection. */
    serve: (name: string, carried?: LimiterState | null) => serve(process, name, carried),
  };
}

/** The activity `serveSettings`, for the connection workflow. */
export function serveSettings(connections: ReadonlyMap<string, Connection>) {
  return async (name: string): Promise<ServeSettings> => {
    const leader = leaders(connections).get(name);
    if (leader === undefined) throw failure('Unavailable', `${name} is not configured in this process`);
    const connection = connections.get(name);
    const platform = connection && platformOf(connection);
    const rounds = platform?.changes !== undefined && platform.rounds !== false;
    const webhooks = connection?.webhook !== undefined && platform?.webhook?.registration !== undefined;
    return { servedWith: leader, leaseMs: LEASE_MS, rounds, webhooks };
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

async function serve(process: Process, name: string, carried: LimiterState | null | undefined): Promise<LimiterState> {
  const leader = leaders(process.connections);
  const members = [...process.connections.values()].filter((each) => leader.get(each.name) === name);
  const first = members[0];
  if (first === undefined) {
    throw failure('Unavailable', `${name} is not configured in this process`, {}, { retryAfterMs: 1_000 });
  }
  const { info, heartbeat } = boundContext();
  const lease = new Lease();
  const limits = limitsOf(platformOf(first), members);
  const limiter = createLimiter({
    ...limits,
    state: stateOf(info.heartbeatDetails, carried),
    leaseMs: lease.ms,
    leaseUntil: () => lease.until,
  });
  const account = { limits, limiter, throttles: new Throttles(), lease, critical: new Set<Promise<unknown>>() };
  const end = (await lease.take(() => limiter.state())) ?? (await work(process, name, members, account));
  limiter.close();
  process.log.info('gives the connection up', { connection: name, why: end });
  await Promise.all([limiter.idle(LAST_ANSWERS_MS), ...account.critical]);
  const state = limiter.state();
  if (end === 'recalled') return state;
  heartbeat(state);
  throw ApplicationFailure.create({
    type: 'Unavailable',
    message: `${name} is handed over`,
    category: 'BENIGN',
    nextRetryDelay: end === 'broken' ? REPAIR_MS : 1,
  });
}

/** What the connections of one account share while this process serves them. */
interface Account {
  readonly limits: Limits;
  readonly limiter: Limiter;
  readonly throttles: Throttles;
  readonly lease: Lease;
  /** What must be finished before another process may serve the account. */
  readonly critical: Set<Promise<unknown>>;
}

/**
 * What is known of the sends before: from the last heartbeat, else from what the last owner left. Nothing is sent before
 * a heartbeat was acknowledged, so without either nobody ever served the account, unless the workflow says otherwise.
 */
function stateOf(beaten: LimiterState | undefined, carried: LimiterState | null | undefined): LimiterState | undefined {
  if (beaten !== undefined && beaten !== null) return beaten;
  return carried === undefined ? unusedState : (carried ?? undefined);
}

/** Runs the activity workers of the connections for as long as the lease is kept. */
async function work(
  process: Process,
  name: string,
  members: readonly Connection[],
  account: Account,
): Promise<LeaseEnd> {
  const workers: Worker[] = [];
  try {
    for (const member of members) {
      const worker = await createWorker(process, member, account);
      const running = worker.run();
      workers.push(worker);
      process.workers.add(running);
      void running
        .catch((error: unknown) => {
          process.log.warn('the worker of the connection broke', { connection: member.name, error });
          account.lease.giveUp();
        })
        .finally(() => process.workers.delete(running));
    }
    process.log.info('serves the connection', { connection: name });
    return await account.lease.keep(() => account.limiter.state());
  } finally {
    // Before the workers: whoever waits for a slot goes back to the queue.
    account.limiter.close();
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  }
}

function boundContext() {
  const context = Context.current();
  return { info: context.info, heartbeat: (details: unknown) => context.heartbeat(details) };
}

function createWorker(process: Process, connection: Connection, account: Account): Promise<Worker> {
  const { native, namespace, taskQueue, stateFolder, log } = process;
  const platform = platformOf(connection);
  const key = platform.key?.(connection).name;
  const concurrency = concurrencyWith(account.limits, key);
  const served: Served = {
    connection,
    send: sendOf(account, key),
    stateFolder,
    log,
    critical: (work) => {
      const promise = work();
      const over = promise.catch(() => undefined);
      account.critical.add(over);
      void over.then(() => account.critical.delete(over));
      return promise;
    },
  };
  return Worker.create({
    connection: native,
    namespace,
    taskQueue: connectionQueue(taskQueue, connection.name),
    activities: {
      ...platform.createActivities(served),
      ...changeActivities(connection.name, platform.changes?.(served), process.pace, log),
      ...webhookActivities(served, platform.webhook, process.pace),
    },
    interceptors: { activity: [attending(process.pace)] },
    maxConcurrentActivityTaskExecutions: concurrency,
    maxConcurrentActivityTaskPolls: Math.min(POLLS, concurrency),
    maxHeartbeatThrottleInterval: UNTHROTTLED_MS,
    // A write that is under way is finished and told, however long its attempt may take.
    shutdownGraceTime: timing.attempt,
    shutdownForceTime: timing.attempt,
  });
}

/** A pause is told at once, so that the next owner keeps it even if this process dies before its next beat. */
function sendOf({ limiter, throttles, lease }: Account, key: string | undefined): Send {
  const send = createSend({ limiter: key === undefined ? limiter : limiter.withKey(key), throttles });
  return Object.assign((...args: Parameters<Send>) => send(...args), {
    throttles,
    pause: (ms: number) => {
      send.pause(ms);
      lease.beatNow();
    },
  });
}
