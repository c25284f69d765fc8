import { flxpoint } from '../../../src/activities/flxpoint/index.js';
import type { FlxpointWanted } from '../../../src/workflows/flxpoint/contract.js';
import {
  type FlxpointLine,
  type FlxpointOrder,
  type FlxpointOrderInput,
  flxpointOrderInput,
} from '../../../src/workflows/flxpoint/input.js';
import { inActivities, serve } from '../hands.js';
import type { Received, Reply, ScriptedServer } from '../scripted-server.js';

export const TOKEN = 'flx-token-123';
export const ORDER_ID = '5812044';
export const at = { connection: 'flxpoint/acme', reference: ORDER_ID };

/** The hands of one connection to a platform that answers what the test says. */
export function handsOf(server: ScriptedServer, more: object = {}) {
  return inActivities(flxpoint.createActivities(served(server, more)));
}

/** Reads by hints, as the rounds and webhooks of one connection ask for them. */
export function changesOf(server: ScriptedServer, more: object = {}) {
  return inActivities(flxpoint.changes(served(server, more)));
}

const served = (server: ScriptedServer, more: object) =>
  serve(flxpoint, { url: server.url, token: TOKEN, tokenKind: 'account', ...more });

const shippingAddress = {
  firstName: 'Dana',
  lastName: 'Reyes',
  addressLine1: '48 Harbor Rd',
  addressLine2: 'Unit 3',
  city: 'Savannah',
  stateCode: 'GA',
  postal: '31401',
  countryCode: 'US',
  email: 'dana.reyes@example.com',
  phone: '+1-912-555-0142',
};

const input = {
  ...at,
  lines: [{ reference: 'A-1', sku: 'TEE-GREEN-M', quantity: 2, price: '24.50', shippingAddress }],
} satisfies FlxpointOrderInput;

export function orderOf(change: Partial<FlxpointOrderInput> = {}): FlxpointOrder {
  return flxpointOrderInput.parse({ ...input, ...change });
}

export function lineOf(change: Partial<FlxpointOrderInput['lines'][number]> = {}): FlxpointLine {
  const [line] = orderOf({ lines: [{ ...input.lines[0], ...change } as FlxpointLine] }).lines;
  if (line === undefined) throw new Error('no line');
  return line;
}

export const ITEM_ID = '88120977';
export const OTHER_ITEM_ID = '88120451';
export const made = { reference: 'A-1', orderItemId: ITEM_ID, quantity: 2 };

/** The line together with what was looked up, and the order before it was sent. */
export function wanted(change: Partial<FlxpointWanted> = {}): FlxpointWanted {
  return {
    line: lineOf(),
    variant: { sku: 'TEE-GREEN-M', listingVariantId: '330118' },
    before: { items: [OTHER_ITEM_ID], pieces: 1, added: 0 },
    ...change,
  };
}

/** The item of the line, as Flxpoint shows it. */
export function item(change: object = {}) {
  return {
    id: Number(ITEM_ID),
    sku: 'TEE-GREEN-M',
    quantity: 2,
    price: 24.5,
    orderId: Number(ORDER_ID),
    virtualVariantId: 915502,
    listingVariantId: 330118,
    shippedQuantity: 0,
    canceledQuantity: 0,
    usingProductAlternative: false,
    bundle: false,
    attributes: [],
    shippingAddress: {
      ...shippingAddress,
      id: 6610220,
      name: 'Dana Reyes',
      state: 'Georgia',
      country: 'United States',
      redacted: false,
    },
    ...change,
  };
}

/** An item that was on the order before. */
export const otherItem = (change: object = {}) =>
  item({
    id: Number(OTHER_ITEM_ID),
    sku: 'MUG-BLUE',
    quantity: 1,
    price: 39,
    listingVariantId: 330075,
    virtualVariantId: 915440,
    shippingAddress: null,
    ...change,
  });

export function requestItem(change: object = {}) {
  return {
    id: 70331908,
    sku: 'SUP-TEE-GRN-M',
    quantity: 2,
    fulfillmentRequestId: 4590021,
    orderItemId: Number(ITEM_ID),
    acknowledgedQuantity: 0,
    shippedQuantity: 0,
    voidedQuantity: 0,
    canceledQuantity: 0,
    ...change,
  };
}

/** A fulfillment request for the item. */
export function request(change: object = {}, status = 'processing') {
  return {
    id: 4590021,
    fulfillmentRequestNumber: 'WEB-20931-1',
    orderId: Number(ORDER_ID),
    sourceId: 21077,
    fulfillmentRequestStatus: { name: 'Whatever It Is Called Now', handle: status },
    fulfillmentRequestFulfillmentStatus: { name: 'Awaiting Shipment', handle: 'awaiting_shipment' },
    fulfillmentRequestItems: [requestItem()],
    shipments: [],
    invoices: [],
    ...change,
  };
}

export function shipment(change: object = {}) {
  return {
    id: 7711203,
    orderId: Number(ORDER_ID),
    fulfillmentRequestId: 4590021,
    purchaseOrderId: 4590021,
    trackingNumber: '1Z999AA10123456784',
    carrier: 'UPS',
    method: 'Ground',
    note: null,
    shippedAt: '2026-04-21T18:30:00Z',
    shipmentItems: [{ id: 81230011, quantity: 2, orderItemId: Number(ITEM_ID), fulfillmentRequestItemId: 70331908 }],
    ...change,
  };
}

/** The order, with the line on it. */
export function there(change: object = {}) {
  return {
    id: Number(ORDER_ID),
    orderNumber: 'WEB-20931',
    orderStatus: 'Open',
    paymentStatus: 'Paid',
    channelId: 47110,
    modifiedAt: '2026-04-20T15:10:03Z',
    shippingAddress: { name: 'Robin Vale', addressLine1: '7 Quay', city: 'Savannah', email: 'robin@example.com' },
    tags: ['vip'],
    orderItems: [otherItem(), item()],
    purchaseOrders: [{ id: 4590021 }],
    fulfillmentRequests: [],
    orderStatusHistory: [],
    ...change,
  };
}

/** The order before the line was added. */
export const without = (change: object = {}) => there({ orderItems: [otherItem()], ...change });

/** Answers by method and the beginning of the path; the order itself, unless said otherwise. */
export function answering(order: object, more: Readonly<Record<string, Reply | ((received: Received) => Reply)>> = {}) {
  return (received: Received): Reply => {
    const asked = `${received.method} ${received.path}`;
    const [, reply] = Object.entries(more).find(([call]) => asked.startsWith(call)) ?? [];
    if (reply !== undefined) return typeof reply === 'function' ? reply(received) : reply;
    return asked.startsWith(`GET /orders/${ORDER_ID}`) ? { body: order } : { status: 500 };
  };
}

/** What was asked, without the reads of the order. */
export const writesIn = ({ received }: ScriptedServer) =>
  received
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path, body }) => ({ call: `${method} ${path}`, body: body === '' ? undefined : JSON.parse(body) }));
