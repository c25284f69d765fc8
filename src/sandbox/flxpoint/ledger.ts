import type { FaultRecord } from '../faults.js';
import type { RequestRecord } from '../ledger.js';
import type { WebhookDelivery } from '../webhooks.js';
import type { PaceBreach, ThrottleBreach } from './gateway.js';
import {
  type Address,
  currentState,
  type FulfillmentRequest,
  type HistoryRecord,
  type Order,
  type OrderItem,
  type OrderState,
  type Return,
} from './orders.js';
import { live, returned, shipped, unitsOf } from './quantities.js';
import type { Tenant } from './tenant.js';
import type { WebhookConfiguration } from './webhook-configurations.js';

/** A line as it really is. */
export interface LedgerOrderItem extends OrderItem {
  /** In requests that are not canceled, voided or merged. */
  allocatedQuantity: number;
  shippedQuantity: number;
  returnedQuantity: number;
}

/** An order as it really is, whatever a list shows by now. Times in milliseconds since 1970. */
export interface LedgerOrder {
  id: number;
  orderNumber: string;
  referenceNumber: string;
  channelId: number;
  orderedAt: number;
  insertedAt: number;
  updatedAt: number;
  modifiedAt: number;
  orderStatus: string;
  paymentStatus: string;
  tags: string[];
  shippingAddress: Address | null;
  items: LedgerOrderItem[];
  /** Oldest first. */
  history: HistoryRecord[];
  /** With their shipments and invoices; handles in place of statuses. */
  fulfillmentRequests: FulfillmentRequest[];
  returns: Return[];
}

/** What really happened at the imitated Flxpoint, since the start or the last reset. */
export interface FlxpointLedger {
  now: number;
  /** In the order of their ids; those of the seed among them. */
  orders: LedgerOrder[];
  webhookConfigurations: WebhookConfiguration[];
  webhooks: WebhookDelivery[];
  /** Messages that wait to be released. */
  webhooksCollected: number;
  requests: RequestRecord[];
  /** Requests that found the bucket of their token full. */
  throttleBreaches: ThrottleBreach[];
  /** Seconds with more requests of one token than the documentation allows, whether the bucket let them pass or not. */
  paceBreaches: PaceBreach[];
  faults: FaultRecord[];
}

export function ledgerOf(tenant: Tenant, requests: RequestRecord[], faults: FaultRecord[]): FlxpointLedger {
  return {
    now: tenant.clock.now(),
    orders: tenant.orders.all().map(ledgerOrder),
    webhookConfigurations: structuredClone(tenant.configurations.all()),
    webhooks: tenant.webhooks.all(),
    webhooksCollected: tenant.webhooks.collected,
    requests,
    throttleBreaches: [...tenant.throttle.breaches],
    paceBreaches: [...tenant.throttle.paceBreaches],
    faults,
  };
}

function ledgerOrder(order: Order): LedgerOrder {
  const { versions, ...head } = order;
  const state = currentState(order);
  const { canceledAt, billingAddress, ...rest } = state;
  return structuredClone({ ...head, ...rest, items: state.items.map((item) => ledgerItem(item, state)) });
}

function ledgerItem(item: OrderItem, state: OrderState): LedgerOrderItem {
  return {
    ...item,
    allocatedQuantity: unitsOf(item, state, live),
    shippedQuantity: unitsOf(item, state, shipped),
    returnedQuantity: returned(item, state),
  };
}
