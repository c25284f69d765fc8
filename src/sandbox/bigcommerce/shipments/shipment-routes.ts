import { jsonAnswer } from '../../answer.js';
import { currentState } from '../orders/order.js';
import { orderOf, readableOrderOf } from '../orders/target.js';
import { expectKnown, v2List } from '../query.js';
import { missing, notFound } from '../refusals.js';
import { type ApiRequest, type ApiRoute, idIn, membersOf, noContent } from '../route.js';
import { needs } from '../scopes.js';
import { detailsIn, expectFields, itemsIn } from './shipment-input.js';
import { shipmentView } from './shipment-view.js';
import { addShipment, removeShipment } from './shipping.js';

const path = '/orders/:orderId/shipments';

export const shipmentRoutes: readonly ApiRoute[] = [
  {
    operation: 'shipments.list',
    method: 'GET',
    path,
    scopes: needs.readOrders,
    handle: (request) => {
      expectKnown(request.query, ['page', 'limit']);
      const { order, state } = readableOrderOf(request);
      return v2List(request.store.shipments.of(order.id), request.query, (each) => shipmentView(each, state));
    },
  },
  {
    operation: 'shipments.count',
    method: 'GET',
    path: `${path}/count`,
    scopes: needs.readOrders,
    handle: (request) => {
      const { order } = readableOrderOf(request);
      return jsonAnswer(200, { count: request.store.shipments.of(order.id).length });
    },
  },
  {
    operation: 'shipments.get',
    method: 'GET',
    path: `${path}/:shipmentId`,
    scopes: needs.readOrders,
    handle: (request) => {
      const { state } = readableOrderOf(request);
      return jsonAnswer(200, shipmentView(shipmentOf(request), state));
    },
  },
  {
    operation: 'shipments.create',
    method: 'POST',
    path,
    scopes: needs.writeOrders,
    handle: (request) => {
      const { store } = request;
      const { order, state } = orderOf(request);
      const members = membersOf(request);
      expectFields(members, true);
      const { orderAddressId, ...details } = detailsIn(members, state);
      if (orderAddressId === undefined) throw missing('order_address_id');
      const shipment = addShipment(
        store,
        order,
        {
          ...{ orderId: order.id, orderAddressId, createdAt: store.clock.now(), items: itemsIn(members, state) },
          ...{ trackingNumber: '', trackingLink: '', trackingCarrier: '', shippingProvider: '', shippingMethod: '' },
          ...{ merchantShippingCost: 0, comments: '' },
          ...details,
        },
        'api',
      );
      return jsonAnswer(201, shipmentView(shipment, currentState(order)));
    },
  },
  {
    operation: 'shipments.update',
    method: 'PUT',
    path: `${path}/:shipmentId`,
    scopes: needs.writeOrders,
    handle: (request) => {
      const { store } = request;
      const { order, state } = orderOf(request);
      const shipment = shipmentOf(request);
      const members = membersOf(request);
      expectFields(members, false);
      Object.assign(shipment, detailsIn(members, state));
      store.orders.change(order, 'api', () => undefined);
      store.events.shipment('updated', shipment.id, order.id);
      return jsonAnswer(200, shipmentView(shipment, currentState(order)));
    },
  },
  {
    operation: 'shipments.delete',
    method: 'DELETE',
    path: `${path}/:shipmentId`,
    scopes: needs.writeOrders,
    handle: (request) => {
      removeShipment(request.store, orderOf(request).order, shipmentOf(request), 'api');
      return noContent;
    },
  },
  {
    operation: 'shipments.deleteAll',
    method: 'DELETE',
    path,
    scopes: needs.writeOrders,
    handle: (request) => {
      const { order } = orderOf(request);
      for (const shipment of request.store.shipments.of(order.id))
        removeShipment(request.store, order, shipment, 'api');
      return noContent;
    },
  },
];

/** A parcel of this very order. */
function shipmentOf(request: ApiRequest) {
  const { order } = orderOf(request);
  const shipment = request.store.shipments.of(order.id).find(({ id }) => id === idIn(request, 'shipmentId'));
  if (shipment === undefined) throw notFound();
  return shipment;
}
