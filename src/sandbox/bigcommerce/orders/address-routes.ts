import { jsonAnswer } from '../../answer.js';
import { textOf } from '../fields.js';
import { expectKnown, v2List } from '../query.js';
import { notFound } from '../refusals.js';
import { type ApiRequest, type ApiRoute, idIn, membersOf, noContent } from '../route.js';
import { needs } from '../scopes.js';
import { addressChanges } from './address.js';
import { addressView } from './address-view.js';
import { currentState, type OrderState } from './order.js';
import { orderOf, readableOrderOf } from './target.js';

export const addressRoutes: readonly ApiRoute[] = [
  {
    operation: 'shippingAddresses.list',
    method: 'GET',
    path: '/orders/:orderId/shipping_addresses',
    scopes: needs.readOrders,
    handle: (request) => {
      expectKnown(request.query, ['page', 'limit']);
      const { order, state } = readableOrderOf(request);
      return v2List(state.addresses, request.query, (each) => addressView(request.store, order.id, state, each));
    },
  },
  {
    operation: 'shippingAddresses.get',
    method: 'GET',
    path: '/orders/:orderId/shipping_addresses/:addressId',
    scopes: needs.readOrders,
    handle: (request) => {
      const { order, state } = readableOrderOf(request);
      return jsonAnswer(200, addressView(request.store, order.id, state, addressIn(request, state)));
    },
  },
  {
    // Nothing is recalculated: for that the order itself has to be changed.
    operation: 'shippingAddresses.update',
    method: 'PUT',
    path: '/orders/:orderId/shipping_addresses/:addressId',
    scopes: needs.writeOrders,
    handle: (request) => {
      const { order, state } = orderOf(request);
      addressIn(request, state);
      const members = membersOf(request);
      const changes = addressChanges(members, 'shipping_addresses', ['shipping_method']);
      const method = textOf(members, 'shipping_method', 255);
      request.store.orders.change(order, 'api', (draft) => {
        const address = addressIn(request, draft);
        Object.assign(address.address, changes);
        address.shippingMethod = method ?? address.shippingMethod;
      });
      const now = currentState(order);
      return jsonAnswer(200, addressView(request.store, order.id, now, addressIn(request, now)));
    },
  },
  {
    // Only the shop's own checkout leaves some.
    operation: 'shippingQuotes.list',
    method: 'GET',
    path: '/orders/:orderId/shipping_addresses/:addressId/shipping_quotes',
    scopes: needs.readOrders,
    handle: (request) => {
      addressIn(request, readableOrderOf(request).state);
      return noContent;
    },
  },
];

function addressIn(request: ApiRequest, { addresses }: OrderState) {
  const address = addresses.find(({ id }) => id === idIn(request, 'addressId'));
  if (address === undefined) throw notFound();
  return address;
}
