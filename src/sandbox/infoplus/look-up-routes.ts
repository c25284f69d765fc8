import { shown } from './answers.js';
import type { Fields, Row } from './field-types.js';
import { itemFields } from './item-fields.js';
import { type Item, itemRow } from './items.js';
import {
  customFieldFields,
  fulfillmentPlanFields,
  lineOfBusinessFields,
  orderSourceFields,
  warehouseFields,
} from './look-up-fields.js';
import { refused } from './refusals.js';
import type { ApiRoute } from './route.js';
import { search, searchText } from './search.js';
import { infoplusSeed } from './seed.js';
import { seededRows } from './seeded-rows.js';
import type { Site } from './site.js';
import { knownStatus } from './statuses.js';
import { view } from './view.js';

/** What hardly ever changes, and so is searched for without a lag. */
export const lookUpRoutes: readonly ApiRoute[] = [
  ...filtered('lineOfBusiness', lineOfBusinessFields, () => seededRows.linesOfBusiness),
  ...filtered('warehouse', warehouseFields, () => seededRows.warehouses),
  ...filtered('orderSource', orderSourceFields, () => seededRows.orderSources),
  ...filtered('fulfillmentPlan', fulfillmentPlanFields, () => seededRows.fulfillmentPlans),
  ...filtered('customField', customFieldFields, () => seededRows.customFields),
  ...filtered('item', itemFields, (site) => site.items.all().map((item) => itemRow(item, openQuantity(site, item)))),
  {
    operation: 'item.getBySKU',
    method: 'GET',
    path: '/item/getBySKU',
    handle: ({ site, query }) => {
      const [lobId, sku] = [query.get('lobId'), query.get('sku')];
      if (lobId === null || sku === null) throw refused(400, 'lobId and sku have to be given.');
      const item = site.items.bySku(Number(lobId), sku);
      if (item === undefined) throw refused(404, `Could not find an Item with SKU ${sku} in LOB ${lobId}.`);
      return shown(view(itemRow(item, openQuantity(site, item)), itemFields, site.settings.orderNumbers));
    },
  },
  ...byText('carrier', infoplusSeed.carriers, ({ carrier }) => carrier),
  ...byText(
    'carrierService',
    infoplusSeed.carrierServices.map(({ id, label }) => ({ id, label })),
    ({ id }) => id,
  ),
  ...byText('orderLoadProgram', infoplusSeed.orderLoadPrograms, ({ id }) => id),
];

/** A search with the filter language, and a read by id. */
function filtered(name: string, fields: Fields, rows: (site: Site) => readonly Row[]): ApiRoute[] {
  return [
    {
      operation: `${name}.search`,
      method: 'GET',
      path: `/${name}/search`,
      handle: ({ site, query }) =>
        shown(search(rows(site), fields, query).map((row) => view(row, fields, site.settings.orderNumbers))),
    },
    {
      operation: `${name}.get`,
      method: 'GET',
      path: `/${name}/:id`,
      handle: ({ site, params: { id = '' } }) => {
        const row = rows(site).find((each) => String(each.id) === id);
        if (row === undefined) throw refused(404, `Could not find a record ${name} with id ${id}.`);
        return shown(view(row, fields, site.settings.orderNumbers));
      },
    },
  ];
}

/** A search by a part of the label: a filter that is sent there is not looked at. */
function byText<Found extends { label: string }>(
  name: string,
  rows: readonly Found[],
  idOf: (row: Found) => number,
): ApiRoute[] {
  return [
    {
      operation: `${name}.search`,
      method: 'GET',
      path: `/${name}/search`,
      handle: ({ query }) => shown(searchText(rows, query)),
    },
    {
      operation: `${name}.get`,
      method: 'GET',
      path: `/${name}/:id`,
      handle: ({ params: { id = '' } }) => {
        const row = rows.find((each) => String(idOf(each)) === id);
        if (row === undefined) throw refused(404, `Could not find a record ${name} with id ${id}.`);
        return shown(row);
      },
    },
  ];
}

/** What orders ask for that nothing was given to yet. */
function openQuantity({ orders }: Site, { lobId, sku }: Item): number {
  return orders
    .all()
    .filter(({ status, fields }) => {
      const known = knownStatus(status);
      return fields.lobId === lobId && (known === 'Pending' || known === 'On Order');
    })
    .flatMap(({ lines }) => lines.filter((line) => line.sku === sku))
    .reduce((sum, { orderedQty }) => sum + orderedQty, 0);
}
