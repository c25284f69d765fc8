import { failureType } from '../failure.js';
import type { FlxpointClient } from './client.js';
import { may } from './rights.js';
import type { FlxpointSettings } from './settings.js';
import type { OrderThere, RequestThere, ShipmentThere } from './shapes.js';

/** An order with all that belongs to it. */
export interface WholeOrder {
  readonly order: OrderThere;
  readonly requests: readonly RequestThere[];
  readonly shipments: readonly ShipmentThere[];
}

/**
 * Reads an order. As a rule it carries its fulfillment requests, and these their shipments; where it does not, they are
 * asked for, as far as the token may.
 */
export async function readWhole(
  client: FlxpointClient,
  settings: FlxpointSettings,
  orderId: string,
): Promise<WholeOrder> {
  const order = await client.getOrder(orderId);
  const requests = await followed(client, settings, await requestsOf(client, settings, order));
  const shipments = requests.every((request) => Array.isArray(request.shipments))
    ? requests.flatMap((request) => request.shipments ?? [])
    : await client.shipmentsOf(orderId);
  const outward = shipments.filter(({ rmaId }) => rmaId === undefined);
  return { order, requests, shipments: [...new Map(outward.map((each) => [each.id, each])).values()] };
}

async function requestsOf(
  client: FlxpointClient,
  settings: FlxpointSettings,
  { id, fulfillmentRequests: carried }: OrderThere,
): Promise<RequestThere[]> {
  if (carried?.every(({ fulfillmentRequestItems }) => Array.isArray(fulfillmentRequestItems))) return carried;
  return may(settings, 'fulfillmentRequests.list') ? client.requestsOf(id) : (carried ?? []);
}

/** Requests that were merged into another document go on in that one, which may be no request of this order. */
async function followed(
  client: FlxpointClient,
  settings: FlxpointSettings,
  requests: readonly RequestThere[],
): Promise<RequestThere[]> {
  const all = new Map(requests.map((request) => [request.id, request]));
  // What is added to a Map while it is walked through is walked through too.
  for (const request of all.values()) {
    const next = isMoved(request) ? request.crossDockPurchaseOrderId : undefined;
    if (next === undefined || all.has(next) || !may(settings, 'fulfillmentRequests.get')) continue;
    const there = await found(client.getRequest(next));
    if (there !== undefined) all.set(next, there);
  }
  return [...all.values()];
}

/** It went into another document. */
export const isMoved = ({ fulfillmentRequestStatus: status }: RequestThere): boolean =>
  status === 'transferred' || status === 'cross_docked';

async function found<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (failureType(error) === 'NotFound') return undefined;
    throw error;
  }
}
