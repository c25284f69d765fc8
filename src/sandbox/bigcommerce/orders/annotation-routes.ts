import { jsonAnswer } from '../../answer.js';
import { decimal, taxOf } from '../money.js';
import { expectKnown, flagIn, v2List } from '../query.js';
import { type ApiRoute, noContent } from '../route.js';
import { needs } from '../scopes.js';
import { feeView } from './fees.js';
import { consignmentsView } from './order-view.js';
import { readableOrderOf } from './target.js';
import { lineTotal } from './totals.js';

const messageFilters = [
  ...[
    'page',
    'limit',
    'min_id',
    'max_id',
    'customer_id',
    'min_date_created',
    'max_date_created',
    'is_flagged',
    'status',
  ],
];

/** What hangs on an order and is only read. */
export const annotationRoutes: readonly ApiRoute[] = [
  {
    // Coupons cannot be redeemed on orders that are made here.
    operation: 'orderCoupons.list',
    method: 'GET',
    path: '/orders/:orderId/coupons',
    scopes: needs.readOrders,
    handle: (request) => {
      expectKnown(request.query, ['page', 'limit']);
      readableOrderOf(request);
      return noContent;
    },
  },
  {
    // Messages come from the control panel and the shop, which write none here.
    operation: 'orderMessages.list',
    method: 'GET',
    path: '/orders/:orderId/messages',
    scopes: needs.readOrders,
    handle: (request) => {
      expectKnown(request.query, messageFilters);
      readableOrderOf(request);
      return noContent;
    },
  },
  {
    operation: 'orderTaxes.list',
    method: 'GET',
    path: '/orders/:orderId/taxes',
    scopes: needs.readOrders,
    handle: (request) => {
      expectKnown(request.query, ['page', 'limit', 'details']);
      flagIn(request.query, 'details');
      const { order, state } = readableOrderOf(request);
      const taxed = state.lines.filter((line) => taxOf(line.price) > 0);
      return v2List(taxed, request.query, (line) => ({
        ...{ id: line.id, order_id: order.id, order_address_id: line.orderAddressId, order_pickup_method_id: 0 },
        ...{ tax_rate_id: 0, sales_tax_id: '', tax_class_id: 0, name: 'API Tax Override', class: 'API Tax Override' },
        ...{ rate: decimal(line.price.exTax === 0 ? 0 : (taxOf(line.price) / line.price.exTax) * 100) },
        ...{
          priority: 0,
          priority_amount: decimal(taxOf(lineTotal(line))),
          line_amount: decimal(taxOf(lineTotal(line))),
        },
        ...{ order_product_id: String(line.id), line_item_type: 'item' },
      }));
    },
  },
  {
    operation: 'orderFees.list',
    method: 'GET',
    path: '/orders/:orderId/fees',
    scopes: needs.readOrders,
    handle: (request) => jsonAnswer(200, { fees: readableOrderOf(request).state.fees.map(feeView) }),
  },
  {
    operation: 'orderConsignments.get',
    method: 'GET',
    path: '/orders/:orderId/consignments',
    scopes: needs.readOrders,
    handle: (request) => {
      const { order, state } = readableOrderOf(request);
      return jsonAnswer(200, consignmentsView(request.store, order.id, state, false));
    },
  },
];
