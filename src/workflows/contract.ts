import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import type { Leftover } from './failures.js';

/** What every order says about itself, whatever the platform. */
export interface OrderHead {
  /** e.g. `keap/acme` */
  readonly connection: string;
  /** The caller's own number of the order, `[A-Za-z0-9._-]`, 1 to 30 characters; one order whatever the case. */
  readonly reference: string;
  /** When to begin, ISO 8601 with an offset. At once if absent or past. */
  readonly startAt?: string | undefined;
}

/** What can be asked of a running order beside a cancel: what is sent, by the name of the update. */
export type Updates = Readonly<Record<string, unknown>>;

/**
 * What a service must know to start a story and to talk to it. `Input` is what the story gets once the input was
 * parsed, `Result` what it answers, `Asked` what its own updates take.
 */
export interface Contract<
  Input extends OrderHead = OrderHead,
  Result extends object = object,
  Asked extends Updates = Updates,
> {
  /** The workflow type, e.g. `keapOrder`. */
  readonly name: string;
  /** The platform of its connections, e.g. `keap`. */
  readonly platform: string;
  /** What a person calls it, e.g. `Keap order`. */
  readonly title: string;
  /** Members of the input that a `retry` may not correct: they say which order it is and what it is worth. */
  readonly fixed: readonly (keyof Input & string)[];
  /**
   * A completed run does not use up the reference: with other content it may run again; with the same content its result
   * is given. For orders that exist at the platform before, and to which every run adds.
   */
  readonly again?: true;
  /** The story that starts it, as a part of its own: nobody else does. */
  readonly partOf?: string;
  /** Names of the story's own updates, e.g. `amend`. Each is served while the order waits. */
  readonly updates?: readonly (keyof Asked & string)[];
  /** Carries the types; never there at run time. */
  readonly types?: { readonly input: Input; readonly result: Result; readonly updates: Asked };
}

/** The task queue of the stories. Those of connections and of serving follow from it. */
export const DEFAULT_TASK_QUEUE = 'waybill';

/** The queue on which a connection's activities wait for the process that serves it. */
export const connectionQueue = (taskQueue: string, connection: string): string => `${taskQueue}/${connection}`;

/** The queue on which the processes wait for connections to serve. */
export const serveQueue = (taskQueue: string): string => `${taskQueue}/serve`;

/**
 * The workflow id of an order: `<story>/<connection>/<REFERENCE>`. The reference is in capitals, so that one order is
 * one workflow whatever the case it was written in.
 */
export function orderWorkflowId(story: string, head: Pick<OrderHead, 'connection' | 'reference'>): string {
  const connection = head.connection.split('/').map(encodeURIComponent).join('/');
  return `${story}/${connection}/${encodeURIComponent(head.reference.toUpperCase())}`;
}

/** The workflow id of a connection, e.g. `connection/keap/acme`. */
export const connectionWorkflowId = (connection: string): string =>
  `connection/${connection.split('/').map(encodeURIComponent).join('/')}`;

/** The workflow id of a connection's hints, e.g. `hints/keap/acme`. */
export const hintsWorkflowId = (connection: string): string =>
  `hints/${connection.split('/').map(encodeURIComponent).join('/')}`;

/** What an order can be listed by in Temporal. No personal data: search attributes are never encrypted. */
export const attributes = {
  connection: defineSearchAttributeKey('WaybillConnection', SearchAttributeType.KEYWORD),
  reference: defineSearchAttributeKey('WaybillReference', SearchAttributeType.KEYWORD),
  phase: defineSearchAttributeKey('WaybillPhase', SearchAttributeType.KEYWORD),
} as const;

/** Where an order stands, as a closed list. */
export type Phase =
  /** The input is being checked; nothing was sent. */
  | 'admitting'
  /** It waits for its start time. */
  | 'scheduled'
  | 'working'
  /** It waits for the platform: for hours, or for months. */
  | 'waiting'
  /** It waits for a person's `resolve`, or a part of it does. */
  | 'held'
  /** A cancel is being decided. */
  | 'stopping'
  /** What was done is being taken back. */
  | 'undoing'
  | 'completed'
  | 'failed'
  | 'canceled';

/** The answer to a cancel. `pending` becomes one of the others, in status and result. */
export interface CancelAnswer {
  readonly verdict: 'stopped' | 'too-late' | 'partly' | 'pending';
  readonly reason: string;
}

/** The answer to an update of the story's own. `pending` is decided later, and then told in status. A refusal is an error. */
export interface UpdateAnswer {
  readonly verdict: 'done' | 'pending';
  readonly reason: string;
}

