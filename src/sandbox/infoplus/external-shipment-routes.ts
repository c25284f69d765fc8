import { created, done, shown } from './answers.js';
import { expectGiven, parseBody, readFields } from './bodies.js';
import { orderNumberText } from './order-numbers.js';
import { plainParcel } from './packing.js';
import { Refused, refused } from './refusals.js';
import type { ApiRequest, ApiRoute } from './route.js';
import { search } from './search.js';
import { externalShipmentFields, writableExternalShipmentFields } from './shipment-fields.js';
import { externalShipmentRow } from './shipment-rows.js';
import type { ExternalShipment } from './shipments.js';
import { record } from './shipping.js';
import type { Site } from './site.js';
import { dayOf } from './times.js';
import { view } from './view.js';

const requiredFields = ['orderId', 'carrierId', 'parcelAccountId', 'trackingNo', 'lobId'];

export const externalShipmentRoutes: readonly ApiRoute[] = [
  {
    operation: 'externalShipment.search',
    method: 'GET',
    path: '/externalShipment/search',
    handle: ({ site, query }) => {
      const rows = site.shipments.external.asOf(site.searchedAt).map(externalShipmentRow);
      const { orderNumbers } = site.settings;
      return shown(
        search(rows, externalShipmentFields, query).map((row) => view(row, externalShipmentFields, orderNumbers)),
      );
    },
  },
  {
    operation: 'externalShipment.get',
    method: 'GET',
    path: '/externalShipment/:id',
    handle: (request) => shown(externalView(request.site, externalOf(request))),
  },
  {
    operation: 'externalShipment.create',
    method: 'POST',
    path: '/externalShipment',
    handle: ({ site, body }) => {
      const problems: string[] = [];
      const fields = readFields(parseBody(body), writableExternalShipmentFields, problems);
      expectGiven(fields, requiredFields, problems);
      if (problems.length > 0) throw new Refused(400, problems);
      const orderNo = Number(fields.orderId);
      const order = site.orders.get(orderNo);
      if (order === undefined || order.fields.lobId !== fields.lobId) {
        throw refused(400, `Could not find an Order with id ${orderNumberText(orderNo)} in LOB ${fields.lobId}.`);
      }
      return created(externalView(site, site.shipments.external.add({ fields, status: 'New' })));
    },
  },
  {
    operation: 'externalShipment.execute',
    method: 'POST',
    path: '/externalShipment/executeExternalShipment',
    handle: ({ site, body }) => {
      const { idList } = parseBody(body);
      if (!Array.isArray(idList) || idList.length === 0) throw refused(400, 'idList is missing.');
      return shown(idList.map((id) => execute(site, id)));
    },
  },
  {
    operation: 'externalShipment.delete',
    method: 'DELETE',
    path: '/externalShipment/:id',
    handle: (request) => {
      const external = externalOf(request);
      if (external.status !== 'New') throw refused(400, `ExternalShipment ${external.id} is ${external.status}.`);
      request.site.shipments.external.remove(external);
      return done();
    },
  },
];

function externalOf({ site, params: { id = '' } }: ApiRequest): ExternalShipment {
  const external = site.shipments.external.get(Number(id));
  if (external === undefined) throw refused(404, `Could not find an ExternalShipment with id ${id}.`);
  return external;
}

function externalView({ settings }: Site, external: ExternalShipment): object {
  return view(externalShipmentRow(external), externalShipmentFields, settings.orderNumbers);
}

/** The parcel is among the order's shipments from then on; the order's own status is left to the warehouse. */
function execute(site: Site, id: unknown): object {
  const external = site.shipments.external.get(Number(id));
  const order = external === undefined ? undefined : site.orders.get(Number(external.fields.orderId));
  if (external === undefined || order === undefined || external.status !== 'New') {
    const problem = `ExternalShipment ${id} cannot be executed.`;
    return { id, status: 'Error', entity: null, messageList: [problem] };
  }
  const { trackingNo, shipDate, freight, weightLbs } = external.fields;
  site.shipments.external.change(external, { status: 'Executed' });
  const parcel = {
    ...plainParcel,
    trackingNo: String(trackingNo),
    freight: Number(freight ?? 0),
    weightLbs: Number(weightLbs ?? 0),
  };
  record(site, order, { parcel, lines: [] }, Number(shipDate ?? dayOf(site.clock.now())));
  site.orders.change(order.orderNo, () => undefined);
  return { id, status: 'Success', entity: null, messageList: [] };
}
