import { type Actor, currentState, type Order, type PaymentStatus } from '../orders/order.js';
import { statusIds } from '../orders/statuses.js';
import { refused } from '../refusals.js';
import type { Store } from '../store.js';
import type { GatewayOutcome } from './gateway-outcomes.js';

type Action = 'capture' | 'void';

/** Asks for the money of an authorized card, or gives the authorization up. The gateway answers later. */
export function start(store: Store, order: Order, action: Action, by: Actor): void {
  if (currentState(order).paymentStatus !== 'authorized' || store.payments.authorized(order.id) === undefined) {
    throw refused(422, `The payment cannot be ${action === 'capture' ? 'captured' : 'voided'}.`);
  }
  setPaymentStatus(store, order, by, action === 'capture' ? 'capture pending' : 'void pending');
  store.gateways.ask(action, order.id, (outcome) => finish(store, order, action, outcome));
}

function finish(store: Store, order: Order, action: Action, { result, paymentStatus }: GatewayOutcome): void {
  const { payments, settings } = store;
  const authorization = payments.authorized(order.id);
  if (authorization === undefined) return;
  const { id, createdAt, card, ...content } = authorization;
  const status = result === 'ok' ? 'ok' : 'error';
  payments.add({ ...content, card: null, event: action, status, referenceId: id });
  if (result !== 'ok') {
    setPaymentStatus(store, order, 'platform', paymentStatus);
    return;
  }
  setPaymentStatus(store, order, 'platform', action === 'capture' ? 'captured' : 'void');
  const awaits: readonly number[] = [statusIds.awaitingPayment, statusIds.pending];
  if (action === 'capture' && settings.captureMovesStatus && awaits.includes(currentState(order).statusId)) {
    store.orders.change(order, 'platform', (draft) => {
      draft.statusId = statusIds.awaitingFulfillment;
    });
  }
}

function setPaymentStatus({ orders }: Store, order: Order, by: Actor, status: PaymentStatus): void {
  orders.change(order, by, (draft) => {
    draft.paymentStatus = status;
  });
}
