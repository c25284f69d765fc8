import { created, done, shown } from './answers.js';
import { parseBody, readCustomFields } from './bodies.js';
import type { Fields } from './field-types.js';
import { lineFields, orderFields } from './order-fields.js';
import { orderNumberFrom } from './order-numbers.js';
import { expectEditable, knownOrder, orderOf, write } from './order-requests.js';
import { parseOrder } from './order-rules.js';
import { lineRow, orderRow, orderView, templateView } from './order-view.js';
import { Refused, refused } from './refusals.js';
import type { ApiRoute } from './route.js';
import { search } from './search.js';
import type { Site } from './site.js';
import { view } from './view.js';

export const orderRoutes: readonly ApiRoute[] = [
  {
    operation: 'order.create',
    method: 'POST',
    path: '/order',
    handle: ({ site, user, body }) => {
      const content = parseOrder(site, body);
      return created(orderView(site, site.orders.create(content, user)));
    },
  },
  {
    operation: 'order.search',
    method: 'GET',
    path: '/order/search',
    handle: ({ site, query }) => {
      const orders = new Map(site.orders.searchable().map((order) => [orderRow(order), order]));
      const found = search([...orders.keys()], orderFields, query, filterable(site));
      return shown(found.flatMap((row) => orders.get(row) ?? []).map((order) => orderView(site, order)));
    },
  },
  {
    operation: 'order.get',
    method: 'GET',
    path: '/order/:orderNo',
    handle: (request) => shown(orderView(request.site, orderOf(request))),
  },
  {
    operation: 'order.duplicate',
    method: 'GET',
    path: '/order/duplicate/:orderNo',
    handle: (request) => shown(templateView(request.site, orderOf(request))),
  },
  {
    operation: 'order.update',
    method: 'PUT',
    path: '/order',
    handle: ({ site, body }) => {
      const order = orderInBody(site, body);
      expectEditable(order, 'updated');
      const content = parseOrder(site, body, order);
      write(site, order, (draft) => Object.assign(draft, content));
      return done();
    },
  },
  {
    operation: 'order.updateCustomFields',
    method: 'PUT',
    path: '/order/customFields',
    handle: ({ site, body }) => {
      const order = orderInBody(site, body);
      expectEditable(order, 'updated');
      const problems: string[] = [];
      const values = readCustomFields(parseBody(body), problems);
      if (problems.length > 0) throw new Refused(400, problems);
      write(site, order, (draft) => Object.assign(draft.customFields, values));
      return done();
    },
  },
  {
    operation: 'order.delete',
    method: 'DELETE',
    path: '/order/:orderNo',
    handle: (request) => {
      const order = orderOf(request);
      expectEditable(order, 'deleted');
      request.site.orders.remove(order.orderNo);
      return done();
    },
  },
  {
    operation: 'orderLine.search',
    method: 'GET',
    path: '/orderLine/search',
    handle: ({ site, query }) => {
      const rows = site.orders.searchable().flatMap((order) => order.lines.map((line) => lineRow(order, line)));
      const { orderNumbers } = site.settings;
      return shown(search(rows, lineFields, query).map((row) => view(row, lineFields, orderNumbers)));
    },
  },
  {
    operation: 'orderLine.get',
    method: 'GET',
    path: '/orderLine/:id',
    handle: ({ site, params: { id = '' } }) => {
      for (const order of site.orders.all()) {
        const line = order.lines.find((each) => String(each.id) === id);
        if (line !== undefined) return shown(view(lineRow(order, line), lineFields, site.settings.orderNumbers));
      }
      throw refused(404, `Could not find an OrderLine with id ${id}.`);
    },
  },
];

/** Some accounts refuse to filter by the date of the last change. */
function filterable({ settings }: Site): Fields {
  return settings.modifyDateFilter ? orderFields : new Map([...orderFields].filter(([name]) => name !== 'modifyDate'));
}

function orderInBody(site: Site, text: unknown) {
  const { orderNo } = parseBody(text);
  const number = orderNumberFrom(String(orderNo));
  if (number === null) throw refused(400, 'orderNo is missing.');
  return knownOrder(site, number);
}
