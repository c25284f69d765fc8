import { randomUUID } from 'node:crypto';
import type { Members } from '../members.js';
import { cents, exact, sum } from '../money.js';
import { currentState, type Order } from '../orders/order.js';
import { statusIds } from '../orders/statuses.js';
import type { Store } from '../store.js';
import type { GatewayOutcome } from './gateway-outcomes.js';
import { type Paying, payingBy } from './instruments.js';
import { paymentCodes, paymentRefused } from './payment-refusals.js';

/** What is still to be paid, in whole cents; refuses an order that nobody may pay here any more. */
function dueOf({ gateways, payments }: Store, order: Order): number {
  const { statusId, total } = currentState(order);
  const price = cents(total.incTax);
  const taken = sum(payments.taken(order.id).map(({ amount }) => amount));
  if (gateways.busy(order.id, 'payment'))
    throw paymentRefused(409, 'The transaction is a duplicate.', paymentCodes.duplicate);
  const partlyPaid = statusId === statusIds.pending && taken > 0 && taken < price;
  if (statusId !== statusIds.incomplete && !partlyPaid) throw notIncomplete();
  return exact(price - taken);
}

export const notIncomplete = () =>
  paymentRefused(422, 'The order is invalid: its status is not Incomplete.', paymentCodes.orderInvalid);

export interface PaymentResult {
  id: string;
  transaction_type: 'authorization' | 'purchase';
  status: 'success' | 'pending';
}

/** Takes what is due by what the caller shows. */
export function pay(store: Store, order: Order, payment: Members): PaymentResult {
  const { gateways, settings } = store;
  const due = dueOf(store, order);
  const paying = payingBy(store, currentState(order).customerId, due, payment);
  const byCard = paying.content.method === 'credit_card';
  const type = byCard && settings.cardPayments === 'authorization' ? 'authorization' : 'purchase';
  const finish = (outcome: GatewayOutcome) => book(store, order, paying, type, outcome);
  if (byCard && settings.paymentAnswer === 'pending') {
    gateways.ask('payment', order.id, finish);
    return { id: randomUUID(), transaction_type: type, status: 'pending' };
  }
  const planned = gateways.answer('payment', order.id);
  const outcome: GatewayOutcome =
    paying.refusal === undefined ? planned : { ...planned, result: 'declined', ...paying.refusal };
  finish(outcome);
  if (outcome.result !== 'ok') {
    const status = outcome.code === paymentCodes.connection ? 502 : 422;
    throw paymentRefused(status, outcome.message, outcome.code);
  }
  return { id: randomUUID(), transaction_type: type, status: 'success' };
}

function book(
  store: Store,
  order: Order,
  paying: Paying,
  event: PaymentResult['transaction_type'],
  { result }: GatewayOutcome,
): void {
  const { orders, payments } = store;
  const declined = result !== 'ok' || paying.refusal !== undefined;
  payments.add({
    ...paying.content,
    ...{ orderId: order.id, event, amount: paying.amount, gatewayTransactionId: `ch_${order.id}`, referenceId: null },
    ...{ status: declined ? 'error' : 'ok', remaining: declined ? null : paying.spend() },
  });
  orders.change(order, 'platform', (draft) => {
    if (declined) {
      draft.paymentStatus = 'declined';
      return;
    }
    const taken = sum(payments.taken(order.id).map(({ amount }) => amount));
    if (event === 'authorization') {
      draft.statusId = statusIds.awaitingPayment;
      draft.paymentStatus = 'authorized';
    } else if (taken >= cents(draft.total.incTax)) {
      draft.statusId = statusIds.awaitingFulfillment;
      draft.paymentStatus = 'captured';
    } else {
      draft.statusId = statusIds.pending;
      draft.paymentStatus = 'pending';
    }
  });
}
