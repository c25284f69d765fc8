import { logisticsPlus } from '../../../src/activities/logistics-plus/index.js';
import {
  type LogisticsPlusOrder,
  type LogisticsPlusOrderInput,
  logisticsPlusOrderInput,
} from '../../../src/workflows/logistics-plus/input.js';
import { inActivities, serve } from '../hands.js';
import type { Received, Reply, ScriptedServer } from '../scripted-server.js';

export const API_KEY = 'wapi-key-123';
export const ORDER_ID = '69a1f082b7d4e5a6c7d8e901';
export const SHIPMENT_ID = '69a1f084b7d4e5a6c7d8e902';
export const REQUEST_ID = '4b1f0c8a9d6e4f55b0c2a7d1e3f49a10';

/** The hands of one connection to a platform that answers what the test says. */
export function handsOf(server: ScriptedServer, more: object = {}) {
  const served = serve(logisticsPlus, { url: server.url, apiKey: API_KEY, ...more });
  return inActivities(logisticsPlus.createActivities(served));
}

/** Reads by hints, as the rounds and webhooks of one connection ask for them. */
export function changesOf(server: ScriptedServer) {
  return inActivities(logisticsPlus.changes(serve(logisticsPlus, { url: server.url, apiKey: API_KEY })));
}

const input = {
  connection: 'logistics-plus/acme',
  reference: 'SHOP-700123',
  warehouseCode: 'LAW',
  secondaryReference: 'WEB-55110',
  shipToAddress: {
    address: {
      organization: 'Dana Rivers',
      addressLine1: '88 Harbor Road',
      addressLine2: 'Apt 4',
      city: 'Portland',
      state: 'OR',
      postalCode: '97205',
      country: 'USA',
    },
    contact: { personName: 'Dana Rivers', phoneNumber: '503-555-0142', emailAddress: 'dana.rivers@example.com' },
  },
  requiredShipDate: '2026-03-08T19:00:00.500-05:00',
  orderLines: [
    { externalLineReference: '10', productCode: 'MUG-STEEL-350-BLU', quantity: 2 },
    { externalLineReference: '020', productCode: 'TEA-100', quantity: 1.5, quantityUnit: 'KG' },
  ],
  additionalReferences: [{ key: 'ORD', value: 'SHOP-700123' }],
  note: 'Ring at the back door',
} satisfies LogisticsPlusOrderInput;

export function orderOf(change: Partial<LogisticsPlusOrderInput> = {}): LogisticsPlusOrder {
  return logisticsPlusOrderInput.parse({ ...input, ...change });
}

const lines = () => [
  { lineNumber: '1', externalLineReference: '10', productCode: 'MUG-STEEL-350-BLU', quantity: 2, quantityUnit: 'UNT' },
  { lineNumber: '2', externalLineReference: '020', productCode: 'TEA-100', quantity: 1.5, quantityUnit: 'KG' },
];

const noAttributes = { lineAttributes: [], lineCustomAttributes: [], partAttributes: [] };

export function there(change: object = {}) {
  return {
    id: ORDER_ID,
    dateCreated: '2026-02-27T19:29:06+00:00',
    dateLastUpdated: '2026-02-27T19:29:06+00:00',
    status: 'PRS',
    warehouseCode: 'LAW',
    primaryReference: 'SHOP-700123',
    secondaryReference: 'WEB-55110',
    shipToAddress: {
      address: { ...input.shipToAddress.address, country: 'US', isResidential: false },
      contact: { ...input.shipToAddress.contact, mobileNumber: '', faxNumber: '' },
    },
    requiredShipDate: '2026-03-09T00:00:00+00:00',
    transportDetail: {},
    orderLines: lines().map((line) => ({ ...line, ...noAttributes })),
    shipments: [shipment()],
    additionalReferences: [{ key: 'ORD', value: 'SHOP-700123' }],
    note: 'Ring at the back door',
    ...change,
  };
}

export function shipment(change: object = {}) {
  return {
    id: SHIPMENT_ID,
    status: 'ENT',
    secondaryReference: 'WEB-55110',
    requiredShipDate: '2026-03-08T12:00:00+00:00',
    packages: [],
    shipmentLines: lines().map((line) => ({ ...line, sublines: [], ...noAttributes })),
    milestones: [],
    additionalReferences: [],
    ...change,
  };
}

/** Every shipment has this status, and the order the one that follows from it. */
export function ended(status: 'FIN' | 'CAN', change: object = {}) {
  return there({ status, shipments: [shipment({ status })], ...change });
}

export function listOf(...orders: readonly object[]) {
  return { data: { orders }, id: REQUEST_ID, resource: [], errors: [] };
}

export function envelope(data: object) {
  return { data, id: REQUEST_ID, resource: [], errors: [] };
}

/** Searches are answered with these orders, writes with `toWrites`. */
export function showing(orders: readonly object[], toWrites: Reply = { body: envelope(there()) }) {
  return ({ method }: Received): Reply => (method === 'GET' ? { body: listOf(...orders) } : toWrites);
}

/** An answer as it looks in the published examples that are not in camelCase. */
export function inPascalCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inPascalCase);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [
    name.charAt(0).toUpperCase() + name.slice(1),
    inPascalCase(member),
  ]);
  return Object.fromEntries(members);
}

/** A body of a refusal that quotes what it should not. */
export function refusal(status: number) {
  return {
    data: {},
    id: 'a0b1c2d3e4f5461788990a1b2c3d4e5f',
    resource: [],
    errors: [
      {
        id: '0c7d7d1e-3a55-4b0e-9d64-5b1f2f1f9a77',
        status: String(status),
        code: 'validation',
        title: 'Validation error',
        detail: `Product TEA-100 for Dana Rivers, 88 Harbor Road (dana.rivers@example.com), key ${API_KEY}`,
        source: { pointer: '/orderLines/1' },
      },
    ],
  };
}
