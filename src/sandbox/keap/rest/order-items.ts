import { toMicros } from '../money.js';
import type { Order, OrderLine } from '../orders.js';
import { lineFrom } from './order-content.js';
import { createItemSchema, itemMaskNames, updateItemSchema } from './order-schemas.js';
import { lineView } from './order-view.js';
import { orderOf } from './orders.js';
import { invalid, notFound, parseBody } from './refusal.js';
import { created, noContent, ok, type RestRequest, type RestRoute } from './route.js';
import { masked } from './update-mask.js';

function lineOf(order: Order, { params }: RestRequest): OrderLine {
  const id = params.itemId ?? '';
  const line = order.lines.find((one) => String(one.id) === id);
  if (line === undefined) throw notFound('Order item', id);
  return line;
}

export const orderItemRoutes: readonly RestRoute[] = [
  {
    operation: 'orderItems.create',
    method: 'POST',
    path: '/orders/:orderId/items',
    handle: (request) => {
      const { tenant, body } = request;
      const order = orderOf(request);
      const line = lineFrom(tenant, parseBody(createItemSchema, body));
      return created(lineView(tenant, tenant.orders.addLine(order, line, tenant.clock.now())));
    },
  },
  {
    operation: 'orderItems.get',
    method: 'GET',
    path: '/orders/:orderId/items/:itemId',
    handle: (request) => ok(lineView(request.tenant, lineOf(orderOf(request), request))),
  },
  {
    operation: 'orderItems.update',
    method: 'PATCH',
    path: '/orders/:orderId/items/:itemId',
    handle: (request) => {
      const { tenant, query, body } = request;
      const order = orderOf(request);
      const line = lineOf(order, request);
      const changes = masked(parseBody(updateItemSchema, body), query, itemMaskNames);
      const productId = changes.product_id === undefined ? line.productId : Number(changes.product_id);
      if (changes.product_id !== undefined && tenant.catalog.get(productId) === undefined) throw invalid('product_id');
      line.productId = productId;
      line.name = changes.name ?? line.name;
      line.description = changes.description ?? line.description;
      line.notes = changes.notes ?? line.notes;
      line.quantity = changes.quantity ?? line.quantity;
      if (changes.price_per_unit !== undefined) line.price = toMicros(changes.price_per_unit);
      if (changes.cost_per_unit !== undefined) line.cost = toMicros(changes.cost_per_unit);
      tenant.orders.touch(order, tenant.clock.now());
      return ok(lineView(tenant, line));
    },
  },
  {
    operation: 'orderItems.delete',
    method: 'DELETE',
    path: '/orders/:orderId/items/:itemId',
    handle: (request) => {
      const { tenant } = request;
      const order = orderOf(request);
      tenant.orders.removeLine(order, lineOf(order, request), tenant.clock.now());
      return noContent();
    },
  },
];
