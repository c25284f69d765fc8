import { jsonAnswer } from '../../answer.js';
import { expectKnown, v2List } from '../query.js';
import { notFound } from '../refusals.js';
import { type ApiRequest, type ApiRoute, idIn } from '../route.js';
import { needs } from '../scopes.js';
import { lineView } from './line-view.js';
import type { OrderLine } from './order.js';
import { readableOrderOf } from './target.js';

export const lineRoutes: readonly ApiRoute[] = [
  {
    operation: 'orderProducts.list',
    method: 'GET',
    path: '/orders/:orderId/products',
    scopes: needs.readOrders,
    handle: (request) => {
      expectKnown(request.query, ['page', 'limit']);
      const { order, state } = readableOrderOf(request);
      return v2List(visible(request, state.lines), request.query, (line) => lineView(order.id, state, line));
    },
  },
  {
    operation: 'orderProducts.get',
    method: 'GET',
    path: '/orders/:orderId/products/:lineId',
    scopes: needs.readOrders,
    handle: (request) => {
      const { order, state } = readableOrderOf(request);
      const line = visible(request, state.lines).find(({ id }) => id === idIn(request, 'lineId'));
      if (line === undefined) throw notFound();
      return jsonAnswer(200, lineView(order.id, state, line));
    },
  },
];

const visible = ({ store }: ApiRequest, lines: readonly OrderLine[]): readonly OrderLine[] =>
  lines.filter(({ quantity }) => quantity > 0 || store.settings.emptyLines === 'stay');
