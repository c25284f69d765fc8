import { isMembers, type Members } from '../members.js';
import { cents, exact, sum } from '../money.js';
import { type Actor, currentState, type Order } from '../orders/order.js';
import { statusIds } from '../orders/statuses.js';
import type { Store } from '../store.js';
import type { GatewayOutcome } from './gateway-outcomes.js';
import type { Refund, RefundPayment } from './refund.js';
import { unprocessable, wishIn } from './refund-input.js';
import { leftToRefund, type PaymentOption, paidFor, refundedOf, refundMethods } from './refund-methods.js';
import { quote, tooMuch } from './refund-quote.js';

/** Takes a refund on: recorded now, given back by the gateway later. */
export function startRefund(store: Store, order: Order, members: Members, by: Actor): Refund {
  const { clock, events, gateways, refunds } = store;
  if (gateways.busy(order.id)) throw unprocessable('Another payment action of this order is being processed.');
  const quoted = quote(store, order, wishIn(members));
  const override = overrideIn(members);
  const totalAmount = override?.totalAmount ?? quoted.totalAmount;
  if (totalAmount > leftToRefund(store, order)) throw tooMuch();
  const chosen = paymentsIn(members);
  expectOffered(store, order, chosen, totalAmount);
  if (chosen.some(({ offline, providerId }) => !offline && providerId !== 'storecredit')) expectSettled(store, order);
  const refund = refunds.add({
    ...{ orderId: order.id, createdAt: clock.now(), totalAmount, totalTax: override?.totalTax ?? quoted.totalTax },
    ...{ usesMerchantOverride: override !== null, items: quoted.items, settled: false },
    payments: chosen.map(({ providerId, amount, offline }) => ({
      ...{ id: store.ids.next('refundPayment'), providerId, amount, offline },
      ...{ isDeclined: false, declinedMessage: '', transactionId: null },
    })),
  });
  events.order('refund/created', order.id, currentState(order), { refund: { refund_id: refund.id } });
  store.orders.change(order, by, () => undefined);
  gateways.ask('refund', order.id, (outcome) => finishRefund(store, order, refund, outcome));
  return refund;
}

type Choice = Omit<PaymentOption, 'description'>;

function paymentsIn({ payments }: Members): Choice[] {
  if (!Array.isArray(payments) || payments.length === 0) {
    throw unprocessable('JSON data is missing or invalid', { payments: 'error.path.missing' });
  }
  return payments.map((each, index) => {
    const { provider_id: providerId, amount, offline = false } = isMembers(each) ? each : {};
    const fits = typeof providerId === 'string' && typeof amount === 'number' && typeof offline === 'boolean';
    if (!fits) throw unprocessable('JSON data is missing or invalid', { [`payments[${index}]`]: 'error.invalid' });
    return { providerId, amount: exact(amount), offline };
  });
}

function overrideIn({ merchant_calculated_override: override }: Members) {
  const [first] = Array.isArray(override) ? override : [override];
  if (first === undefined || first === null) return null;
  const { total_amount: amount, total_tax: tax } = isMembers(first) ? first : {};
  if (typeof amount !== 'number' || amount <= 0) {
    throw unprocessable('JSON data is missing or invalid', { merchant_calculated_override: 'error.invalid' });
  }
  return { totalAmount: cents(amount), totalTax: typeof tax === 'number' ? cents(tax) : undefined };
}

/** The payments have to be one of the ways that a quote names, whole and with its amounts. */
function expectOffered(store: Store, order: Order, chosen: readonly Choice[], totalAmount: number): void {
  const guest = currentState(order).customerId === 0;
  if (guest && chosen.some(({ providerId }) => providerId === 'storecredit')) {
    throw unprocessable('Unable to provide store credit for a guest customer.');
  }
  if (sum(chosen.map(({ amount }) => amount)) !== totalAmount) {
    throw unprocessable('The payment amounts do not match the refund amount.');
  }
  const key = (options: readonly Choice[]) =>
    options
      .map(({ providerId, amount, offline }) => `${providerId} ${amount} ${offline}`)
      .sort()
      .join(', ');
  const offered = refundMethods(store, order, totalAmount).map(key);
  if (!offered.includes(key(chosen))) throw unprocessable('Invalid split payment for the refund.');
}

function expectSettled({ clock, payments, settings }: Store, order: Order): void {
  const settledBefore = clock.now() - settings.settlementMs;
  if (payments.taken(order.id).every(({ createdAt }) => createdAt <= settledBefore)) return;
  throw unprocessable('The transaction has not been settled yet.');
}

function finishRefund(store: Store, order: Order, refund: Refund, { result, message }: GatewayOutcome): void {
  const { agenda, orders, settings } = store;
  refund.settled = true;
  for (const payment of refund.payments) pay(store, order, payment, result, message);
  if (refund.payments.every(({ isDeclined }) => isDeclined)) {
    orders.change(order, 'platform', () => undefined);
    return;
  }
  const whole = refundedOf(store, order.id) >= paidFor(store, order);
  orders.change(order, 'platform', (draft) => {
    draft.paymentStatus = whole ? 'refunded' : 'partially refunded';
    for (const { itemType, itemId, quantity } of refund.items) {
      const line = draft.lines.find(({ id }) => itemType === 'PRODUCT' && id === itemId);
      if (line !== undefined) line.quantityRefunded += quantity;
    }
  });
  if (settings.mails) store.mail('refund', order.id, { refundId: refund.id });
  agenda.after(settings.statusDelayMs, () => moveStatus(store, order, whole));
}

/** Store credit and mere records are never refused. */
function pay(
  store: Store,
  order: Order,
  payment: RefundPayment,
  result: GatewayOutcome['result'],
  message: string,
): void {
  if (payment.offline) return;
  if (payment.providerId === 'storecredit') {
    store.customers.credit(currentState(order).customerId, payment.amount);
    return;
  }
  const source = store.payments.taken(order.id).find(({ gateway }) => gateway === payment.providerId);
  if (source === undefined) return;
  const { id: referenceId, createdAt, ...content } = source;
  if (result === 'ok' && source.giftCode !== null) store.refillGift(source.giftCode, payment.amount);
  const status = result === 'ok' ? 'ok' : 'error';
  const made = store.payments.add({
    ...content,
    card: null,
    event: 'refund',
    amount: payment.amount,
    status,
    referenceId,
  });
  payment.transactionId = made.id;
  if (result === 'ok') return;
  payment.isDeclined = true;
  payment.declinedMessage = message;
}

function moveStatus({ orders }: Store, order: Order, whole: boolean): void {
  const to = whole ? statusIds.refunded : statusIds.partiallyRefunded;
  const { statusId } = currentState(order);
  if (statusId === to || statusId === statusIds.refunded) return;
  orders.change(order, 'platform', (draft) => {
    draft.statusId = to;
  });
}
