import { cents } from './money.js';
import { emptyAddress } from './orders/address.js';
import type { Order, OrderLine, OrderState, PaymentStatus } from './orders/order.js';
import { emptyTexts } from './orders/order-fields.js';
import { statusIds } from './orders/statuses.js';
import { recalculate } from './orders/totals.js';
import type { Transaction } from './payments/transactions.js';
import { bigcommerceSeed } from './seed.js';
import type { Variant } from './stock/catalog.js';
import type { Store } from './store.js';

/** Seeded orders are as old as this at the start, so that no lag hides them. */
const seededBeforeMs = 3_600_000;

export interface ShopLine {
  variant: Variant;
  quantity: number;
  /** With and without tax; the product's own price, untaxed, unless told. */
  priceExTax?: number | undefined;
  priceIncTax?: number | undefined;
}

export interface ShopOrder {
  statusId: number;
  paymentStatus: PaymentStatus;
  customerId: number;
  lines: readonly ShopLine[];
  /** Shipping, untaxed. */
  shipping: number;
  externalOrderId?: string | undefined;
}

export function seedOrders(store: Store): void {
  const variant = store.catalog.bySku('MUG-B');
  if (variant === undefined) throw new Error('the seed has no MUG-B');
  for (const _ of bigcommerceSeed.authorizedOrderIds) {
    authorizedOrder(
      store,
      { lines: [{ variant, quantity: 1 }], shipping: 9, customerId: 0 },
      store.clock.now() - seededBeforeMs,
    );
  }
}

/** An order of the shop whose card is authorized, and whose money is still to be taken. */
export function authorizedOrder(
  store: Store,
  wanted: Omit<ShopOrder, 'statusId' | 'paymentStatus'>,
  at: number = store.clock.now(),
): Order {
  const order = shopOrder(store, { ...wanted, statusId: statusIds.awaitingPayment, paymentStatus: 'authorized' }, at);
  cardTransaction(store, order, 'authorization', null);
  return order;
}

/** An order comes out of the shop's checkout. */
export function shopOrder(store: Store, wanted: ShopOrder, at: number = store.clock.now()): Order {
  const { ids, orders } = store;
  const addressId = ids.next('orderAddress');
  const address = { ...emptyAddress, ...bigcommerceSeed.billing };
  const { shipping, lines, ...rest } = wanted;
  const nothing = { base: 0, exTax: 0, incTax: 0 };
  const state: OrderState = {
    ...{ statusId: rest.statusId, paymentStatus: rest.paymentStatus, customerId: rest.customerId, channelId: 1 },
    ...{ createdAt: at, modifiedAt: at, shippedAt: null, archivedAt: null },
    ...{ orderSource: 'www', cartId: cartId(), isDigital: false },
    texts: { ...emptyTexts, payment_method: 'Credit Card', external_order_id: rest.externalOrderId ?? '' },
    billingAddress: address,
    addresses: [{ id: addressId, address: structuredClone(address), shippingMethod: 'Flat rate' }],
    lines: lines.map((line) => shopLine(store, line, addressId)),
    ...{
      fees: [],
      shipping: { base: shipping, exTax: shipping, incTax: shipping },
      handling: nothing,
      wrapping: nothing,
    },
    ...{ discount: 0, subtotal: { exTax: 0, incTax: 0 }, total: { exTax: 0, incTax: 0 } },
    ...{ holdsStock: false, paidOutside: false, history: [] },
  };
  recalculate(state);
  return orders.add(state, 'person', at);

  function cartId(): string {
    return `00000000-0000-4000-8000-${String(addressId).padStart(12, '0')}`;
  }
}

function shopLine(store: Store, { variant, quantity, ...prices }: ShopLine, orderAddressId: number): OrderLine {
  const { product } = variant;
  const exTax = prices.priceExTax ?? product.price;
  return {
    ...{ id: store.ids.next('orderProduct'), productId: product.id, variantId: variant.id, orderAddressId },
    ...{ name: product.name, nameMerchant: product.name, sku: variant.sku, upc: '', type: product.type },
    ...{ weight: product.weight, price: { exTax, incTax: prices.priceIncTax ?? exTax }, quantity },
    ...{ quantityShipped: 0, quantityRefunded: 0, stockTaken: 0, options: [], wrapping: null },
  };
}

/** What a gateway did with the shopper's card, for all that the order costs. */
export function cardTransaction(
  store: Store,
  order: Order,
  event: Transaction['event'],
  referenceId: number | null,
): Transaction {
  const amount = cents(order.versions.at(-1)?.state.total.incTax ?? 0);
  return store.payments.add({
    ...{ orderId: order.id, event, method: 'credit_card', amount, gateway: 'stripe', status: 'ok' },
    ...{ gatewayTransactionId: `ch_${order.id}`, paymentMethodId: bigcommerceSeed.paymentMethods.card },
    ...{ referenceId, card: testCard, remaining: null, giftCode: null },
  });
}

export const testCard = {
  ...{ card_type: 'visa', card_iin: '424242', card_last4: '4242', card_expiry_month: 9, card_expiry_year: 2029 },
};
