import { jsonAnswer } from '../../answer.js';
import { orderOf, readableOrderOf } from '../orders/target.js';
import { isOneOf, isWithin, numbersIn, timeIn, v3Answer, v3Page } from '../query.js';
import { errorType, notFound, OddlyRefused, Refused } from '../refusals.js';
import { type ApiRoute, idIn, membersOf } from '../route.js';
import { needs } from '../scopes.js';
import { wholeSecond } from '../times.js';
import type { Refund } from './refund.js';
import { unprocessable, wishIn } from './refund-input.js';
import { leftToRefund, refundMethods } from './refund-methods.js';
import { quote, tooMuch } from './refund-quote.js';
import { quoteView, refundView } from './refund-view.js';
import { startRefund } from './refunding.js';

export const refundRoutes: readonly ApiRoute[] = [
  {
    // Stores nothing.
    operation: 'refundQuotes.create',
    method: 'POST',
    path: '/orders/:orderId/payment_actions/refund_quotes',
    kind: 'read',
    scopes: needs.moveMoney,
    handle: (request) => {
      const { store } = request;
      const { order } = orderOf(request);
      const quoted = quote(store, order, wishIn(membersOf(request)));
      if (quoted.totalAmount > leftToRefund(store, order)) throw tooMuch();
      const methods = refundMethods(store, order, quoted.totalAmount);
      if (methods.length === 0) throw unprocessable('There is no payment of this order that can be refunded.');
      return v3Answer(201, quoteView(order.id, quoted, methods));
    },
  },
  {
    operation: 'refunds.create',
    method: 'POST',
    path: '/orders/:orderId/payment_actions/refunds',
    scopes: needs.moveMoney,
    handle: (request) => {
      const { order } = orderOf(request);
      return wrapped(() => v3Answer(201, refundView(startRefund(request.store, order, membersOf(request), 'api'))));
    },
  },
  {
    operation: 'refunds.ofOrder',
    method: 'GET',
    path: '/orders/:orderId/payment_actions/refunds',
    scopes: needs.readRefunds,
    handle: (request) => {
      const { order } = readableOrderOf(request);
      const transactionIds = numbersIn(request.query, 'transaction_id');
      const found = request.store.refunds.of(order.id).filter((refund) => isPaidBy(refund, transactionIds));
      return v3Answer(200, found.map(refundView));
    },
  },
  {
    operation: 'refunds.list',
    method: 'GET',
    path: '/orders/payment_actions/refunds',
    scopes: needs.readRefunds,
    handle: ({ store, query }) => {
      const [orderIds, ids] = [numbersIn(query, 'order_id'), numbersIn(query, 'id')];
      const transactionIds = numbersIn(query, 'transaction_id');
      const created = [timeIn(query, 'created:min'), timeIn(query, 'created:max')] as const;
      const found = store.refunds
        .all()
        .filter(
          (refund) =>
            isOneOf(refund.orderId, orderIds) &&
            isOneOf(refund.id, ids) &&
            isPaidBy(refund, transactionIds) &&
            isWithin(wholeSecond(refund.createdAt), ...created),
        );
      return v3Page(found, query, refundView);
    },
  },
  {
    operation: 'refunds.get',
    method: 'GET',
    path: '/orders/payment_actions/refunds/:refundId',
    scopes: needs.readRefunds,
    handle: (request) => {
      const refund = request.store.refunds.all().find(({ id }) => id === idIn(request, 'refundId'));
      if (refund === undefined) throw notFound();
      return v3Answer(200, refundView(refund));
    },
  },
];

const isPaidBy = ({ payments }: Refund, transactionIds: readonly number[] | undefined): boolean =>
  transactionIds === undefined ||
  payments.some(({ transactionId }) => transactionId !== null && transactionIds.includes(transactionId));

/** What a refund is refused with lies in a list. */
function wrapped<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 422) throw error;
    const { status, message: title, details: errors } = error;
    throw new OddlyRefused(jsonAnswer(422, { data: [{ status, title, type: errorType, errors }] }));
  }
}
