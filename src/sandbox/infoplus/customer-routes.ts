import { created, done, shown } from './answers.js';
import { expectGiven, parseBody, readCustomFields, readFields } from './bodies.js';
import { customerFields, writableCustomerFields } from './customer-fields.js';
import { type Customer, type CustomerContent, customerRow } from './customers.js';
import { Refused, refused } from './refusals.js';
import type { ApiRequest, ApiRoute } from './route.js';
import { search } from './search.js';
import { infoplusSeed } from './seed.js';
import type { Site } from './site.js';
import { view } from './view.js';

const requiredFields = [
  ...['lobId', 'customerNo', 'name', 'street', 'city', 'zipCode', 'country'],
  ...['packageCarrierId', 'truckCarrierId', 'weightBreak', 'residential'],
];

export const customerRoutes: readonly ApiRoute[] = [
  {
    operation: 'customer.search',
    method: 'GET',
    path: '/customer/search',
    handle: ({ site, query }) => {
      const found = search(site.customers.asOf(site.searchedAt).map(customerRow), customerFields, query);
      return shown(found.map((row) => view(row, customerFields, site.settings.orderNumbers)));
    },
  },
  {
    operation: 'customer.getByCustomerNo',
    method: 'GET',
    path: '/customer/getByCustomerNo',
    handle: ({ site, query }) => {
      const [lobId, customerNo] = [query.get('lobId'), query.get('customerNo')];
      if (lobId === null || customerNo === null) throw refused(400, 'lobId and customerNo have to be given.');
      const customer = site.customers.byNumber(Number(lobId), customerNo);
      if (customer === undefined) throw refused(404, `Could not find a Customer with number ${customerNo}.`);
      return shown(customerView(site, customer));
    },
  },
  {
    operation: 'customer.get',
    method: 'GET',
    path: '/customer/:id',
    handle: (request) => shown(customerView(request.site, customerOf(request))),
  },
  {
    operation: 'customer.create',
    method: 'POST',
    path: '/customer',
    handle: ({ site, body }) => {
      const content = parseCustomer(site, body);
      return created(customerView(site, site.customers.add(content)));
    },
  },
  {
    operation: 'customer.update',
    method: 'PUT',
    path: '/customer',
    handle: ({ site, body }) => {
      const { id } = parseBody(body);
      const customer = knownCustomer(site, Number(id));
      site.customers.change(customer, parseCustomer(site, body, customer));
      return done();
    },
  },
  {
    operation: 'customer.delete',
    method: 'DELETE',
    path: '/customer/:id',
    handle: (request) => {
      const customer = customerOf(request);
      const { lobId, customerNo } = customer.fields;
      const has = request.site.orders
        .all()
        .some(({ fields }) => fields.lobId === lobId && fields.customerNo === customerNo);
      if (has) throw refused(400, `Customer ${customerNo} cannot be deleted because it has orders.`);
      request.site.customers.remove(customer);
      return done();
    },
  },
];

function customerOf({ site, params: { id = '' } }: ApiRequest): Customer {
  return knownCustomer(site, Number(id));
}

function knownCustomer({ customers }: Site, id: number): Customer {
  const customer = customers.get(id);
  if (customer === undefined) throw refused(404, `Could not find a Customer with id ${id}.`);
  return customer;
}

function parseCustomer({ customers }: Site, text: unknown, before?: Customer): CustomerContent {
  const body = parseBody(text);
  const problems: string[] = [];
  const fields = readFields(body, writableCustomerFields, problems);
  const customFields = readCustomFields(body, problems);
  expectGiven(fields, requiredFields, problems);
  if (problems.length > 0) throw new Refused(400, problems);
  const [lobId, customerNo] = [Number(fields.lobId), String(fields.customerNo)];
  if (infoplusSeed.linesOfBusiness.every(({ id }) => id !== lobId)) {
    throw refused(400, `Could not find a LineOfBusiness with id ${lobId}.`);
  }
  const same = customers.byNumber(lobId, customerNo);
  if (same !== undefined && same.id !== before?.id) {
    throw refused(400, `There is a Customer with number ${customerNo} already.`);
  }
  return { fields: { ...fields, lobId, customerNo }, customFields };
}

function customerView({ settings }: Site, customer: Customer): object {
  return view(customerRow(customer), customerFields, settings.orderNumbers);
}
