import type { HistoryAndWorkflowId } from '@temporalio/client';
import proto, { type temporal } from '@temporalio/proto';
import { type ReplayResult, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { startOf } from './replay/history-file.js';
import { type StoriesCode, storiesCode } from './stories.js';

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
  const player = openPlayer(
    options.workflowBundle === undefined ? storiesCode() : { workflowBundle: options.workflowBundle },
  );
  try {
    for await (const each of histories) {
      const { workflowId, runId, error } = await player.play(each);
      const story = startOf(each.history)?.workflowType?.name ?? '?';
      if (error === undefined) yield { workflowId, runId, story };
      else yield { workflowId, runId, story, difference: await differenceOf(player, each, error) };
    }
  } finally {
    await player.close();
  }
}

interface Player {
  play(each: HistoryAndWorkflowId): Promise<ReplayResult>;
  close(): Promise<void>;
}

/** One worker plays them all, one after the other: to make a worker takes longer than most replays. */
function openPlayer(code: StoriesCode): Player {
  let next: HistoryAndWorkflowId;
  // The worker asks for another history only when it is asked for another result.
  async function* handedOut() {
    for (;;) yield next;
  }
  const results = Worker.runReplayHistories(code, handedOut());
  return {
    async play(each) {
      next = each;
      const { value, done } = await results.next();
      if (done === true) throw new Error(`the worker ended before it had played ${each.workflowId}`);
      return value;
    },
    async close() {
      await results.return?.();
    },
  };
}

/**
 * Temporal's messages do not always name an event. So the history is cut shorter until it replays: the first event
 * with which it does not is where the code leaves it.
 */
async function differenceOf(
  player: Player,
  { workflowId, history }: HistoryAndWorkflowId,
  error: Error,
): Promise<Difference> {
  const events = (history as temporal.api.history.v1.IHistory | undefined)?.events ?? [];
  const failsWith = async (count: number): Promise<boolean> => {
    const cut = proto.temporal.api.history.v1.History.create({ events: events.slice(0, count) });
    return (await player.play({ workflowId, history: cut })).error !== undefined;
  };
  // A run cannot be replayed before its first task was started.
  let good = events.findIndex((event) => event.workflowTaskStartedEventAttributes) + 1;
  if (good === 0 || (await failsWith(good))) return { reason: reasonOf(error) };
  let bad = events.length;
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (await failsWith(middle)) bad = middle;
    else good = middle;
  }
  const event = events[bad - 1];
  return { reason: reasonOf(error), ...(event && { event: described(event) }) };
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
