import { z } from 'zod';
import { jsonAnswer } from '../answer.js';
import { addressSchema } from './addresses.js';
import { expectIn } from './order-book.js';
import { currentState, type Order } from './orders.js';
import { flagIn, integerIn, isSame, pageOf } from './query.js';
import { notFound, refused } from './refusals.js';
import { returnView, rmaView } from './return-view.js';
import { addReturn, addRma, changeReturn, decideRma } from './returns.js';
import { type ApiRequest, type ApiRoute, bodyOf, idIn, interactionOf } from './route.js';

const text = z.string().nullish();
const number = z.number().nullish();
const id = z.int().nullish();
const flag = z.boolean().nullish();

export const returnItemSchema = z.object({
  orderItemId: id,
  sku: text,
  title: text,
  salesPrice: number,
  returnQuantity: z.int().min(1),
  returnReason: z.string(),
  returnCondition: z.string(),
  refundedAmount: number,
});

const createSchema = z.object({
  orderId: id,
  orderNumber: text,
  returnNumber: text,
  items: z.array(returnItemSchema).min(1),
  refundAdjustment: number,
  syncRefundChangesToOrder: flag,
});

const updateSchema = z.object({
  returnStatus: z.enum(['open', 'closed', 'cancelled']).nullish(),
  refundAdjustment: number,
  syncRefundChangesToOrder: flag,
});

const itemsSchema = z.array(z.object({ id: z.int(), refundedAmount: number }));

const rmaSchema = z.object({
  returnId: z.int(),
  sourceId: id,
  rmaNumber: z.string().min(1),
  returnToAddress: addressSchema,
  items: z
    .array(
      z.object({
        returnItemId: z.int(),
        quantity: z.int().min(1),
        cost: number,
        note: text,
        creditedAmount: number,
      }),
    )
    .nullish()
    .transform((list) => list ?? []),
  creditAdjustment: number,
  autoApprove: z
    .boolean()
    .nullish()
    .transform((value) => value ?? false),
});

const quantity = z
  .int()
  .min(0)
  .nullish()
  .transform((value) => value ?? undefined);
const rmaItemsSchema = z.array(z.object({ id: z.int(), approvedQuantity: quantity, deniedQuantity: quantity }));

export const returnRoutes: readonly ApiRoute[] = [
  {
    operation: 'returns.create',
    method: 'POST',
    path: '/returns',
    tokens: ['account'],
    handle: (request) => {
      const { orderId, orderNumber, ...wanted } = bodyOf(request, createSchema);
      if (orderId == null && orderNumber == null) throw refused(400, 'orderId or orderNumber has to be sent');
      const { orders } = request.tenant;
      const order = orderId == null ? orders.byNumber(orderNumber ?? '') : orders.byId(orderId);
      if (order === undefined) throw notFound('order', orderId ?? orderNumber);
      const { id: returnId, warning } = addReturn(request.tenant, order, wanted, interactionOf(request));
      return jsonAnswer(200, { warning, return: viewOf(order, returnId) });
    },
  },
  {
    operation: 'returns.list',
    method: 'GET',
    path: '/returns',
    tokens: ['account'],
    handle: ({ tenant, query }) => {
      const orderId = integerIn(query, 'orderId');
      const channelId = integerIn(query, 'channelId');
      const includeRmas = flagIn(query, 'includeRmas') ?? false;
      const found = tenant.orders
        .all()
        .filter((order) => isSame(order.id, orderId) && isSame(order.channelId, channelId))
        .flatMap((order) => (tenant.orders.readable(order)?.returns ?? []).map((made) => ({ order, made })));
      return jsonAnswer(
        200,
        pageOf(found, query, { page: 'pageNumber', size: 'pageSize' }).map(({ order, made }) =>
          returnView(order, made, includeRmas),
        ),
      );
    },
  },
  {
    operation: 'returns.update',
    method: 'PATCH',
    path: '/returns/:id',
    tokens: ['account'],
    handle: (request) => {
      const { order, returnId } = returnOf(request);
      const body = bodyOf(request, updateSchema);
      changeReturn(request.tenant, order, returnId, interactionOf(request), (made) => {
        made.status = body.returnStatus ?? made.status;
        made.refundAdjustment = body.refundAdjustment ?? made.refundAdjustment;
        made.syncRefundChangesToOrder = body.syncRefundChangesToOrder ?? made.syncRefundChangesToOrder;
      });
      return jsonAnswer(200, viewOf(order, returnId));
    },
  },
  {
    operation: 'returns.updateItems',
    method: 'PATCH',
    path: '/returns/:id/items',
    tokens: ['account'],
    handle: (request) => {
      const { order, returnId } = returnOf(request);
      const changes = bodyOf(request, itemsSchema);
      changeReturn(request.tenant, order, returnId, interactionOf(request), ({ items }) => {
        for (const { id: itemId, refundedAmount } of changes) {
          const item = items.find((each) => each.id === itemId);
          if (item === undefined) throw notFound('return item', itemId);
          item.refundedAmount = refundedAmount ?? item.refundedAmount;
        }
      });
      return jsonAnswer(200, viewOf(order, returnId));
    },
  },
  {
    operation: 'rmas.create',
    method: 'POST',
    path: '/rma',
    tokens: ['account', 'source'],
    handle: (request) => {
      const { returnId, sourceId: named, ...wanted } = bodyOf(request, rmaSchema);
      const order = request.tenant.orders.byReturn(returnId);
      if (order === undefined) throw notFound('return', returnId);
      const sourceId = request.caller.sourceId ?? named;
      if (sourceId == null) throw refused(400, 'sourceId has to be sent');
      const rmaId = addRma(request.tenant, order, returnId, { ...wanted, sourceId }, interactionOf(request));
      return jsonAnswer(200, rmaViewOf(order, rmaId));
    },
  },
  {
    operation: 'rmas.updateItems',
    method: 'PATCH',
    // Plural, unlike the others.
    path: '/rmas/:rmaId/items',
    tokens: ['account', 'source'],
    handle: (request) => {
      const rmaId = idIn(request, 'rmaId');
      const order = request.tenant.orders.byRma(rmaId);
      if (order === undefined) throw notFound('RMA', rmaId);
      decideRma(request.tenant, order, rmaId, bodyOf(request, rmaItemsSchema), interactionOf(request));
      return jsonAnswer(200, rmaViewOf(order, rmaId));
    },
  },
];

function returnOf(request: ApiRequest): { order: Order; returnId: number } {
  const returnId = idIn(request);
  const order = request.tenant.orders.byReturn(returnId);
  if (order === undefined) throw notFound('return', returnId);
  return { order, returnId };
}

const viewOf = (order: Order, returnId: number): object =>
  returnView(order, expectIn(currentState(order).returns, returnId, 'return'));

function rmaViewOf(order: Order, rmaId: number): object {
  for (const made of currentState(order).returns) {
    const rma = made.rmas.find((each) => each.id === rmaId);
    if (rma !== undefined) return rmaView(made, rma);
  }
  throw notFound('RMA', rmaId);
}
