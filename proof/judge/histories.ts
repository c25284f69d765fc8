import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import type { WorkflowBundleOption } from '@temporalio/worker';
import { replay } from '../../src/replay.js';
import { failedTasks } from '../../test/stories/failed-tasks.js';
import { disclosed } from './privacy.js';

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

/** Messages and stacks of all failures, and of what caused them, wherever they stand in the events. */
export function failureTexts(of: unknown): string[] {
  if (typeof of !== 'object' || of === null || ArrayBuffer.isView(of)) return [];
  const { message, stackTrace } = of as Record<string, unknown>;
  const own = typeof message === 'string' && typeof stackTrace === 'string' ? [message, stackTrace] : [];
  return [...own, ...Object.values(of).flatMap(failureTexts)];
}
