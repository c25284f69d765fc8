import type { FlxpointAt, FlxpointFulfilled, FlxpointMade, FlxpointOrder } from '../../workflows/flxpoint/contract.js';
import { failure } from '../failure.js';
import { given } from '../given.js';
import type { FlxpointClient } from './client.js';
import type { Open } from './open.js';
import { readWhole, type WholeOrder } from './reading.js';
import type { InvoiceThere, RequestThere, ReturnThere } from './shapes.js';
import { itemsOf, orderItemOf, seen } from './standing.js';

type Include = NonNullable<FlxpointOrder['include']>;

/** What became of the lines at their end. */
export function resultSteps({ open, settings }: Open) {
  return {
    /** To be asked once nothing of the lines can ship any more. A read that lags behind that is tried again. */
    async readResult(at: FlxpointAt, lines: readonly FlxpointMade[], include: Include): Promise<FlxpointFulfilled> {
      const client = open(at);
      const whole = await readWhole(client, settings, at.reference);
      const { order } = whole;
      const ours = whole.requests.filter((request) => itemsOf(request).some((item) => made(lines, item.orderItemId)));
      return {
        orderId: order.id,
        ...given({ orderNumber: order.orderNumber }),
        orderStatus: order.orderStatus,
        lines: lines.map((line) => lineOf(line, whole)),
        fulfillmentRequests: ours.map(({ id, fulfillmentRequestNumber, sourceId, fulfillmentRequestStatus }) => ({
          id,
          ...given({ fulfillmentRequestNumber, sourceId }),
          status: fulfillmentRequestStatus,
        })),
        shipments: shipmentsOf(lines, whole),
        ...(include.includes('invoices') ? { invoices: await invoicesOf(client, ours) } : {}),
        ...(include.includes('returns') ? { returns: returnsOf(lines, await returnsThere(client, whole)) } : {}),
      };
    },
  };

  function lineOf({ reference, orderItemId, quantity }: FlxpointMade, whole: WholeOrder) {
    const standing = seen(whole, settings).items.find((item) => item.orderItemId === orderItemId);
    const dead = whole.order.orderStatus === 'Canceled';
    if (standing === undefined || (!dead && standing.shipped + standing.canceled < standing.quantity)) {
      const details = { platform: 'flxpoint', reference: whole.order.id };
      throw failure(
        'Unavailable',
        `line ${reference} (item ${orderItemId}) is not shown as shipped or canceled`,
        details,
      );
    }
    const { sku } = whole.order.orderItems.find(({ id }) => id === orderItemId) ?? {};
    const canceled = dead ? standing.quantity - standing.shipped : standing.canceled;
    return { reference, orderItemId, ...given({ sku }), ordered: quantity, shipped: standing.shipped, canceled };
  }
}

const made = (lines: readonly FlxpointMade[], orderItemId: string | undefined): FlxpointMade | undefined =>
  lines.find((line) => line.orderItemId === orderItemId);

/** Those that hold one of the lines, oldest first. */
function shipmentsOf(
  lines: readonly FlxpointMade[],
  { requests, shipments }: WholeOrder,
): FlxpointFulfilled['shipments'] {
  return shipments
    .map((shipment) => ({
      id: shipment.id,
      ...given({
        fulfillmentRequestId: shipment.fulfillmentRequestId ?? shipment.purchaseOrderId,
        trackingNumber: shipment.trackingNumber,
        carrier: shipment.carrier,
        method: shipment.method,
        trackingUrl: shipment.trackingUrl,
        shippedAt: shipment.shippedAt,
      }),
      items: shipment.shipmentItems.flatMap((part) => {
        const line = made(lines, orderItemOf(part, requests));
        const { reference = '', orderItemId = '' } = line ?? {};
        return line === undefined ? [] : [{ reference, orderItemId, quantity: part.quantity }];
      }),
    }))
    .filter(({ items }) => items.length > 0)
    .sort((one, other) => Number(one.id) - Number(other.id));
}

async function invoicesOf(client: FlxpointClient, requests: readonly RequestThere[]) {
  const all: { id: string; fulfillmentRequestId: string }[] = [];
  for (const { id, invoices } of requests) {
    for (const invoice of invoices ?? (await client.invoicesOf(id))) all.push(invoiceOf(id, invoice));
  }
  return all;
}

/** Money comes as a JSON number: its shortest decimal form is what was meant. */
function invoiceOf(fulfillmentRequestId: string, { id, invoiceNumber, totalCost, invoiceStatus }: InvoiceThere) {
  const status = typeof invoiceStatus === 'object' ? (invoiceStatus.handle ?? invoiceStatus.name) : invoiceStatus;
  return { id, fulfillmentRequestId, ...given({ invoiceNumber, totalCost: totalCost?.toString(), status }) };
}

const returnsThere = (client: FlxpointClient, { order }: WholeOrder): Promise<ReturnThere[]> =>
  Array.isArray(order.returns) ? Promise.resolve(order.returns) : client.returnsOf(order.id);

function returnsOf(lines: readonly FlxpointMade[], returns: readonly ReturnThere[]) {
  return returns
    .map(({ id, returnNumber, status, items }) => ({
      id,
      ...given({ returnNumber, status }),
      items: items.flatMap(({ orderItemId, returnQuantity }) => {
        const line = made(lines, orderItemId);
        return line === undefined
          ? []
          : [{ reference: line.reference, orderItemId: line.orderItemId, quantity: returnQuantity }];
      }),
    }))
    .filter(({ items }) => items.length > 0);
}
