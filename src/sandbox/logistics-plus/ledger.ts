import type { FaultRecord } from '../faults.js';
import type { RequestRecord } from '../ledger.js';
import type { WebhookDelivery } from '../webhooks.js';
import type { ThrottleBreach } from './gateway.js';
import {
  type Content,
  currentState,
  type Departure,
  type KeyValue,
  type Order,
  type OrderLine,
  orderStatus,
  type Shipment,
  type ShipmentLine,
  type ShipTo,
  type TransportDetail,
} from './orders.js';
import type { Tenant } from './tenant.js';

/** What an order asks for. Times in milliseconds since 1970. */
export interface LedgerContent {
  secondaryReference: string | null;
  shipTo: ShipTo;
  note: string | null;
  requiredShipDate: number;
  additionalReferences: KeyValue[];
  transportDetail: TransportDetail | null;
  rateGroup: string | null;
  forwardingData: { incoTerm: string } | null;
  lines: OrderLine[];
}

/** A shipment as it really is. */
export interface LedgerShipment {
  id: string;
  wmsId: string;
  status: string;
  createdAt: number;
  updatedAt: number;
  /** As on the order, late. */
  secondaryReference: string | null;
  shipTo: ShipTo;
  requiredShipDate: number;
  /** What is to ship, and once it is FIN what did; no line for what did not. */
  lines: ShipmentLine[];
  pickedAt: number | null;
  /** Null until it is FIN. */
  departure: Departure | null;
}

/** An order as it really is, whatever a search shows by now. */
export interface LedgerOrder extends LedgerContent {
  id: string;
  organization: string;
  warehouseCode: string;
  primaryReference: string;
  status: 'PRS' | 'FIN' | 'CAN';
  createdAt: number;
  updatedAt: number;
  shipments: LedgerShipment[];
  /** Accepted changes, oldest first. `followedAt` is null until the shipments had it, for ever when work began before. */
  patches: (LedgerContent & { time: number; followedAt: number | null })[];
}

/** What really happened at the imitated Logistics Plus, since the start or the last reset. */
export interface LogisticsPlusLedger {
  now: number;
  /** Oldest first. */
  orders: LedgerOrder[];
  products: { id: string; productCode: string; pickMode: string }[];
  webhooks: WebhookDelivery[];
  /** Messages that wait to be released. */
  webhooksCollected: number;
  requests: RequestRecord[];
  throttleBreaches: ThrottleBreach[];
  faults: FaultRecord[];
}

export function ledgerOf(tenant: Tenant, requests: RequestRecord[], faults: FaultRecord[]): LogisticsPlusLedger {
  return {
    now: tenant.clock.now(),
    orders: tenant.orders.all().map(ledgerOrder),
    products: [...tenant.catalog.all()].map(({ id, productCode, pickMode }) => ({ id, productCode, pickMode })),
    webhooks: tenant.webhooks.all(),
    webhooksCollected: tenant.webhooks.collected,
    requests,
    throttleBreaches: [...tenant.throttle.breaches],
    faults,
  };
}

function ledgerOrder(order: Order): LedgerOrder {
  const { id, organization, warehouseCode, primaryReference, createdAt, patches } = order;
  const { content, shipments, updatedAt } = currentState(order);
  return structuredClone({
    id,
    organization,
    warehouseCode,
    primaryReference,
    status: orderStatus(shipments),
    createdAt,
    updatedAt,
    ...ledgerContent(content),
    shipments: shipments.map(ledgerShipment),
    patches: patches.map(({ time, content, followedAt }) => ({ time, followedAt, ...ledgerContent(content) })),
  });
}

function ledgerContent(content: Content): LedgerContent {
  const { shipTo, requiredShipDate, additionalReferences, transportDetail, rateGroup, incoTerm, lines } = content;
  return {
    secondaryReference: content.secondaryReference ?? null,
    shipTo,
    note: content.note ?? null,
    requiredShipDate,
    additionalReferences,
    transportDetail,
    rateGroup,
    forwardingData: incoTerm === null ? null : { incoTerm },
    lines,
  };
}

function ledgerShipment(shipment: Shipment): LedgerShipment {
  return { ...shipment, secondaryReference: shipment.secondaryReference ?? null };
}
