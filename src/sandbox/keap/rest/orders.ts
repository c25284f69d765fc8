import type { Order } from '../orders.js';
import { parseFilter } from './filter.js';
import { applyChanges, lineFrom } from './order-content.js';
import { findOrders } from './order-filter.js';
import { createOrderSchema, orderMaskNames, updateOrderSchema } from './order-schemas.js';
import { orderView } from './order-view.js';
import { page } from './page.js';
import { existingContact, fieldContents } from './references.js';
import { notFound, parseBody, RestRefusal } from './refusal.js';
import { created, noContent, ok, type RestRequest, type RestRoute } from './route.js';
import { masked } from './update-mask.js';

const sortKeys = {
  id: (order: Order) => order.jobId,
  order_time: (order: Order) => order.orderTime,
  modification_time: (order: Order) => order.modifiedAt,
};

export function orderOf({ tenant, params }: RestRequest): Order {
  const id = params.orderId ?? '';
  const order = /^\d+$/.test(id) ? tenant.orders.byJob(Number(id)) : undefined;
  if (order === undefined) throw notFound('Order', id);
  return order;
}

export const orderRoutes: readonly RestRoute[] = [
  {
    operation: 'orders.list',
    method: 'GET',
    path: '/orders',
    handle: ({ tenant, query }) => {
      const found = page(findOrders(tenant, parseFilter(query.get('filter'))), query, sortKeys);
      return ok({
        orders: found.items.map((order) => orderView(tenant, order)),
        next_page_token: found.next_page_token,
      });
    },
  },
  {
    operation: 'orders.create',
    method: 'POST',
    path: '/orders',
    handle: ({ tenant, body }) => {
      const { order_items, contact_id, order_title, order_time, order_type, ...rest } = parseBody(
        createOrderSchema,
        body,
      );
      const contactId = existingContact(tenant, contact_id);
      const customFields =
        rest.custom_fields === undefined ? new Map() : fieldContents(tenant, 'ORDER', rest.custom_fields);
      // All lines are checked before anything is kept: a refused order leaves nothing.
      const lines = (order_items ?? []).map((item) => lineFrom(tenant, item));
      const now = tenant.clock.now();
      const order = tenant.orders.create(
        {
          via: 'rest',
          title: order_title,
          invoiceTitle: rest.title ?? order_title,
          contactId,
          orderTime: order_time,
          orderType: order_type,
          customFields,
        },
        now,
      );
      for (const line of lines) tenant.orders.addLine(order, line, now);
      applyChanges(tenant, order, { ...rest, custom_fields: undefined }, now);
      return created(orderView(tenant, order));
    },
  },
  {
    operation: 'orders.get',
    method: 'GET',
    path: '/orders/:orderId',
    handle: (request) => ok(orderView(request.tenant, orderOf(request))),
  },
  {
    operation: 'orders.update',
    method: 'PATCH',
    path: '/orders/:orderId',
    handle: (request) => {
      const { tenant, query, body } = request;
      const order = orderOf(request);
      const changes = masked(parseBody(updateOrderSchema, body), query, orderMaskNames);
      applyChanges(tenant, order, changes, tenant.clock.now());
      return ok(orderView(tenant, order));
    },
  },
  {
    operation: 'orders.delete',
    method: 'DELETE',
    path: '/orders/:orderId',
    handle: (request) => {
      const { tenant } = request;
      const order = orderOf(request);
      if (!tenant.mayDelete(order)) throw new RestRefusal(400, 'Order has transactions and cannot be deleted');
      tenant.orders.delete(order, tenant.clock.now());
      return noContent();
    },
  },
  {
    operation: 'orders.applyTax',
    method: 'POST',
    path: '/orders/:orderId(^\\d+)::applyTax',
    // No tax rates are set up here, so nothing changes.
    handle: (request) => ok(orderView(request.tenant, orderOf(request))),
  },
];
