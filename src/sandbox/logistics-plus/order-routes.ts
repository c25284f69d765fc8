import { refused, success } from './envelope.js';
import { queryValue } from './names.js';
import { parseOrder } from './order-rules.js';
import { contentOf, type OrderBody } from './order-schema.js';
import { orderView } from './order-view.js';
import { type Content, currentState, isEditable, type Order } from './orders.js';
import type { ApiRequest, ApiRoute } from './route.js';
import { defaultShipDate } from './ship-date.js';
import type { Tenant } from './tenant.js';

export const orderRoutes: readonly ApiRoute[] = [
  {
    operation: 'orders.create',
    method: 'POST',
    path: '/orders',
    handle: ({ tenant, organization, body }) => {
      const parsed = parseOrder(tenant, body);
      const { warehouseCode, primaryReference } = parsed;
      refuseDuplicate(tenant, organization, primaryReference);
      const order = tenant.orders.create(
        { organization, warehouseCode, primaryReference },
        contentFrom(tenant, parsed),
      );
      return success(orderView(tenant, order, currentState(order), 'write'), 'hex');
    },
  },
  {
    operation: 'orders.search',
    method: 'GET',
    path: '/orders',
    handle: ({ tenant, organization, query }) => {
      const reference = queryValue(query, 'PrimaryReference');
      const found = candidates(tenant, reference)
        .filter((order) => order.organization === organization)
        .flatMap((order) => {
          const state = tenant.orders.readable(order);
          return state === undefined ? [] : [orderView(tenant, order, state, 'search')];
        });
      return success({ orders: found }, 'hex');
    },
  },
  {
    operation: 'orders.get',
    method: 'GET',
    path: '/orders/:id',
    handle: (request) => {
      if (!request.tenant.settings.readById) throw refused(404, 'There is no such resource');
      const order = orderOf(request);
      const state = request.tenant.orders.readable(order);
      if (state === undefined) throw noOrder(order.id);
      return success(orderView(request.tenant, order, state, 'search'), 'hex');
    },
  },
  {
    operation: 'orders.update',
    method: 'PATCH',
    path: '/orders/:id',
    handle: (request) => {
      const { tenant, body } = request;
      const order = orderOf(request);
      const parsed = parseOrder(tenant, body);
      refuseChange(tenant, order, parsed);
      tenant.orders.patch(order, contentFrom(tenant, parsed));
      return success(orderView(tenant, order, currentState(order), 'write'), 'uuid');
    },
  },
];

/** No paging is documented: a search gives all it finds, one without a reference all there are. */
function candidates({ orders, settings }: Tenant, reference: string | null): Order[] {
  if (reference === null) return orders.all();
  return settings.referenceMatch === 'exact'
    ? orders.byReference(reference)
    : orders.all().filter(({ primaryReference }) => primaryReference.startsWith(reference));
}

function contentFrom({ clock, settings }: Tenant, body: OrderBody): Content {
  return contentOf(body, defaultShipDate(clock.now(), settings.blockedWeekdays));
}

function orderOf({ tenant, organization, params: { id = '' } }: ApiRequest): Order {
  const order = tenant.orders.byId(id);
  if (order?.organization !== organization) throw noOrder(id);
  return order;
}

const noOrder = (id: string) => refused(404, `There is no order ${id}`);

function refuseDuplicate({ orders, settings }: Tenant, organization: string, reference: string): void {
  if (settings.duplicates === 'accept') return;
  if (orders.byReference(reference).some((order) => order.organization === organization)) {
    throw refused(400, `There is an order ${reference} already`, '/primaryReference');
  }
}

/** The three rules of an update. */
function refuseChange({ settings }: Tenant, order: Order, body: OrderBody): void {
  for (const name of ['warehouseCode', 'primaryReference'] as const) {
    if (body[name] !== order[name]) throw refused(settings.patchRefusal, `${name} cannot be changed`, `/${name}`);
  }
  if (!currentState(order).shipments.every(isEditable)) {
    throw refused(settings.patchRefusal, 'The order is being worked on and cannot be changed');
  }
}
