import { jsonAnswer } from '../../answer.js';
import { textIn, v2List } from '../query.js';
import { invalid, notFound, refused } from '../refusals.js';
import { type ApiRequest, type ApiRoute, idIn, membersOf, noContent } from '../route.js';
import { needs } from '../scopes.js';
import { currentState } from './order.js';
import { searchOrders } from './order-search.js';
import { type Include, orderView } from './order-view.js';
import { createOrder, updateOrder } from './order-writing.js';
import { statusView } from './status-routes.js';
import { orderStatuses } from './statuses.js';
import { orderOf, readableOrderOf } from './target.js';

export const orderRoutes: readonly ApiRoute[] = [
  {
    operation: 'orders.create',
    method: 'POST',
    path: '/orders',
    scopes: needs.writeOrders,
    handle: (request) => {
      const { store } = request;
      const include = includeIn(request);
      const order = createOrder(store, membersOf(request));
      return jsonAnswer(store.settings.createdAnswer, orderView(store, order.id, currentState(order), include));
    },
  },
  {
    operation: 'orders.list',
    method: 'GET',
    path: '/orders',
    scopes: needs.readOrders,
    handle: (request) => {
      const include = includeIn(request);
      return v2List(searchOrders(request.store, request.query, true), request.query, ({ id, state }) =>
        orderView(request.store, id, state, include),
      );
    },
  },
  {
    operation: 'orders.count',
    method: 'GET',
    path: '/orders/count',
    scopes: needs.readOrders,
    handle: ({ store, query }) => {
      const found = searchOrders(store, query, false);
      const statuses = orderStatuses.map((status) => {
        const { order: sort_order, ...view } = statusView(status);
        const count = found.filter(({ state }) => state.statusId === status.id).length;
        return { ...view, count, sort_order };
      });
      return jsonAnswer(200, { statuses, count: found.length });
    },
  },
  {
    operation: 'orders.get',
    method: 'GET',
    path: '/orders/:orderId',
    scopes: needs.readOrders,
    handle: (request) => {
      const { order, state } = readableOrderOf(request);
      return jsonAnswer(200, orderView(request.store, order.id, state, includeIn(request)));
    },
  },
  {
    operation: 'orders.update',
    method: 'PUT',
    path: '/orders/:orderId',
    scopes: needs.writeOrders,
    handle: (request) => {
      const { order } = orderOf(request);
      updateOrder(request.store, order, membersOf(request), 'api');
      return jsonAnswer(200, orderView(request.store, order.id, currentState(order), includeIn(request)));
    },
  },
  {
    operation: 'orders.archive',
    method: 'DELETE',
    path: '/orders/:orderId',
    scopes: needs.writeOrders,
    handle: (request) => {
      const { store } = request;
      const order = store.orders.byId(idIn(request, 'orderId'));
      if (order === undefined) throw notFound();
      if (currentState(order).archivedAt === null) store.orders.archive(order);
      else if (store.settings.archivedAgainAnswer === 404) throw notFound();
      return noContent;
    },
  },
  {
    operation: 'orders.archiveAll',
    method: 'DELETE',
    path: '/orders',
    scopes: needs.writeOrders,
    handle: ({ store }) => {
      if (!store.settings.archiveAll) throw refused(403, 'The sandbox archives all orders only when it is told so.');
      for (const order of store.orders.all()) {
        if (currentState(order).archivedAt === null) store.orders.archive(order);
      }
      return noContent;
    },
  },
];

const includes: readonly string[] = ['consignments', 'consignments.line_items', 'fees'] satisfies Include[];

/** The orders' consignments are shown as an object only where that is asked for. */
function includeIn({ query }: ApiRequest): Include[] {
  const structure = textIn(query, 'consignment_structure');
  if (structure !== undefined && structure !== 'object') throw invalid('consignment_structure');
  const names = (textIn(query, 'include') ?? '').split(',').filter((name) => name !== '');
  for (const name of names) {
    if (!includes.includes(name)) throw invalid('include');
    if (name.startsWith('consignments') && structure === undefined) throw invalid('consignment_structure');
  }
  return names as Include[];
}
