import { type ActivityFunction, type ActivityOptions, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { Cause } from './cause.js';
import { causeOf } from './cause.js';
import { connectionQueue } from './contract.js';
import { hold } from './hold.js';
import type { Kit } from './kit.js';
import { happened, markSent } from './run.js';
import { paced, timing } from './timing.js';

/** How a step behaves, and what it is called in the Temporal UI. */
export interface StepOptions<A extends ActivityFunction = ActivityFunction> {
  /** What it does, in a few words: `create the order`. */
  readonly says: string | ((...args: Parameters<A>) => string);
  /**
   * `read`: changes nothing. `set`: may run twice with the effect of once. `create`: must not run twice; what became
   * of it is settled by {@link once}. `undo`: takes something back, may run twice.
   */
  readonly kind: 'read' | 'set' | 'create' | 'undo';
  /** `create` only: how often it may be sent again after the whole settle schedule has found nothing. */
  readonly resend?: 0 | 1 | 2;
  /** `create` only: several orders share what it makes. Refused, it is looked for over the whole settle schedule first. */
  readonly raced?: true;
  /** What happened, in a shop's words, for status and followers. Nothing is told without it. */
  readonly done?: (result: Awaited<ReturnType<A>>, ...args: Parameters<A>) => string | undefined;
}

/** A step that a story can call: its activity, guarded. */
export interface Step<A extends ActivityFunction> {
  (...args: Parameters<A>): Promise<Awaited<ReturnType<A>>>;
  readonly options: StepOptions<A>;
  /** When to look again after a lost answer, in milliseconds after the end of the attempt; ends with the longest lag of the platform's search. */
  readonly settle: readonly number[];
}

export type Steps<T> = { readonly [K in keyof T]: T[K] extends ActivityFunction ? Step<T[K]> : never };
export type StepTable<T> = {
  readonly [K in keyof T]: T[K] extends ActivityFunction ? StepOptions<T[K]> : never;
};

/** Settled by looking, never by asking the server to repeat: a write whose attempt ended without an answer. */
const NEVER_BLINDLY = ['TemporalTimeout:StartToClose', 'TemporalTimeout:Heartbeat'];

/** Makes the steps of a platform out of its activities. */
export function makeSteps<T>(kit: Kit, settle: readonly number[], table: StepTable<T>): Steps<T> {
  kit.settle = settle;
  const queue = connectionQueue(workflowInfo().taskQueue, kit.run.head.connection);
  const steps: Record<string, Step<ActivityFunction>> = {};
  for (const [name, options] of Object.entries(table) as [string, StepOptions][]) {
    const call = (...args: unknown[]) => guarded(kit, queue, name, options, args);
    steps[name] = Object.assign(call, { options, settle });
  }
  return steps as unknown as Steps<T>;
}

const saysOf = (options: StepOptions, args: unknown[]): string =>
  typeof options.says === 'string' ? options.says : options.says(...args);

async function guarded(kit: Kit, queue: string, name: string, options: StepOptions, args: unknown[]): Promise<unknown> {
  const { run, cancel } = kit;
  kit.underWay++;
  try {
    for (;;) {
      if (cancel.waiting) await cancel.boundary();
      const says = saysOf(options, args);
      run.step = says;
      run.since = Date.now();
      kit.show();
      if (options.kind === 'set' && !kit.undoing) markSent(run, 'perhaps');
      try {
        const result = await cancel.interruptibly(() => start(kit, queue, name, options.kind, says, args));
        if (options.kind === 'set' && !kit.undoing) markSent(run, 'yes');
        const news = options.done?.(result, ...args);
        if (news !== undefined) happened(run, news);
        return result;
      } catch (error) {
        const cause = causeOf(error);
        if (cancel.wasAsked && isUnsent(cause, options.kind)) continue;
        if (options.kind === 'create' || !heldForAPerson(kit, cause)) throw error;
        await holdStep(kit, says, cause);
      }
    }
  } finally {
    kit.underWay--;
  }
}

/** The highest that Temporal has: a cancel and what it takes back go first. */
const URGENT = 1;

/** Temporal's own default is 3. Hints share it with reads; rounds come after. */
const priorities: Readonly<Record<StepOptions['kind'], number>> = { undo: URGENT, create: 2, set: 2, read: 3 };

function start(kit: Kit, queue: string, name: string, kind: StepOptions['kind'], summary: string, args: unknown[]) {
  const { pace } = kit.run;
  const options: ActivityOptions = {
    taskQueue: queue,
    summary,
    startToCloseTimeout: paced(timing.attempt, pace),
    heartbeatTimeout: Math.max(timing.heartbeatLeast, paced(timing.heartbeat, pace)),
    scheduleToCloseTimeout: paced(timing.patience, pace),
    // Not the SDK's default, whatever its documentation says: with that, a write under way counts as cancelled.
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
    priority: { priorityKey: kit.undoing || kit.cancel.deciding ? URGENT : priorities[kind] },
    retry: {
      initialInterval: paced(timing.retryFirst, pace),
      maximumInterval: paced(timing.retryMost, pace),
      ...(kind === 'create' ? { nonRetryableErrorTypes: NEVER_BLINDLY } : {}),
    },
  };
  const activity = proxyActivities<Record<string, ActivityFunction>>(options)[name];
  if (activity === undefined) throw new TypeError(`no activity is called ${name}`);
  return activity(...args);
}

/** Failures that certainly did not happen, which the server repeats as long as nobody asks for a cancel. */
const REPEATED: readonly (Cause['type'] | undefined)[] = ['Unavailable', 'RateLimited', 'NotAuthorized'];

/** A cancel took the step out of the queue, or it failed in a way that only the cancel kept from being repeated. */
function isUnsent(cause: Cause, kind: StepOptions['kind']): boolean {
  if (!cause.withdrawn) return cause.cancelled;
  return cause.lost === undefined ? REPEATED.includes(cause.type) : kind !== 'create';
}

/** A step that was tried long enough, and any failure past the point of no return, is a person's to decide. */
export function heldForAPerson({ run, cancel, undoing }: Kit, cause: Cause): boolean {
  if (undoing || cancel.deciding) return false;
  return cause.exhausted || run.noReturn !== undefined;
}

async function holdStep(kit: Kit, says: string, cause: Cause): Promise<void> {
  await hold<void>(kit, {
    question: cause.exhausted ? `"${says}" kept failing. Try again?` : `"${says}" failed. Try again?`,
    facts: [cause.message, ...(cause.details.problems ?? []), ...(kit.run.noReturn ? [kit.run.noReturn] : [])],
    retry: () => undefined,
    abandon: cause.failure,
  });
}
