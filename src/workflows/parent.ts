import { CancellationScope, defineSignal, getExternalWorkflowHandle, workflowInfo } from '@temporalio/workflow';
import { messages, type PartNews } from './contract.js';

/** What a part tells the story that it is a part of. */
export const partSignal = defineSignal<[PartNews]>(messages.part);

/**
 * Tells the story that this run is a part of, if it is one. A parent that is gone is told nothing, and misses nothing:
 * what the part says stands in its own status.
 */
export async function tellParent(news: Omit<PartNews, 'workflowId'>): Promise<void> {
  const { parent, workflowId } = workflowInfo();
  if (parent === undefined) return;
  // Without the run's id: it is its own who is meant, whichever it is by now.
  await CancellationScope.nonCancellable(() =>
    getExternalWorkflowHandle(parent.workflowId)
      .signal(partSignal, { workflowId, ...news })
      .catch(() => undefined),
  );
}
