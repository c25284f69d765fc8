import type { Client } from '@temporalio/client';
import { attributes, memoKeys, type Seen } from '../workflows/contract.js';

/** An order that has not ended, as the server lists it. */
export interface OpenOrder {
  readonly workflowId: string;
  readonly startTime: Date;
  /** As it was written, where the order has said so; else in capitals. */
  readonly reference: string;
  /** A hint by which the platform may name it instead. */
  readonly alias?: string | undefined;
  /** Fingerprint of what it knows; undefined while it knows nothing. */
  readonly print: string | undefined;
}

/** How far a pass over the waiting orders has come: from the newest to the oldest. */
export interface Pass {
  /** Orders that were started in this millisecond or later are done, those of the one after it that are in `done`, too. */
  readonly before: number;
  readonly done?: readonly string[];
}

/** Orders in one page of the list; a page of a thousand takes a second of the server's time. */
const PAGE = 200;

/** Where an order stands that something may still happen to. */
const WAITING_PHASES = ['waiting', 'held', 'undoing'];

/** The orders that wait, as far as a pass has not come to them: newest first, as the server lists them. */
export async function* waitingOrders(client: Client, connection: string, pass: Pass): AsyncGenerator<OpenOrder> {
  const phases = WAITING_PHASES.map((phase) => `"${phase}"`).join(', ');
  const more = [`${attributes.phase.name} IN (${phases})`, `StartTime < "${new Date(pass.before).toISOString()}"`];
  for await (const order of list(client, connection, more)) {
    if (!pass.done?.includes(order.workflowId)) yield order;
  }
}

/** All that run, whatever they do at the moment: one that is being stopped may go on to wait. */
export const runningOrders = (client: Client, connection: string): AsyncGenerator<OpenOrder> =>
  list(client, connection, []);

async function* list(client: Client, connection: string, more: readonly string[]): AsyncGenerator<OpenOrder> {
  const query = [`${attributes.connection.name} = "${connection}"`, 'ExecutionStatus = "Running"', ...more].join(
    ' AND ',
  );
  for await (const { workflowId, startTime, memo, typedSearchAttributes } of client.workflow.list({
    query,
    pageSize: PAGE,
  })) {
    const seen = memo?.[memoKeys.seen] as Seen | undefined;
    const reference = seen?.reference ?? typedSearchAttributes.get(attributes.reference) ?? '';
    yield { workflowId, startTime, reference, print: seen?.print, alias: seen?.alias };
  }
}

/** The pass after one more order. */
export function passed({ before, done = [] }: Pass, { workflowId, startTime }: OpenOrder): Pass {
  // Times of the list are cut to milliseconds: others of this one may follow.
  const after = startTime.getTime() + 1;
  return { before: after, done: after === before ? [...done, workflowId] : [workflowId] };
}
