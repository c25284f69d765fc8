import type { ApplicationFailure } from '@temporalio/common';
import { type ActivityFunction, proxyLocalActivities, type Trigger } from '@temporalio/workflow';
import type { Admission } from '../activities/stories.js';
import type { Cancel } from './cancel.js';
import type { Resolve } from './contract.js';
import type { Inbox } from './inbox.js';
import type { RunState } from './run.js';

/** An update of the story's own that waits to be served, or was. */
export interface Request {
  readonly name: string;
  /** What it brought, parsed. */
  readonly value: unknown;
  answer: { readonly done: string } | { readonly refused: ApplicationFailure } | undefined;
}

/** What the parts of the kit share within one run. */
export interface Kit {
  readonly run: RunState;
  readonly cancel: Cancel;
  /** What is known of the order at its platform. */
  readonly inbox: Inbox;
  /** Updates of the story's own that wait to be served, in the order in which they came. */
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
  /** The last local activity that was begun; see {@link locally}. */
  local: Promise<unknown>;
}

/** The local activities of the stories: they parse and decide, and call no platform. */
export interface LocalActivities {
  admit(story: string, workflowId: string, input: unknown): Promise<Admission>;
  correct(story: string, order: unknown, change: unknown): Promise<unknown>;
  parseResolve(answer: unknown): Promise<Resolve>;
  /** @param order the parsed input as it is now */
  parseUpdate(story: string, name: string, order: unknown, value: unknown): Promise<unknown>;
  cancelOwnRun(): Promise<void>;
}

type AnyActivities = Record<string, ActivityFunction>;

/** Local activities run in the process of the workflow; a few seconds are plenty for parsing. */
const LOCAL_TIMEOUT_MS = 10_000;

const localActivities = (summary: string): LocalActivities =>
  proxyLocalActivities<AnyActivities>({
    startToCloseTimeout: LOCAL_TIMEOUT_MS,
    summary,
    retry: { nonRetryableErrorTypes: ['Rejected'] },
  }) as unknown as LocalActivities;

/**
 * Runs one local activity of a run after the other. The results of several that are under way come in one by one, but
 * all at once when the history is replayed, and what the story does between two of them would then come after both.
 */
export function locally<T>(kit: Kit, summary: string, call: (local: LocalActivities) => Promise<T>): Promise<T> {
  const result = kit.local.then(() => call(localActivities(summary)));
  kit.local = result.catch(() => undefined);
  return result;
}
