import {
  CancellationScope,
  condition,
  continueAsNew,
  defineSignal,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { connectionQueue, serveQueue } from './contract.js';
import { timing } from './timing.js';

/** How a connection is served, as the process that looked it up is configured. */
export interface ServeSettings {
  /** The connection whose process serves this one too, because they use up one account's limit; mostly itself. */
  readonly servedWith: string;
  /** A process that has not been heard of for this long has lost the connection, in milliseconds. */
  readonly leaseMs: number;
  /** Whether the platform can be asked about waiting orders. */
  readonly rounds: boolean;
  /** Whether its webhooks are registered over the platform's API, and the process knows where they go. */
  readonly webhooks?: boolean;
}

/**
 * What the process that serves a connection hands to the next: recent sends, a pause. Opaque to the workflow, but for
 * `undefined` (nobody has served it) and `null` (somebody has, and left no word).
 */
export type Carried = unknown;

/** A worker process has started, and its configuration may be a new one. */
export const configured = defineSignal('configured');

/** All open orders are to be looked at, now. */
export const readAll = defineSignal('readAll');

interface Settings {
  serveSettings(connection: string): Promise<ServeSettings>;
}

interface Serving {
  /** Runs for as long as its process serves the connection. */
  serve(connection: string, carried: Carried): Promise<Carried>;
}

/** They never complete: each slice of a round, and each pause, ends as a failure that is repeated. */
interface Rounds {
  round(connection: string): Promise<void>;
  keepWebhooks(connection: string): Promise<void>;
}

/** The activity has no end of its own; this only bounds one attempt, whose successor takes over at once. */
const SERVE_ATTEMPT = '30 days';

/** The next process gets the connection this soon after the last one gave it up. */
const HAND_OVER_MS = 100;

/** A slice of a round takes half a minute, and the request that it ends with one attempt more. */
const ROUND_ATTEMPT_MS = 30_000 + timing.attempt;

/**
 * A slice that was lost with its process, or that broke, is taken up again after this. Each slice is an attempt, and each
 * pause that is meant says itself how long it is: one that doubles with the attempts would always be at its longest.
 */
const ROUND_AGAIN_MS = 10_000;

/** Behind everything that an order waits for; 3 is Temporal's own default. */
const ROUNDS_PRIORITY = 4;

/**
 * One connection: decides which process serves it, has its open orders looked at in rounds, and its webhooks kept. The
 * process that gets the activity `serve` runs the connection's activities for as long as that activity lives, so that
 * limits, the refresh of tokens and caches need no other coordination. All of these are long activities that keep what
 * they know in their heartbeats: the history of a connection grows with none of them.
 */
export async function connection(name: string, carried?: Carried): Promise<void> {
  // No local activity: see `own` of the stories' kit.
  const { serveSettings } = proxyActivities<Settings>({
    startToCloseTimeout: '10 s',
    summary: 'read how the connection is served',
  });
  let reread = true;
  let rounds: CancellationScope | undefined;
  let webhooks: CancellationScope | undefined;
  setHandler(configured, () => {
    reread = true;
  });
  setHandler(readAll, () => {
    if (rounds === undefined) return;
    rounds.cancel();
    rounds = goRound('round', name);
  });
  let serving: { readonly scope: CancellationScope; readonly ended: Promise<Carried> } | undefined;
  let last = carried;
  const stop = async () => {
    serving?.scope.cancel();
    last = await serving?.ended;
    serving = undefined;
  };
  while (!workflowInfo().continueAsNewSuggested) {
    reread = false;
    const settings = await serveSettings(name);
    const own = settings.servedWith === name;
    setCurrentDetails(own ? `serves ${name}` : `${name} is served with ${settings.servedWith}: one account, one limit`);
    if (!own) await stop();
    else serving ??= start(name, settings.leaseMs, last);
    if (settings.rounds) rounds ??= goRound('round', name);
    if (settings.webhooks) webhooks ??= goRound('keepWebhooks', name);
    await condition(() => reread || workflowInfo().continueAsNewSuggested);
  }
  rounds?.cancel();
  webhooks?.cancel();
  await stop();
  await continueAsNew<typeof connection>(name, last);
}

function start(name: string, leaseMs: number, carried: Carried) {
  const { serve } = proxyActivities<Serving>({
    taskQueue: serveQueue(workflowInfo().taskQueue),
    summary: `serve ${name}`,
    startToCloseTimeout: SERVE_ATTEMPT,
    heartbeatTimeout: leaseMs,
    retry: { initialInterval: HAND_OVER_MS, backoffCoefficient: 1 },
    // Not the SDK's default, whatever its documentation says: with that, the next owner would not wait for this one.
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  });
  const scope = new CancellationScope({ cancellable: true });
  // A process that dies in the middle of a cancel leaves no word.
  const ended = scope.run(() => serve(name, carried)).catch(() => null);
  return { scope, ended };
}

const summaries = {
  round: (name: string) => `look at the open orders of ${name}`,
  keepWebhooks: (name: string) => `keep the webhooks of ${name} switched on`,
} as const;

function goRound(what: keyof Rounds, name: string): CancellationScope {
  const rounds = proxyActivities<Rounds>({
    taskQueue: connectionQueue(workflowInfo().taskQueue, name),
    summary: summaries[what](name),
    startToCloseTimeout: ROUND_ATTEMPT_MS,
    retry: { initialInterval: ROUND_AGAIN_MS, backoffCoefficient: 1 },
    priority: { priorityKey: ROUNDS_PRIORITY },
    cancellationType: 'TRY_CANCEL',
  });
  const scope = new CancellationScope({ cancellable: true });
  void scope.run(() => rounds[what](name)).catch(() => undefined);
  return scope;
}
