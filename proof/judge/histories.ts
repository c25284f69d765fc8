import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
// Outside the test runner it is loaded by Node itself, which finds no names in this CommonJS module.
import proto, { type temporal } from '@temporalio/proto';
import type { WorkflowBundleOption } from '@temporalio/worker';
import { replay } from '../../src/replay.js';
import { disclosed } from './privacy.js';

type History = temporal.api.history.v1.IHistory;

const { WorkflowTaskFailedCause } = proto.temporal.api.enums.v1;

/** No fault of the story's: something came in while the run was closing, or somebody terminated it in the middle. */
const HARMLESS: readonly unknown[] = [
  WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND,
  WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_UPDATE,
  WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_FORCE_CLOSE_COMMAND,
];

/** What is said against a run, by its workflow id. */
export interface Accused {
  readonly workflowId: string;
  readonly problems: readonly string[];
}

export interface HistoriesJudged {
  readonly runs: number;
  readonly replayed: number;
  readonly accused: readonly Accused[];
}

/**
 * Judges every run that the server knows: no workflow task failed, the history replays, and no id, search attribute or
 * text of a failure discloses one of the words.
 */
export async function judgeHistories(
  client: Client,
  workflowBundle: WorkflowBundleOption,
  words: ReadonlySet<string>,
): Promise<HistoriesJudged> {
  const accused: Accused[] = [];
  let runs = 0;
  let replayed = 0;
  async function* histories() {
    for await (const info of client.workflow.list()) {
      runs += 1;
      const { workflowId, runId } = info;
      const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
      const said = [describedBy(info), ...failureTexts(history)].join('\n');
      const problems = [
        ...failedTasks(history),
        ...disclosed(said, words).map((word) => `it discloses ${JSON.stringify(word)}`),
      ];
      if (problems.length > 0) accused.push({ workflowId, problems });
      // A run that no worker has taken up yet has nothing to replay.
      if (history.events?.some((event) => event.workflowTaskCompletedEventAttributes)) yield { workflowId, history };
    }
  }
  for await (const { workflowId, difference } of replay(histories(), { workflowBundle })) {
    replayed += 1;
    if (difference === undefined) continue;
    accused.push({
      workflowId,
      problems: [`it does not replay: ${difference.reason} (event ${difference.event?.id})`],
    });
  }
  return { runs, replayed, accused };
}

const describedBy = ({ workflowId, typedSearchAttributes }: WorkflowExecutionInfo): string =>
  [workflowId, ...typedSearchAttributes.getAll().map(({ value }) => String(value))].join('\n');

export const failedTasks = ({ events }: History): string[] =>
  (events ?? []).flatMap(({ workflowTaskFailedEventAttributes: of }) =>
    of == null || HARMLESS.includes(of.cause)
      ? []
      : [`a workflow task failed: ${WorkflowTaskFailedCause[of.cause ?? 0]} ${of.failure?.message}`],
  );

/** Messages and stacks of all failures, and of what caused them, wherever they stand in the events. */
export function failureTexts(of: unknown): string[] {
  if (typeof of !== 'object' || of === null || ArrayBuffer.isView(of)) return [];
  const { message, stackTrace } = of as Record<string, unknown>;
  const own = typeof message === 'string' && typeof stackTrace === 'string' ? [message, stackTrace] : [];
  return [...own, ...Object.values(of).flatMap(failureTexts)];
}
