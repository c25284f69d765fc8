import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { HistoryAndWorkflowId } from '@temporalio/client';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import type { temporal } from '@temporalio/proto';

/** A file holds no history that can be replayed. */
export class HistoryFileError extends Error {
  override readonly name = 'HistoryFileError';
}

/**
 * Reads a history as `temporal workflow show --output json` writes it.
 *
 * @throws {@link HistoryFileError}
 */
export function readHistory(path: string): HistoryAndWorkflowId {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new HistoryFileError(`${path}: the file cannot be read`);
  }
  let history: HistoryAndWorkflowId['history'];
  try {
    history = historyFromJSON(JSON.parse(text));
  } catch {
    throw new HistoryFileError(`${path}: expected a history as \`temporal workflow show --output json\` writes it`);
  }
  if (startOf(history) === undefined) {
    throw new HistoryFileError(`${path}: expected a history that begins with the start of the run`);
  }
  return { workflowId: startOf(history)?.workflowId || basename(path, '.json'), history };
}

/** What the first event says of the run. */
export function startOf(history: unknown) {
  return (history as temporal.api.history.v1.IHistory | undefined)?.events?.[0]
    ?.workflowExecutionStartedEventAttributes;
}
