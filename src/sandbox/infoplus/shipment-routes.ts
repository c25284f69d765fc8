import { shown } from './answers.js';
import type { Fields, Row } from './field-types.js';
import { orderNumberInJson } from './order-numbers.js';
import { refused } from './refusals.js';
import type { ApiRoute } from './route.js';
import { search } from './search.js';
import { cartonContentFields, cartonFields, shipmentFields } from './shipment-fields.js';
import { cartonContentRows, cartonRows, shipmentRow } from './shipment-rows.js';
import type { Shipment } from './shipments.js';
import type { Site } from './site.js';
import { view } from './view.js';

export const shipmentRoutes: readonly ApiRoute[] = [
  {
    operation: 'shipment.search',
    method: 'GET',
    path: '/shipment/search',
    handle: ({ site, query }) =>
      shown(search(searchable(site).map(shipmentRow), shipmentFields, query).map((row) => shipmentView(site, row))),
  },
  {
    operation: 'shipment.get',
    method: 'GET',
    path: '/shipment/:id',
    handle: ({ site, params: { id = '' } }) => {
      const shipment = site.shipments.parcels.get(Number(id));
      if (shipment === undefined) throw refused(404, `Could not find a Shipment with id ${id}.`);
      return shown(shipmentView(site, shipmentRow(shipment)));
    },
  },
  {
    operation: 'carton.search',
    method: 'GET',
    path: '/carton/search',
    handle: ({ site, query }) => found(site, searchable(site).flatMap(cartonRows), cartonFields, query),
  },
  {
    operation: 'cartonContent.search',
    method: 'GET',
    path: '/cartonContent/search',
    handle: ({ site, query }) => found(site, searchable(site).flatMap(cartonContentRows), cartonContentFields, query),
  },
];

function found({ settings }: Site, rows: readonly Row[], fields: Fields, query: URLSearchParams) {
  return shown(search(rows, fields, query).map((row) => view(row, fields, settings.orderNumbers)));
}

/** Parcels may be seen later than what else is searched for. */
function searchable({ shipments, settings, searchedAt }: Site): Shipment[] {
  return shipments.parcels.asOf(searchedAt - settings.shipmentLagMs);
}

function shipmentView({ settings: { orderNumbers } }: Site, row: Row): object {
  return {
    ...view(row, shipmentFields, orderNumbers),
    orderNoList: [orderNumberInJson(Number(row.orderNo), orderNumbers)],
  };
}
