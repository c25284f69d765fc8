import { infoplus } from '../../../src/activities/infoplus/index.js';
import type { InfoplusMade, InfoplusWanted } from '../../../src/workflows/infoplus/contract.js';
import {
  type InfoplusOrder,
  type InfoplusOrderInput,
  infoplusOrderInput,
} from '../../../src/workflows/infoplus/input.js';
import { inActivities, serve } from '../hands.js';
import type { Received, Reply, ScriptedServer } from '../scripted-server.js';

export const API_KEY = '9f2c4e'.repeat(10);
export const BASE = '/infoplus-wms/api/v3.0';
export const AT = { lobId: 10_000, warehouseId: 1_000, carrierId: 1 };
export const made: InfoplusMade = { orderNo: '48211', fieldsSet: true };

const settings = (server: ScriptedServer, more: object) => ({
  url: server.url,
  apiKey: API_KEY,
  lineOfBusiness: 10_000,
  warehouse: 1_000,
  carrier: 1,
  ...more,
});

/** The hands of one connection to a platform that answers what the test says. */
export function handsOf(server: ScriptedServer, more: object = {}) {
  return inActivities(infoplus.createActivities(serve(infoplus, settings(server, more))));
}

/** Reads for all who wait, as the rounds and webhooks of one connection ask for them. */
export function changesOf(server: ScriptedServer, more: object = {}) {
  const { batch, hintOf, ...changes } = infoplus.changes(serve(infoplus, settings(server, more)));
  const { look, feed, some } = inActivities({
    look: changes.look,
    feed: async (cursor?: string) => changes.feed?.(cursor),
    some: async (hints: readonly string[]) => batch?.look(hints),
  });
  return { look, feed, some, hintOf, size: batch?.size };
}

const input = {
  connection: 'infoplus/acme',
  reference: 'SO-1001',
  orderDate: '2025-03-02',
  customerNo: 'C-100',
  billToCompany: 'Jane Doe',
  billToStreet: '12 Elm St',
  billToCity: 'Austin',
  billToState: 'TX',
  billToZip: '78701',
  billToCountry: 'US',
  billToPhone: '512-555-0111',
  billToEmail: 'jane@example.com',
  shipToCompany: 'John Roe',
  shipToStreet: '88 Harbor Road',
  shipToCity: 'Portland',
  shipToState: 'Oregon',
  shipToZip: '97205',
  shipToCountry: 'USA',
  customerPONo: 'PO-77',
  shippingCharge: '4.90',
  lineItems: [
    { sku: 'SKU-1', orderedQty: 2 },
    { sku: 'SKU-2', orderedQty: 1 },
  ],
  customFields: { sourceRunId: '0b0e6a1e' },
} satisfies InfoplusOrderInput;

export function orderOf(change: Partial<InfoplusOrderInput> = {}): InfoplusOrder {
  return infoplusOrderInput.parse({ ...input, ...change });
}

export function wantOf(
  change: Partial<InfoplusOrderInput> = {},
  at: Partial<InfoplusWanted['at']> = {},
): InfoplusWanted {
  return { order: orderOf(change), at: { ...AT, ...at } };
}

export function line(sku: string, orderedQty: number, change: object = {}) {
  return { id: 990_001, lineItemId: 1, sku, orderedQty, allowedQty: 0, shippedQty: 0, backorderQty: 0, ...change };
}

/** An order as Infoplus shows it. */
export function there(change: object = {}) {
  return {
    orderNo: 48211.0,
    customerOrderNo: 'SO-1001',
    lobId: 10_000,
    warehouseId: 1_000,
    customerNo: 'C-100',
    orderDate: '2025-03-04T00:00:00Z',
    carrierId: 1,
    status: 'On Order',
    holdCode: 'N',
    groupOrderId: 48211.0,
    customerPONo: 'PO-77',
    shippingCharge: 4.9,
    billToCompany: 'Jane Doe Inc.',
    shipToAttention: null,
    shipToCompany: 'John Roe',
    shipToStreet: '88 Harbor Road',
    shipToStreet2: null,
    shipToStreet3: '',
    shipToCity: 'Portland',
    shipToState: 'Oregon',
    shipToZip: '97205',
    shipToCountry: 'UNITED STATES',
    shipToPhone: null,
    createDate: '2025-03-02T14:03:11Z',
    modifyDate: '2025-03-02T14:03:11Z',
    lineItems: [line('SKU-1', 2), line('SKU-2', 1, { id: 990_002, lineItemId: 2 })],
    extraOrderData: [],
    customFields: { sourceRunId: '0b0e6a1e' },
    ...change,
  };
}

/** A back order: an order of its own that repeats the reference. */
export function backOrder(change: object = {}) {
  return there({ orderNo: 48211.001, status: 'Back Order', lineItems: [line('SKU-2', 1)], ...change });
}

export const errors = (...texts: string[]) => ({ errors: texts });

type Answer = Reply | ((request: Received) => Reply);

/**
 * Answers by what is asked, e.g. `GET order/search`; `*` stands for one part of the path. What nothing is said of is not
 * there, in the platform's own words.
 */
export function answering(routes: Readonly<Record<string, Answer>>): (request: Received) => Reply {
  return (request) => {
    const asked = whatOf(request);
    const answer = Object.entries(routes).find(([route]) => matches(route, asked))?.[1];
    if (answer === undefined) return { status: 404, body: errors(`Could not find ${asked}`) };
    return typeof answer === 'function' ? answer(request) : answer;
  };
}

/** `GET order/48211` */
export function whatOf({ method, path }: Received): string {
  return `${method} ${path.replace(`${BASE}/`, '').split('?')[0]}`;
}

function matches(route: string, asked: string): boolean {
  return new RegExp(`^${route.replaceAll('*', '[^/]+')}$`).test(asked);
}

/** Searches for orders are answered with these, and each of them is shown by its number. */
export function showing(
  orders: readonly { readonly orderNo: unknown }[],
  routes: Readonly<Record<string, Answer>> = {},
) {
  const byNumber = orders.map((order) => [`GET order/${order.orderNo}`, { body: order }]);
  return answering({ ...routes, 'GET order/search': { body: orders }, ...Object.fromEntries(byNumber) });
}

export function queryOf({ path }: Received): Record<string, string> {
  return Object.fromEntries(new URL(path, 'http://x').searchParams);
}

export const asked = (server: ScriptedServer): string[] => server.received.map(whatOf);

/** What was written, as JSON, by what was asked. */
export function written(server: ScriptedServer, what: string): Record<string, unknown> {
  const request = server.received.find((each) => whatOf(each) === what);
  return JSON.parse(request?.body ?? 'null') as Record<string, unknown>;
}
