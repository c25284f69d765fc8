import { readableOrderOf } from '../orders/target.js';
import { v3List } from '../query.js';
import { type ApiRoute, noContent } from '../route.js';
import { needs } from '../scopes.js';
import { transactionView } from './transaction-view.js';

export const transactionRoutes: readonly ApiRoute[] = [
  {
    operation: 'transactions.list',
    method: 'GET',
    path: '/orders/:orderId/transactions',
    scopes: needs.readTransactions,
    handle: (request) => {
      const { payments, currency } = request.store;
      const found = payments.of(readableOrderOf(request).order.id);
      // Unlike all else in V3: nothing is no list.
      return found.length === 0 ? noContent : v3List(found, request.query, (each) => transactionView(each, currency));
    },
  },
];
