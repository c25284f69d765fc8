import type { Read } from '../../workflows/contract.js';
import type { FlxpointAt, FlxpointItem, FlxpointRequest, FlxpointSeen } from '../../workflows/flxpoint/contract.js';
import { failure } from '../failure.js';
import { redact } from '../redact.js';
import type { Open } from './open.js';
import { namesOf, peopleOf, peopleOfRequest } from './people.js';
import { isMoved, readWhole, type WholeOrder } from './reading.js';
import type { FlxpointSettings } from './settings.js';
import type { ItemThere, RequestItemThere, RequestThere, ShipmentThere } from './shapes.js';
import { linesTagged } from './tags.js';

/** How the order stands, read fresh. */
export function standingSteps({ open, settings }: Open) {
  return {
    /** An order of another channel than the connection's is refused. */
    async readOrder(at: FlxpointAt): Promise<Read<FlxpointSeen>> {
      const readAt = Date.now();
      const whole = await readWhole(open(at), settings, at.reference);
      const { channelId } = whole.order;
      const { channel = channelId } = settings;
      if (channelId !== undefined && channelId !== channel) {
        const details = { platform: 'flxpoint', connection: at.connection, reference: at.reference };
        const text = `order ${at.reference} is of channel ${channelId}; ${at.connection} is for channel ${channel}`;
        throw failure('Rejected', text, details);
      }
      return { ...seen(whole, settings), readAt };
    },
  };
}

/** In a fixed order, so that the same standing is the same text. */
export function seen(whole: WholeOrder, settings: FlxpointSettings): FlxpointSeen {
  const { order, requests, shipments } = whole;
  const channelId = order.channelId ?? settings.channel;
  const hidden = [...peopleOf(order), ...requests.flatMap(peopleOfRequest)];
  const kept = namesOf(order, requests);
  return {
    orderId: order.id,
    orderStatus: order.orderStatus,
    ...(order.paymentStatus === undefined ? {} : { paymentStatus: order.paymentStatus }),
    ...(channelId === undefined ? {} : { channelId }),
    tagged: linesTagged(order.tags),
    items: order.orderItems.map((item) => itemSeen(item, whole, shipments)).sort(by(({ orderItemId }) => orderItemId)),
    requests: requests
      .map((request): FlxpointRequest => {
        const reason = request.processingErrorReason ?? request.cancelReason ?? request.voidedReason;
        return {
          id: request.id,
          ...(request.fulfillmentRequestNumber === undefined ? {} : { number: request.fulfillmentRequestNumber }),
          status: request.fulfillmentRequestStatus,
          ...(reason === undefined ? {} : { reason: redact(reason, hidden, kept) }),
          ...(waitsForUs(request, settings) ? { toAcknowledge: true as const } : {}),
          open: openOf(request, whole),
        };
      })
      .sort(by(({ id }) => id)),
  };
}

/** Ids are numbers as text. */
function by<T>(idOf: (each: T) => string): (one: T, other: T) => number {
  return (one, other) => Number(idOf(one)) - Number(idOf(other));
}

function itemSeen(item: ItemThere, { requests }: WholeOrder, shipments: readonly ShipmentThere[]): FlxpointItem {
  return {
    orderItemId: item.id,
    quantity: item.quantity,
    // Shipments of a bundle count its components.
    shipped:
      item.bundle === true ? item.shippedQuantity : Math.max(item.shippedQuantity, sent(item, requests, shipments)),
    canceled: item.canceledQuantity,
  };
}

/** What shipments hold of an item. By its id, never by SKU: the source has SKUs of its own, and alternatives. */
function sent(item: ItemThere, requests: readonly RequestThere[], shipments: readonly ShipmentThere[]): number {
  return shipments
    .flatMap(({ shipmentItems }) => shipmentItems)
    .filter((part) => part.rmaItemId === undefined && orderItemOf(part, requests) === item.id)
    .reduce((sum, { quantity }) => sum + quantity, 0);
}

/** The order item of a part of a shipment; where it does not say, by the item of the request that it was made for. */
export function orderItemOf(
  part: ShipmentThere['shipmentItems'][number],
  requests: readonly RequestThere[],
): string | undefined {
  if (part.orderItemId !== undefined) return part.orderItemId;
  const requestItem = part.fulfillmentRequestItemId ?? part.purchaseOrderItemId;
  if (requestItem === undefined) return undefined;
  return requests.flatMap(itemsOf).find(({ id }) => id === requestItem)?.orderItemId;
}

export const itemsOf = (request: RequestThere): readonly RequestItemThere[] => request.fulfillmentRequestItems ?? [];

/** Nothing more comes of it: its source or the account has taken it back. Its quantity is free, unless it was killed. */
const hasEnded = (request: RequestThere): boolean =>
  ['canceled', 'voided'].includes(request.fulfillmentRequestStatus) ||
  request.fulfillmentRequestFulfillmentStatus === 'canceled';

/** It may still ship by itself. */
export const isLive = (request: RequestThere): boolean => !hasEnded(request) && !isMoved(request);

/** What may still ship of an item of a request. */
export const restOf = ({ quantity, shippedQuantity, canceledQuantity, voidedQuantity }: RequestItemThere): number =>
  Math.max(0, quantity - shippedQuantity - canceledQuantity - voidedQuantity);

/**
 * What may still ship of a request, by order item. What went into another document is that one's, if it names the item;
 * if it does not, it is counted there as it was asked for; if that document cannot be read, here.
 */
function openOf(request: RequestThere, { requests }: WholeOrder): FlxpointRequest['open'] {
  if (hasEnded(request)) return [];
  const parts = isMoved(request)
    ? requests.some(({ id }) => id === request.crossDockPurchaseOrderId)
      ? []
      : partsOf(request)
    : [...partsOf(request), ...movedHere(request, requests)];
  const sums = new Map<string, number>();
  for (const { orderItemId, quantity } of parts) sums.set(orderItemId, (sums.get(orderItemId) ?? 0) + quantity);
  return [...sums]
    .filter(([, quantity]) => quantity > 0)
    .map(([orderItemId, quantity]) => ({ orderItemId, quantity }))
    .sort(by(({ orderItemId }) => orderItemId));
}

type Part = FlxpointRequest['open'][number];

const partsOf = (request: RequestThere): Part[] =>
  itemsOf(request).flatMap((item) =>
    item.orderItemId === undefined ? [] : [{ orderItemId: item.orderItemId, quantity: restOf(item) }],
  );

function movedHere(request: RequestThere, requests: readonly RequestThere[]): Part[] {
  const named = new Set(itemsOf(request).map(({ orderItemId }) => orderItemId));
  return requests
    .filter((other) => isMoved(other) && other.crossDockPurchaseOrderId === request.id)
    .flatMap(partsOf)
    .filter(({ orderItemId }) => !named.has(orderItemId));
}

/** A source acknowledges what it has been sent, or has picked up. */
export const isAcknowledgeable = ({ fulfillmentRequestStatus: status }: RequestThere): boolean =>
  status === 'processing' || status === 'processed';

/** Whether Waybill plays the source of a request. */
export const isOurs = ({ sourceId }: RequestThere, { playSource, source }: FlxpointSettings): boolean =>
  playSource === true && sourceId !== undefined && sourceId === source;

const waitsForUs = (request: RequestThere, settings: FlxpointSettings): boolean =>
  isOurs(request, settings) && isAcknowledgeable(request);
