import type { FaultRecord } from '../faults.js';
import type { RequestRecord } from '../ledger.js';
import type { WebhookDelivery } from '../webhooks.js';
import type { FieldValues, Members } from './bodies.js';
import type { ThrottleBreach } from './gateway.js';
import { orderNumberText } from './order-numbers.js';
import { type DroppedLine, type Order, type OrderFile, type OrderLine, referenceOf, type Shipping } from './orders.js';
import type { PackedLine } from './shipments.js';
import type { Site } from './site.js';

/** An order as it really is, whatever a search shows by now; a back order is one too. Times in milliseconds since 1970. */
export interface LedgerOrder {
  /** `48211`, and `48211.001` for its first back order. */
  orderNo: string;
  /** The order that this one is a back order of; its own number when it is none. */
  groupOrderNo: string;
  customerOrderNo: string | null;
  lobId: number;
  warehouseId: number;
  carrierId: number;
  customerNo: string;
  status: string;
  holdCode: string;
  createdAt: number;
  modifiedAt: number;
  /** Null while it is there. */
  deletedAt: number | null;
  /** Everything writable that it holds, by the platform's names: what was given, and what was filled in. */
  fields: FieldValues;
  customFields: FieldValues;
  requestedParcelAccessories: Members[];
  extraOrderData: Members[];
  extraLineItemData: Members[];
  lines: OrderLine[];
  /** What was not in stock and will not be shipped by anybody. */
  dropped: DroppedLine[];
  shipping: Shipping | null;
  tags: string[];
  audits: string[];
  files: OrderFile[];
  /** Calls of the API that made or changed it; its deletion is not counted. */
  writes: number;
}

export interface LedgerCustomer {
  id: number;
  lobId: number;
  customerNo: string;
  fields: FieldValues;
  deletedAt: number | null;
}

export interface LedgerShipment {
  id: number;
  orderNo: string;
  trackingNo: string;
  status: string;
  carrierCompany: string;
  shipDate: number;
  numberOfCartons: number;
  lines: PackedLine[];
}

/** What really happened at the imitated Infoplus, since the start or the last reset. */
export interface InfoplusLedger {
  now: number;
  /** In the order in which they came to be, the deleted ones among them. */
  orders: LedgerOrder[];
  customers: LedgerCustomer[];
  shipments: LedgerShipment[];
  items: { lobId: number; sku: string; onHand: number; inProcess: number }[];
  webhooks: WebhookDelivery[];
  /** Messages that wait to be released. */
  webhooksCollected: number;
  requests: RequestRecord[];
  throttleBreaches: ThrottleBreach[];
  faults: FaultRecord[];
}

export function ledgerOf(site: Site, requests: RequestRecord[], faults: FaultRecord[]): InfoplusLedger {
  return {
    now: site.clock.now(),
    ...structuredClone({
      orders: site.orders.ever().map(({ value, deletedAt }) => ledgerOrder(value, deletedAt)),
      customers: site.customers.ever().map(({ value: { id, fields }, deletedAt }) => {
        const { lobId, customerNo } = fields;
        return { id, lobId, customerNo, fields, deletedAt };
      }),
      shipments: site.shipments.parcels.all().map(({ cartonIds, orderNo, ...shipment }) => {
        const { id, trackingNo, status, carrierCompany, shipDate, lines } = shipment;
        const numberOfCartons = cartonIds.length;
        return {
          ...{ id, orderNo: orderNumberText(orderNo), trackingNo, status, carrierCompany, shipDate },
          ...{ numberOfCartons, lines },
        };
      }),
      items: site.items.all().map(({ lobId, sku, onHand, inProcess }) => ({ lobId, sku, onHand, inProcess })),
    }),
    webhooks: site.webhooks.all(),
    webhooksCollected: site.webhooks.collected,
    requests,
    throttleBreaches: [...site.throttle.breaches],
    faults,
  };
}

function ledgerOrder(order: Order, deletedAt: number | null): LedgerOrder {
  const { orderNo, groupOrderId, fulfillmentProcessId, enteredBy, ...members } = order;
  const { lobId, warehouseId, carrierId, customerNo, holdCode } = order.fields;
  return {
    ...members,
    orderNo: orderNumberText(orderNo),
    groupOrderNo: orderNumberText(groupOrderId),
    customerOrderNo: referenceOf(order),
    ...{ lobId, warehouseId, carrierId, customerNo, holdCode, deletedAt },
  };
}
