import type { FaultRecord } from '../faults.js';
import type { RequestRecord } from '../ledger.js';
import type { WebhookDelivery } from '../webhooks.js';
import type { Hook } from './hooks/hooks.js';
import type { Mail } from './mails.js';
import type { Metafield } from './metafields/metafields.js';
import { sum } from './money.js';
import type { InventorySettings } from './options.js';
import { currentState, type Order, type OrderState } from './orders/order.js';
import type { PaymentAccess } from './payments/access-tokens.js';
import type { Refund } from './payments/refund.js';
import { refundedOf } from './payments/refund-methods.js';
import type { Transaction } from './payments/transactions.js';
import type { Shipment } from './shipments/shipment.js';
import type { StockMovement } from './stock/stock.js';
import type { Store } from './store.js';
import type { ThrottleBreach } from './throttle.js';

/** An order as it really is, whatever a list shows by now. Times in milliseconds since 1970. */
export interface LedgerOrder extends OrderState {
  id: number;
  externalOrderId: string;
  /** Oldest first. */
  transactions: Transaction[];
  refunds: Refund[];
  /** What gateways took, and what went back or is on its way back; an order that was paid elsewhere has no such money. */
  taken: number;
  refunded: number;
  /** The deleted ones too. */
  shipments: Shipment[];
}

export interface LedgerHook extends Omit<Hook, 'headers'> {
  headerNames: string[];
}

/** What really happened at the imitated BigCommerce, since the start or the last reset. */
export interface BigcommerceLedger {
  now: number;
  /** In the order of their ids; those of the seed and the archived ones among them. */
  orders: LedgerOrder[];
  stock: { sku: string; productId: number; variantId: number | null; onHand: Record<number, number> }[];
  stockMovements: StockMovement[];
  mails: Mail[];
  inventorySettings: InventorySettings;
  /** What customers may spend. */
  storeCredit: { customerId: number; amount: number }[];
  /** What the tokens open that were made for payments. */
  paymentAccesses: PaymentAccess[];
  metafields: Metafield[];
  hooks: LedgerHook[];
  /** How many are written to when a hook is deactivated, by app. */
  hookContacts: Record<string, number>;
  webhooks: WebhookDelivery[];
  /** Messages that wait to be released. */
  webhooksCollected: number;
  requests: RequestRecord[];
  /** Requests that found nothing left of the quota. */
  throttleBreaches: ThrottleBreach[];
  faults: FaultRecord[];
}

export function ledgerOf(store: Store, requests: RequestRecord[], faults: FaultRecord[]): BigcommerceLedger {
  store.agenda.catchUp();
  return {
    now: store.clock.now(),
    ...structuredClone({
      orders: store.orders.all().map((order) => ledgerOrder(store, order)),
      stock: store.stock.items.map(({ sku, productId, variantId, onHand }) => ({
        ...{ sku, productId, variantId, onHand: Object.fromEntries(onHand) },
      })),
      stockMovements: store.stock.movements,
      mails: store.mails,
      inventorySettings: store.inventory,
      storeCredit: store.customers.all.map(({ id, storeCredit }) => ({ customerId: id, amount: storeCredit })),
      paymentAccesses: store.accessTokens.all(),
      metafields: [...store.metafields.all()],
      hooks: store.hooks.all().map(withoutSecrets),
      hookContacts: Object.fromEntries([...store.hookMails].map(([client, emails]) => [client, emails.length])),
    }),
    webhooks: store.webhooks.all(),
    webhooksCollected: store.webhooks.collected,
    requests,
    throttleBreaches: [...store.throttle.breaches],
    faults,
  };
}

/** Their headers hold what a receiver knows the platform by. */
function withoutSecrets({ headers, ...hook }: Hook): LedgerHook {
  return { ...hook, headerNames: Object.keys(headers ?? {}) };
}

function ledgerOrder(store: Store, order: Order): LedgerOrder {
  const { payments, refunds, shipments } = store;
  const state = currentState(order);
  return {
    ...{ id: order.id, externalOrderId: state.texts.external_order_id },
    ...state,
    transactions: payments.of(order.id),
    refunds: refunds.of(order.id),
    taken: sum(payments.taken(order.id).map(({ amount }) => amount)),
    refunded: refundedOf(store, order.id),
    shipments: shipments.ever().filter(({ orderId }) => orderId === order.id),
  };
}
