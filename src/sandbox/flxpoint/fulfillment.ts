import { type Change, requestIn } from './order-book.js';
import { cancelUnits } from './order-changes.js';
import type { FulfillmentRequest, Interaction, Order } from './orders.js';
import { live, shipped, unitsIn } from './quantities.js';
import { refused } from './refusals.js';
import { errorHandles, fulfillmentRequestStatuses, hasEnded } from './statuses.js';
import type { Tenant } from './tenant.js';

/** What a fulfillment request goes through: from which statuses, to which. */
interface Step {
  deed: string;
  from: readonly string[];
  to: string;
}

const steps = {
  release: { deed: 'released', from: ['unprocessed'], to: 'processing' },
  process: { deed: 'processed', from: ['processing'], to: 'processed' },
  acknowledge: { deed: 'acknowledged', from: ['processing', 'processed'], to: 'acknowledged' },
  fail: { deed: 'marked as failed', from: ['processing', 'processed'], to: 'processing_error' },
  resend: { deed: 'sent again', from: errorHandles, to: 'processing' },
} as const satisfies Record<string, Step>;

/** A request of an order that is being changed. */
export interface RequestChange extends Change {
  request: FulfillmentRequest;
}

/** Changes one request of an order. */
export function changeRequest<Result>(
  tenant: Tenant,
  order: Order,
  id: number,
  interaction: Interaction,
  change: (change: RequestChange) => Result,
): Result {
  return tenant.orders.change(order, interaction, (orderChange) => {
    const request = requestIn(orderChange.draft, id);
    request.lastModifiedAt = orderChange.now;
    return change({ ...orderChange, request });
  });
}

/** Takes a request through a step. */
export function move(change: RequestChange, name: keyof typeof steps): void {
  const { deed, from, to }: Step = steps[name];
  const { request, now } = change;
  if (!from.includes(request.handle)) {
    throw refused(400, `Fulfillment request ${request.id} is ${statusName(request)}: it cannot be ${deed}`);
  }
  setHandle(change, to);
  if (name === 'process') request.sentAt = now;
  if (name === 'acknowledge') acknowledgeAll(request, now);
  if (name === 'resend') request.processingErrorReason = null;
}

export const statusName = ({ handle }: FulfillmentRequest): string => fulfillmentRequestStatuses[handle] ?? handle;

/** Any handle, against all rules. */
export function setHandle({ request, record }: RequestChange, handle: string): void {
  request.handle = handle;
  record('po_status_changed', `${request.fulfillmentRequestNumber}: ${statusName(request)}`);
}

/** The source takes everything that is not canceled. */
export function acknowledgeAll(request: FulfillmentRequest, now: number): void {
  for (const item of request.items) item.acknowledgedQuantity = item.quantity - item.canceledQuantity;
  request.acknowledgedAt = now;
}

/** What happens to an order's lines when a request does not ship them: another may take them, or nobody. */
export type KillOrFill = 'fill' | 'kill';

/** The source cancels all of a request. */
export function cancelRequest(change: RequestChange, reason: string | null, killOrFill: KillOrFill): void {
  const { request, now } = change;
  expectNothingShipped(request, 'canceled');
  const kill = killsOf(change);
  for (const item of request.items) item.canceledQuantity = item.quantity;
  request.canceledAt = now;
  request.cancelReason = reason;
  setHandle(change, 'canceled');
  if (killOrFill === 'kill') kill();
}

/** The account withdraws a request: its lines are free for another. */
export function voidRequest(change: RequestChange, reason: string | null): void {
  const { request, now } = change;
  expectNothingShipped(request, 'voided');
  for (const item of request.items) item.voidedQuantity = item.quantity - item.canceledQuantity;
  request.voidedAt = now;
  request.voidedReason = reason;
  setHandle(change, 'voided');
}

/** Remembers how much the request had of each line; called later, cancels on the lines what it has not any more. */
export function killsOf(change: RequestChange): () => void {
  const { draft, request } = change;
  const before = draft.items.map((item) => [item, unitsIn(item, request, live)] as const);
  return () => {
    for (const [item, units] of before) cancelUnits(change, item, units - unitsIn(item, request, live));
  };
}

function expectNothingShipped(request: FulfillmentRequest, deed: string): void {
  if (hasEnded(request.handle)) {
    throw refused(400, `Fulfillment request ${request.id} is ${statusName(request)} already: it cannot be ${deed}`);
  }
  if (request.items.some((item) => shipped(item, request) > 0)) {
    throw refused(400, `Fulfillment request ${request.id} has shipments: it cannot be ${deed}`);
  }
}

/** Brings the stock that is set aside in line with what is still to ship; the same again changes nothing. */
export function adjustCommittedStock({ request }: RequestChange): void {
  for (const item of request.items) {
    item.committedQuantity = Math.max(0, live(item, request) - shipped(item, request));
  }
}
