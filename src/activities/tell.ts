import { type Client, type WorkflowHandle, WorkflowNotFoundError } from '@temporalio/client';
import { memoKeys, messages, orderWorkflowId, type Seen, type Told } from '../workflows/contract.js';
import { fingerprint } from '../workflows/fingerprint.js';
import type { Looked } from '../workflows/hints.js';
import type { News } from './platform.js';

/**
 * Tells an order what was read of it, unless it knows that already.
 *
 * @param readAt when the read was sent, in milliseconds since 1970
 * @param known fingerprint of what the order knows; undefined when it has to be asked for
 */
export async function tell(
  client: Client,
  connection: string,
  { story, reference, state }: News,
  readAt: number,
  known?: string,
): Promise<Looked> {
  const handle = client.workflow.getHandle(orderWorkflowId(story, { connection, reference }));
  const told: Told = { state, readAt };
  try {
    if ((known ?? (await knownBy(handle))) === fingerprint(state)) return 'unchanged';
    await handle.signal(messages.told, told);
    return 'told';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'unknown';
    throw error;
  }
}

/** What a run that has ended knows does not matter: nobody can be told there. */
async function knownBy(handle: WorkflowHandle): Promise<string | undefined> {
  const { memo } = await handle.describe();
  return (memo?.[memoKeys.seen] as Seen | undefined)?.print;
}
