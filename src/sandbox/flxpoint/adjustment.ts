import { acknowledgeAll, type KillOrFill, killsOf, type RequestChange, setHandle, statusName } from './fulfillment.js';
import type { FulfillmentRequest, FulfillmentRequestItem } from './orders.js';
import { live, shipped } from './quantities.js';
import { refused } from './refusals.js';
import { hasEnded } from './statuses.js';

export interface ItemAdjustment {
  /** Goes before the SKU. */
  id?: number | null | undefined;
  sku?: string | null | undefined;
  acknowledgedQuantity?: number | null | undefined;
  secondaryAcknowledgedQuantity?: number | null | undefined;
  /** With two l here only. */
  cancelledQuantity?: number | null | undefined;
}

export interface Adjustment {
  items: readonly ItemAdjustment[];
  killOrFillType: KillOrFill;
  cancelUnacknowledgedItemQuantity: boolean;
}

const acknowledgeable: ReadonlySet<string> = new Set(['processing', 'processed', 'acknowledged']);

/** Acknowledges and cancels by line. The quantities are what is to be, so that the same again changes nothing. */
export function adjust(change: RequestChange, adjustment: Adjustment): void {
  const { request, record, now } = change;
  if (hasEnded(request.handle)) {
    throw refused(400, `Fulfillment request ${request.id} is ${statusName(request)}: it cannot be adjusted`);
  }
  const before = request.items.map(({ acknowledgedQuantity }) => acknowledgedQuantity).join();
  const kill = killsOf(change);
  if (adjustment.items.length === 0) acknowledgeAll(request, now);
  for (const wanted of adjustment.items) adjustItem(request, itemFor(request, wanted), wanted);
  if (adjustment.cancelUnacknowledgedItemQuantity) {
    for (const item of request.items) {
      const kept = Math.max(item.acknowledgedQuantity, shipped(item, request));
      item.canceledQuantity = Math.max(item.canceledQuantity, item.quantity - kept);
    }
  }
  if (adjustment.killOrFillType === 'kill') kill();
  const after = request.items.map(({ acknowledgedQuantity }) => acknowledgedQuantity).join();
  if (before !== after) record('adjusted_acknowledged_quantity', request.fulfillmentRequestNumber);
  settle(change);
}

function adjustItem(request: FulfillmentRequest, item: FulfillmentRequestItem, wanted: ItemAdjustment): void {
  const canceled = wanted.cancelledQuantity ?? item.canceledQuantity;
  // What is canceled and not acknowledged anew is not acknowledged any more.
  const left = Math.max(0, item.quantity - canceled);
  const secondary = wanted.secondaryAcknowledgedQuantity ?? Math.min(item.secondaryAcknowledgedQuantity, left);
  const acknowledged = Math.max(wanted.acknowledgedQuantity ?? Math.min(item.acknowledgedQuantity, left), secondary);
  const gone = shipped(item, request);
  if (canceled < item.canceledQuantity) throw refused(400, `Item ${item.id}: what is canceled stays canceled`);
  if (acknowledged + canceled > item.quantity) {
    throw refused(400, `Item ${item.id} has ${item.quantity}, less than ${acknowledged} and ${canceled}`);
  }
  if (canceled + gone > item.quantity) throw refused(400, `Of item ${item.id} ${gone} have shipped`);
  item.acknowledgedQuantity = acknowledged;
  item.secondaryAcknowledgedQuantity = secondary;
  item.canceledQuantity = canceled;
}

function itemFor({ id: requestId, items }: FulfillmentRequest, { id, sku }: ItemAdjustment): FulfillmentRequestItem {
  const found = items.filter((item) => (id == null ? item.sku === sku : item.id === id));
  const [item, ...others] = found;
  if (item === undefined) throw refused(400, `Fulfillment request ${requestId} has no item ${id ?? sku}`);
  if (others.length > 0) throw refused(400, `Fulfillment request ${requestId} has ${sku} twice: name the item by id`);
  return item;
}

/** The status that follows from the quantities. */
function settle(change: RequestChange): void {
  const { request, now } = change;
  if (request.items.every((item) => live(item, request) === 0)) {
    request.canceledAt = now;
    setHandle(change, 'canceled');
    return;
  }
  if (request.items.every(({ acknowledgedQuantity }) => acknowledgedQuantity === 0)) return;
  if (!acknowledgeable.has(request.handle)) {
    throw refused(400, `Fulfillment request ${request.id} is ${statusName(request)}: it cannot be acknowledged`);
  }
  if (request.handle === 'acknowledged') return;
  request.acknowledgedAt ??= now;
  setHandle(change, 'acknowledged');
}