/** What was read of an order at its platform, told by whoever read it. */
export interface Told {
  /** In the shape that the story waits with. */
  readonly state: object;
  /** When its read was sent, in milliseconds since 1970: of two that are told, the one that was read later counts. */
  readonly readAt: number;
}

/** A state that an order has read by itself. */
export type Read<T> = T & {
  /** As in {@link Told}, by the same clock: that of the process which asks the platform. No part of the state. */
  readonly readAt?: number;
};

/** What the memo of an order says of what it knows. */
export interface Seen {
  /** Fingerprint of the state. */
  readonly print: string;
  /** The order's reference as it was written; search attributes have it in capitals. */
  readonly reference: string;
  /** A hint by which the platform may name it instead. */
  readonly alias?: string;
}

/**
 * `retry`: try again. `accept`: it was done by hand. `abandon`: take everything back. `leave`: let it be as it is.
 * While undoing: `retry`, `done`, `leave`.
 */
export type HoldAnswer = 'retry' | 'accept' | 'abandon' | 'done' | 'leave';

/** A person's answer to a hold. */
export interface Resolve {
  /** The hold it answers, from status. */
  readonly hold: string;
  readonly answer: HoldAnswer;
  /** With `accept`: the platform's id of what was done by hand; it is verified by a read. */
  readonly id?: string | undefined;
  /** With `retry`: corrected members of the input. */
  readonly input?: Readonly<Record<string, unknown>> | undefined;
}

/** A question to a person. */
export interface Hold {
  readonly id: string;
  readonly since: string;
  readonly question: string;
  readonly choices: readonly HoldAnswer[];
  readonly facts: readonly string[];
  readonly link?: string;
}

/** An open part of a story: its workflow, and the question that a person is asked there. */
export interface Part {
  readonly workflowId: string;
  readonly hold?: Pick<Hold, 'id' | 'question'>;
}

/** What a part tells the story that it is a part of. */
export interface PartNews {
  readonly workflowId: string;
  /** It asks a person; null: it does so no longer. */
  readonly hold?: Pick<Hold, 'id' | 'question'> | null;
  /** What is left of it, when it ends canceled: its own failure could not carry that. */
  readonly left?: readonly Leftover[];
}

/** One thing that happened to an order, in a shop's words. */
export interface Happening {
  /** Counts from 1 within a run, so that a follower knows what it has seen. */
  readonly n: number;
  readonly at: string;
  readonly text: string;
}

/** What the query `status` answers. The client adds what only the server knows. */
export interface StoryStatus {
  readonly story: string;
  readonly connection: string;
  readonly reference: string;
  readonly phase: Phase;
  /** The current step in words. */
  readonly step?: string;
  readonly since: string;
  readonly waitingFor?: string;
  /** Ids at the platform, by their names there. */
  readonly ids: Readonly<Record<string, string>>;
  readonly hold?: Hold;
  /** A part of the story that runs as a workflow of its own, once it has begun and can be asked. */
  readonly part?: Part;
  readonly cancel?: CancelAnswer;
  readonly undone: readonly string[];
  readonly left: readonly Leftover[];
  readonly happenings: readonly Happening[];
}

/** How a run ended. `too-late` and `partly`: a cancel came and could not, or not wholly, be granted. */
export interface Outcome {
  readonly outcome: 'completed' | 'too-late' | 'partly' | 'canceled' | 'failed';
  readonly reference: string;
  readonly undone: readonly string[];
  /** What is left to a person. Empty unless a person chose to leave it. */
  readonly left: readonly Leftover[];
  readonly cancel?: CancelAnswer;
}

/** Memo keys of an order. */
export const memoKeys = {
  /** SHA-256 of the parsed input, hexadecimal. */
  digest: 'waybill.digest',
  /** {@link Outcome}, on runs that did not complete. */
  outcome: 'waybill.outcome',
  /** {@link Seen}: who reads the same has nothing to tell. */
  seen: 'waybill.seen',
} as const;

/** Names of the updates, the query and the signals that every story takes. */
export const messages = {
  cancel: 'cancel',
  resolve: 'resolve',
  /** A query. Of a run that goes on `ask` is the way. */
  status: 'status',
  /** An update that is always refused: with a failure of the type {@link STANDS}, whose one detail is the status. */
  ask: 'ask',
  told: 'told',
  part: 'part',
} as const;

/** Of the failure by which a run says how it stands. */
export const STANDS = 'Stands';
