import type { Happening, Hold, OrderHead, Outcome, Part, Phase, StoryStatus } from './contract.js';
import type { Leftover } from './failures.js';
import type { Sent, Undone } from './found.js';

/** An undo that was registered, and whether the step behind it may have left something. */
export interface UndoEntry {
  readonly says: string;
  readonly run: (sent: Sent) => Promise<Undone>;
  sent: Sent;
}

/**
 * The state of one run of a story, in one place. It lives in the workflow function: module level state would leak
 * between runs.
 */
export interface RunState {
  readonly story: string;
  head: OrderHead;
  /** The parsed input. Corrections change it in place, so that the steps that follow see them. */
  order: Record<string, unknown>;
  /** Members of the input that have taken effect: a correction of them would change nothing at the platform. */
  readonly settled: Set<string>;
  /** Factor on every waiting time: 1, or less in tests. */
  pace: number;
  /** How long it waits for its platform before a person is asked, in milliseconds. */
  deadline: number;
  phase: Phase;
  step: string | undefined;
  since: number;
  waitingFor: string | undefined;
  readonly ids: Record<string, string>;
  /** A hint by which the platform may name it instead of the reference. */
  alias: string | undefined;
  readonly happenings: Happening[];
  hold: Hold | undefined;
  /** The part that is open, or is about to be. */
  part: Part | undefined;
  /** It has begun: from then on it can be asked. */
  partBegun: boolean;
  /** What the part has said that it leaves. */
  partLeft: readonly Leftover[];
  readonly undos: UndoEntry[];
  readonly undone: string[];
  readonly left: Leftover[];
  /** It was found finished: this run writes nothing and takes nothing back. */
  finished: boolean;
  /** Set when the run may no longer be taken back by itself, with the reason. */
  noReturn: string | undefined;
  outcome: Outcome | undefined;
}

/** What happened is kept for status and for followers; an order has a few dozen events, a runaway one is cut here. */
const HAPPENINGS_KEPT = 100;

export function openRun(story: string, head: OrderHead, pace: number, now: number): RunState {
  return {
    story,
    head,
    order: {},
    settled: new Set(),
    pace,
    deadline: 0,
    phase: 'admitting',
    step: undefined,
    since: now,
    waitingFor: undefined,
    ids: {},
    alias: undefined,
    happenings: [],
    hold: undefined,
    part: undefined,
    partBegun: false,
    partLeft: [],
    undos: [],
    undone: [],
    left: [],
    finished: false,
    noReturn: undefined,
    outcome: undefined,
  };
}

export function happened(run: RunState, text: string): void {
  const n = (run.happenings[run.happenings.length - 1]?.n ?? 0) + 1;
  run.happenings.push({ n, at: new Date(Date.now()).toISOString(), text });
  if (run.happenings.length > HAPPENINGS_KEPT) run.happenings.shift();
}

/** Tells the newest undo what is known of the step it belongs to. What was certain once stays certain. */
export function markSent(run: RunState, sent: Sent): void {
  const newest = run.undos[run.undos.length - 1];
  if (newest === undefined || newest.sent === 'yes') return;
  if (sent !== 'no') newest.sent = sent;
}

export function statusOf(run: RunState, cancel: StoryStatus['cancel']): StoryStatus {
  return {
    story: run.story,
    connection: run.head.connection,
    reference: run.head.reference,
    phase: run.phase,
    ...(run.step === undefined ? {} : { step: run.step }),
    since: new Date(run.since).toISOString(),
    ...(run.waitingFor === undefined ? {} : { waitingFor: run.waitingFor }),
    ids: run.ids,
    ...(run.hold === undefined ? {} : { hold: run.hold }),
    ...(run.part !== undefined && run.partBegun ? { part: run.part } : {}),
    ...(cancel === undefined ? {} : { cancel }),
    undone: run.undone,
    left: run.left,
    happenings: run.happenings,
  };
}

/** Puts another order in the place of the one of the run: in the same object, so that the steps that follow see it. */
export function replaceOrder(run: RunState, order: object): void {
  for (const name of Object.keys(run.order)) delete run.order[name];
  Object.assign(run.order, order);
}
