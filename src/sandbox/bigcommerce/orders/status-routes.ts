import { jsonAnswer } from '../../answer.js';
import { notFound } from '../refusals.js';
import { type ApiRoute, idIn } from '../route.js';
import { needs } from '../scopes.js';
import { knownStatus, type OrderStatus, orderStatuses } from './statuses.js';

export const statusRoutes: readonly ApiRoute[] = [
  {
    operation: 'orderStatuses.list',
    method: 'GET',
    path: '/order_statuses',
    scopes: needs.readOrders,
    handle: () => jsonAnswer(200, orderStatuses.map(statusView)),
  },
  {
    operation: 'orderStatuses.get',
    method: 'GET',
    path: '/order_statuses/:statusId',
    scopes: needs.readOrders,
    handle: (request) => {
      const status = knownStatus(idIn(request, 'statusId'));
      if (status === undefined) throw notFound();
      return jsonAnswer(200, statusView(status));
    },
  },
];

export function statusView({ id, name, description, order }: OrderStatus) {
  return { id, name, system_label: name, custom_label: name, system_description: description, order };
}
