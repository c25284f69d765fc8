import { randomUUID } from 'node:crypto';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { msToTs, tsToMs } from '@temporalio/common/lib/time.js';
// Outside the test runner it is loaded by Node itself, which finds no names in this CommonJS module.
import proto, { type temporal } from '@temporalio/proto';

type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

const {
  EVENT_TYPE_WORKFLOW_EXECUTION_OPTIONS_UPDATED: OPTIONS,
  EVENT_TYPE_WORKFLOW_EXECUTION_TIME_SKIPPING_TRANSITIONED: SKIPPED,
} = proto.temporal.api.enums.v1.EventType;

const { FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_FAILED: FAILED } =
  proto.temporal.api.enums.v1.FastForwardPollingResult;

const DAY_MS = 24 * 60 * 60_000;

/** Longer skips would pass the time at which somebody else wants to have acted. */
const STEP_DAYS = 5;

/** What time it is for a run, in milliseconds since 1970: what was skipped counts. */
export async function timeOf(handle: Pick<WorkflowHandle, 'describe'>): Promise<number> {
  const { raw } = await handle.describe();
  const now = raw.workflowExtendedInfo?.timeSkippingInfo?.currentTime;
  return now == null ? Date.now() : tsToMs(now);
}

/**
 * Lets so many days pass for one run on the real server, in steps; `passing` moves the other clocks along before each: by
 * so many milliseconds, which is to the second value, in milliseconds since 1970.
 * The run itself looks, waits and is told as it would in real time. While a part of it is open no time is skipped: days
 * that lead further than to its beginning would not pass before its end. For the part itself no time is skipped ever:
 * what it waits for happens at others, whose clocks go on as they do.
 *
 * @throws when it ends meanwhile
 */
export async function skipDays(
  client: Client,
  order: Pick<WorkflowHandle, 'workflowId'>,
  days: number,
  passing: (ms: number, to: number) => void = () => {},
): Promise<void> {
  const { namespace } = client.options;
  const handle = client.workflow.getHandle(order.workflowId);
  const workflowExecution = { workflowId: order.workflowId };
  for (let left = days; left > 0; left -= STEP_DAYS) {
    const ms = Math.min(left, STEP_DAYS) * DAY_MS;
    passing(ms, (await timeOf(handle)) + ms);
    const id = randomUUID();
    await client.workflowService.updateWorkflowExecutionOptions({
      namespace,
      workflowExecution,
      workflowExecutionOptions: {
        timeSkippingConfig: {
          enabled: true,
          fastForwardConfig: { id, duration: msToTs(ms) },
          disablePropagation: true,
        },
      },
      updateMask: { paths: ['time_skipping_config'] },
    });
    for (;;) {
      const { fastForwardInfo, fastForwardPollingResult, failedReason } =
        await client.workflowService.pollWorkflowExecutionTimeSkipping({
          namespace,
          workflowExecution,
          fastForwardId: id,
        });
      // A run that was begun after it was over knows nothing of it.
      if (fastForwardInfo?.hasCompleted || fastForwardInfo?.fastForwardId !== id) break;
      if (fastForwardPollingResult === FAILED) throw new Error(failedReason ?? 'no time passes');
    }
  }
}

/** The events of a run, without those that come of time being skipped. */
export async function ownEvents(handle: Pick<WorkflowHandle, 'fetchHistory'>): Promise<HistoryEvent[]> {
  const { events } = await handle.fetchHistory();
  return events?.filter(({ eventType }) => eventType !== OPTIONS && eventType !== SKIPPED) ?? [];
}

/** How often an order has looked by itself where it stands. */
export const looksIn = (events: readonly HistoryEvent[]): number =>
  events.filter(({ activityTaskScheduledEventAttributes: of }) => of?.activityType?.name === 'readOrder').length;
