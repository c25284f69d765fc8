import { cents, exact, sum } from '../money.js';
import { currentState, type Order } from '../orders/order.js';
import type { Store } from '../store.js';
import type { Transaction } from './transactions.js';

/** Where money can go back to. */
export interface PaymentOption {
  providerId: string;
  description: string;
  amount: number;
  offline: boolean;
}

const descriptions: Readonly<Record<string, string>> = {
  ...{ stripe: 'Stripe', giftcertificate: 'Gift Certificate', storecredit: 'Store Credit', custom: 'Custom' },
};
const option = (providerId: string, amount: number, offline = false): PaymentOption => ({
  ...{ providerId, description: descriptions[providerId] ?? providerId, amount: cents(amount), offline },
});

/** What was taken for the order and not given back, or promised back, since. */
export function leftToRefund(store: Store, order: Order): number {
  return exact(paidFor(store, order) - refundedOf(store, order.id));
}

/** Money that came through a gateway, or was booked from elsewhere. */
export function paidFor({ payments }: Store, order: Order): number {
  const state = currentState(order);
  const taken = sum(payments.taken(order.id).map(({ amount }) => amount));
  return taken === 0 && state.paidOutside ? cents(state.total.incTax) : taken;
}

export const refundedOf = ({ refunds }: Store, orderId: number): number =>
  sum(
    refunds
      .live(orderId)
      .flatMap(({ payments }) => payments.filter(({ isDeclined }) => !isDeclined).map(({ amount }) => amount)),
  );

/** Each is a way to give all of the amount back; the options of one go together. Empty: there is none. */
export function refundMethods(store: Store, order: Order, amount: number): PaymentOption[][] {
  const taken = store.payments.taken(order.id).filter(({ gateway }) => gateway !== 'custom');
  if (taken.length === 0) return store.settings.outsideRefunds === 'record' ? [[option('custom', amount, true)]] : [];
  const { customerId } = currentState(order);
  return [
    ...waysBack(store, order.id, taken, amount),
    ...(customerId === 0 ? [] : [[option('storecredit', amount)]]),
    [option('custom', amount, true)],
  ];
}

/** Back the way it came, from the newest payment on. */
function waysBack(store: Store, orderId: number, taken: readonly Transaction[], amount: number): PaymentOption[][] {
  let left = amount;
  const parts = taken.toReversed().flatMap((transaction) => {
    const part = Math.min(left, leftOf(store, orderId, transaction));
    left = exact(left - part);
    return part > 0 ? [option(transaction.gateway, part)] : [];
  });
  return left === 0 && parts.length > 0 ? [parts] : [];
}

function leftOf({ refunds }: Store, orderId: number, { amount, gateway }: Transaction): number {
  const back = refunds.live(orderId).flatMap(({ payments }) => payments);
  const same = back.filter(({ isDeclined, offline, providerId }) => !isDeclined && !offline && providerId === gateway);
  return exact(amount - sum(same.map((each) => each.amount)));
}
