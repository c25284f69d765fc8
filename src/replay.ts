import type { HistoryAndWorkflowId } from '@temporalio/client';
import proto, { type temporal } from '@temporalio/proto';
import { Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { startOf } from './replay/history-file.js';
import { storiesCode } from './stories.js';

export { HistoryFileError, readHistory } from './replay/history-file.js';

type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

/** What became of one recorded run when today's code was played against it. */
export interface Replayed {
  readonly workflowId: string;
  readonly runId: string;
  /** The workflow type, e.g. `keapOrder`. */
  readonly story: string;
  /** Absent when the code still does what the history says. */
  readonly difference?: Difference;
}

/** Where today's code leaves a recorded history. */
export interface Difference {
  /** What the code would do instead, or why it could not run at all, in Temporal's words. */
  readonly reason: string;
  /** The first event that differs. Absent when the code differs before any event, or could not run. */
  readonly event?: { readonly id: number; readonly type: string; readonly name?: string };
}

/**
 * Plays recorded histories against the current code of the stories: run it before a deployment, over the histories of
 * orders that are still open. Nothing is sent anywhere.
 *
 * @param options `workflowBundle`: other code than that of this installation
 * @example
 * const open = client.workflow.list({ query: 'ExecutionStatus = "Running"' }).intoHistories();
 * for await (const { workflowId, difference } of replay(open)) {
 *   if (difference) console.error(workflowId, difference.event?.id, difference.reason);
 * }
 */
export async function* replay(
  histories: AsyncIterable<HistoryAndWorkflowId> | Iterable<HistoryAndWorkflowId>,
  options: { readonly workflowBundle?: WorkflowBundleOption } = {},
): AsyncGenerator<Replayed> {
  const code = options.workflowBundle === undefined ? storiesCode() : { workflowBundle: options.workflowBundle };
  // One is replayed at a time, so an answer is always about the history that was handed out last.
  let underWay: unknown;
  async function* handedOut() {
    for await (const each of histories) {
      underWay = each.history;
      yield each;
    }
  }
  for await (const { workflowId, runId, error } of Worker.runReplayHistories(code, handedOut())) {
    const history = underWay;
    const story = startOf(history)?.workflowType?.name ?? '?';
    if (error === undefined) yield { workflowId, runId, story };
    else yield { workflowId, runId, story, difference: await differenceOf(code, workflowId, history, error) };
  }
}

/**
 * Temporal's messages do not always name an event. So the history is cut shorter until it replays: the first event
 * with which it does not is where the code leaves it.
 */
async function differenceOf(
  code: ReturnType<typeof storiesCode>,
  workflowId: string,
  history: unknown,
  error: Error,
): Promise<Difference> {
  const events = (history as temporal.api.history.v1.IHistory | undefined)?.events ?? [];
  // A run cannot be replayed before its first task was started.
  let good = events.findIndex((event) => event.workflowTaskStartedEventAttributes) + 1;
  if (good === 0 || (await fails(code, workflowId, events.slice(0, good)))) return { reason: reasonOf(error) };
  let bad = events.length;
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (await fails(code, workflowId, events.slice(0, middle))) bad = middle;
    else good = middle;
  }
  const event = events[bad - 1];
  return { reason: reasonOf(error), ...(event && { event: described(event) }) };
}

async function fails(
  code: ReturnType<typeof storiesCode>,
  workflowId: string,
  events: HistoryEvent[],
): Promise<boolean> {
  const cut = { workflowId, history: proto.temporal.api.history.v1.History.create({ events }) };
  for await (const { error } of Worker.runReplayHistories(code, [cut])) return error !== undefined;
  return true;
}

function described(event: HistoryEvent): NonNullable<Difference['event']> {
  const enumName = proto.temporal.api.enums.v1.EventType[event.eventType ?? 0] ?? '';
  const words = enumName.replace('EVENT_TYPE_', '').toLowerCase().split('_');
  const type = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  const name =
    event.activityTaskScheduledEventAttributes?.activityType?.name ??
    event.markerRecordedEventAttributes?.markerName ??
    event.startChildWorkflowExecutionInitiatedEventAttributes?.workflowType?.name;
  return { id: Number(event.eventId), type, ...(name ? { name } : {}) };
}

/** The cause is quoted in the middle of a dump of Core's own structures. */
function reasonOf({ message }: Error): string {
  const quoted = /Failure \{ message: "((?:[^"\\]|\\.)*)"/.exec(message)?.[1];
  return quoted === undefined || quoted === '' ? message : quoted.replace(/\\(.)/g, '$1');
}
