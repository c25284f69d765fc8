import type { ApplicationFailure } from '@temporalio/common';
import { type ActivityFunction, CancellationScope, proxyActivities, type Trigger } from '@temporalio/workflow';
import type { Admission } from '../activities/stories.js';
import type { Cancel } from './cancel.js';
import type { Resolve } from './contract.js';
import type { Inbox } from './inbox.js';
import type { RunState } from './run.js';

/** An update of the story's own that waits to be served, or was. */
export interface Request {
  readonly name: string;
  /** What it brought, as it came. */
  readonly raw: unknown;
  /** The same, parsed. */
  value: unknown;
  state: 'came' | 'being parsed' | 'parsed' | 'being served';
  answer: { readonly done: string } | { readonly refused: ApplicationFailure } | undefined;
}

/** What the parts of the kit share within one run. */
export interface Kit {
  readonly run: RunState;
  readonly cancel: Cancel;
  /** What is known of the order at its platform. */
  readonly inbox: Inbox;
  /** Updates of the story's own that are not answered yet, in the order in which they came. */
  readonly requests: Request[];
  /** A person's answer that waits to be served by the hold it is meant for. */
  answering: { readonly resolve: Resolve; readonly reply: Trigger<string> } | undefined;
  /** Takes over corrected members of the input; throws a `Rejected` failure that names what is wrong. */
  correct(input: Readonly<Record<string, unknown>>): Promise<void>;
  /** Looks for doubles that are still to be made, because something was sent twice. */
  readonly doubleChecks: { readonly look: () => Promise<void>; made: boolean }[];
  /** How many steps are under way. */
  underWay: number;
  /** True while what was done is being taken back. */
  undoing: boolean;
  /** A person gave up: the run ends. */
  abandoned: boolean;
  /** The last phase is reached: nothing is served any more. */
  closed: boolean;
  holds: number;
  /** How many holds a person has answered. */
  answered: number;
  /** The settle schedule of the story's platform, for undos. */
  settle: readonly number[];
  /** Shows where the run stands, in current details and search attributes. */
  show(): void;
}

/** The stories' own activities: they parse and decide, and call no platform. They run where the workflows run. */
export interface OwnActivities {
  admit(story: string, workflowId: string, input: unknown): Promise<Admission>;
  correct(story: string, order: unknown, change: unknown): Promise<unknown>;
  parseResolve(answer: unknown): Promise<Resolve>;
  /** @param order the parsed input as it is now */
  parseUpdate(story: string, name: string, order: unknown, value: unknown): Promise<unknown>;
  cancelOwnRun(): Promise<void>;
}

/** A few seconds are plenty for parsing; after that its process has died. */
const OWN_TIMEOUT_MS = 10_000;

/**
 * Runs one of the stories' own activities. They are no local ones: when a query comes with the workflow task in which a
 * local activity ends, SDK 1.24 records that end before the workflow has heard of it. When the history is replayed the
 * workflow hears of it earlier, drops the timer that it had begun to wait for, and the order is stuck.
 */
export function own<T>(summary: string, call: (own: OwnActivities) => Promise<T>): Promise<T> {
  const activities = proxyActivities<Record<string, ActivityFunction>>({
    startToCloseTimeout: OWN_TIMEOUT_MS,
    summary,
    retry: { nonRetryableErrorTypes: ['Rejected'] },
  });
  return CancellationScope.nonCancellable(() => call(activities as unknown as OwnActivities));
}
