import { z } from 'zod';
import { jsonAnswer } from '../answer.js';
import { addressSchema } from './addresses.js';
import type { Variant } from './catalog.js';
import { addItem, setOrderStatus, setTags } from './order-changes.js';
import { listedOrderView, orderView } from './order-view.js';
import { currentState, type Order, type OrderState } from './orders.js';
import { flagIn, isAfter, isSame, pageOf, textIn, timeIn } from './query.js';
import { refused } from './refusals.js';
import { type ApiRequest, type ApiRoute, bodyOf, emptyAnswer, interactionOf, orderOf, sees } from './route.js';
import { orderStatuses } from './statuses.js';
import type { Tenant } from './tenant.js';

const itemSchema = z.object({
  quantity: z.int().min(1),
  price: z.number().min(0).nullish(),
  productVariantId: z.int().nullish(),
  listingVariantId: z.int().nullish(),
  shippingAddress: addressSchema.nullish(),
});

const tags = z
  .array(z.string().min(1))
  .nullish()
  .transform((list) => list ?? []);
const tagsSchema = z.object({ add: tags, remove: tags });

/**
 * Who may change an order. Of a channel token it is probable only that it may add lines to its own orders; what it may
 * change of them else is documented no better. A source has no such call.
 */
const writers = ['account', 'channel'] as const;

export const orderRoutes: readonly ApiRoute[] = [
  {
    operation: 'orders.addItem',
    method: 'POST',
    path: '/orders/:orderId/items',
    tokens: writers,
    handle: (request) => {
      const order = orderOf(request, 'orderId');
      const body = bodyOf(request, itemSchema);
      const variant = variantFor(request.tenant, order, body);
      const { quantity, price, shippingAddress } = body;
      const line = { variant, quantity, price, shippingAddress };
      addItem(request.tenant, order, line, { addedBy: 'api', interaction: interactionOf(request) });
      return jsonAnswer(200, orderView(order, currentState(order)));
    },
  },
  {
    operation: 'orders.get',
    method: 'GET',
    path: '/orders/:id',
    tokens: ['account', 'channel'],
    handle: (request) => {
      const order = orderOf(request);
      return jsonAnswer(200, orderView(order, currentState(order)));
    },
  },
  {
    operation: 'orders.list',
    method: 'GET',
    path: '/orders',
    tokens: ['account', 'channel'],
    handle: (request) => {
      const { query } = request;
      const includeTags = flagIn(query, 'includeTags') ?? false;
      const found = pageOf(searched(request), query, { page: 'page', size: 'pageSize' });
      return jsonAnswer(
        200,
        found.map(({ order, state }) => listedOrderView(order, state, includeTags)),
      );
    },
  },
  {
    operation: 'orders.setStatus',
    method: 'PATCH',
    path: '/orders/:id/status',
    tokens: writers,
    handle: (request) => {
      const { tenant, query } = request;
      const order = orderOf(request);
      const status = textIn(query, 'status');
      if (status === undefined || status === 'Draft' || !orderStatuses.some((each) => each === status)) {
        throw refused(400, `status has to be one of the order statuses but Draft, not ${status ?? 'absent'}`);
      }
      setOrderStatus(tenant, order, status, interactionOf(request), textIn(query, 'updateNote') ?? null);
      return emptyAnswer(tenant.settings.statusAnswer);
    },
  },
  {
    operation: 'orders.setTags',
    method: 'PATCH',
    path: '/orders/:id/tags',
    tokens: writers,
    handle: (request) => {
      const order = orderOf(request);
      return jsonAnswer(200, setTags(request.tenant, order, bodyOf(request, tagsSchema), interactionOf(request)));
    },
  },
];

/** The product of a line: named by one of two ids, and managed. */
function variantFor(
  { catalog }: Tenant,
  { channelId }: Order,
  { productVariantId, listingVariantId }: z.output<typeof itemSchema>,
): Variant {
  if ((productVariantId == null) === (listingVariantId == null)) {
    // What both would mean is not documented.
    throw refused(400, 'One of productVariantId and listingVariantId has to be sent');
  }
  const variant =
    listingVariantId == null
      ? catalog.byProduct(Number(productVariantId))
      : catalog.byListing(listingVariantId, channelId);
  if (variant === undefined) throw refused(400, `There is no variant ${listingVariantId ?? productVariantId}`);
  if (variant.productVariantId === null) throw refused(400, `The SKU ${variant.sku} is not managed`);
  return variant;
}

interface Found {
  order: Order;
  state: OrderState;
}

function searched({ tenant, caller, query }: ApiRequest): Found[] {
  const status = textIn(query, 'status');
  const orderedAfter = timeIn(query, 'orderedAfter');
  const isUpdated = updateFilter(query, tenant.settings.updatedFilters);
  return tenant.orders
    .all()
    .filter(({ channelId, orderedAt }) => sees(caller.channelId, channelId) && isAfter(orderedAt, orderedAfter))
    .flatMap((order) => {
      const state = tenant.orders.readable(order);
      return state === undefined ? [] : [{ order, state }];
    })
    .filter(({ state }) => isSame(state.orderStatus, status) && isUpdated(state));
}

/** Each looks at one kind of record, and none at what the others look at. */
function updateFilter(query: URLSearchParams, together: 'and' | 'or'): (state: OrderState) => boolean {
  const orders = timeIn(query, 'orderUpdatedAt');
  const requests = timeIn(query, 'fulfillmentRequestsUpdatedAt');
  const shipments = timeIn(query, 'shipmentsUpdatedAt');
  const filters = [
    ...(orders === undefined ? [] : [({ updatedAt }: OrderState) => isAfter(updatedAt, orders)]),
    ...(requests === undefined
      ? []
      : [
          ({ fulfillmentRequests }: OrderState) =>
            fulfillmentRequests.some(({ lastModifiedAt }) => isAfter(lastModifiedAt, requests)),
        ]),
    ...(shipments === undefined
      ? []
      : [
          ({ fulfillmentRequests }: OrderState) =>
            fulfillmentRequests.some((request) =>
              request.shipments.some(({ updatedAt }) => isAfter(updatedAt, shipments)),
            ),
        ]),
  ];
  if (filters.length === 0) return () => true;
  return (state) =>
    together === 'and' ? filters.every((filter) => filter(state)) : filters.some((filter) => filter(state));
}
