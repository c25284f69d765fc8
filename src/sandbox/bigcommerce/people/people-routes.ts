import { isOneOf, numbersIn, v3Answer, v3List, valuesIn } from '../query.js';
import { notFound } from '../refusals.js';
import { type ApiRoute, idIn } from '../route.js';
import { needs } from '../scopes.js';
import type { Channel } from './channels.js';
import type { Customer } from './customers.js';

/** Who buys, and where. */
export const peopleRoutes: readonly ApiRoute[] = [
  {
    operation: 'customers.list',
    method: 'GET',
    path: '/customers',
    scopes: needs.readCustomers,
    handle: ({ store, query }) => {
      const [ids, emails] = [numbersIn(query, 'id'), valuesIn(query, 'email')?.map((each) => each.toLowerCase())];
      const found = store.customers.all.filter(({ id, email }) => isOneOf(id, ids) && isOneOf(email, emails));
      return v3List(found, query, customerView);
    },
  },
  {
    operation: 'channels.list',
    method: 'GET',
    path: '/channels',
    scopes: needs.readChannels,
    handle: ({ store, query }) => v3List(store.channels.all, query, channelView),
  },
  {
    operation: 'channels.get',
    method: 'GET',
    path: '/channels/:channelId',
    scopes: needs.readChannels,
    handle: (request) => {
      const channel = request.store.channels.byId(idIn(request, 'channelId'));
      if (channel === undefined) throw notFound();
      return v3Answer(200, channelView(channel));
    },
  },
];

const since = '2026-01-01T00:00:00Z';

function customerView({ id, email, firstName, lastName, storeCredit }: Customer): object {
  return {
    ...{ id, email, first_name: firstName, last_name: lastName, company: '', phone: '', notes: '' },
    ...{ tax_exempt_category: '', customer_group_id: 0, registration_ip_address: '', address_count: 0 },
    ...{
      attribute_count: 0,
      date_created: since,
      date_modified: since,
      accepts_product_review_abandoned_cart_emails: false,
    },
    authentication: { force_password_reset: false },
    ...{ origin_channel_id: 1, channel_ids: [1] },
    store_credit_amounts: [{ amount: storeCredit }],
  };
}

function channelView({ id, name, type, platform, status, isEnabled }: Channel): object {
  return {
    ...{ id, name, type, platform, status, is_enabled: isEnabled, is_visible: true, is_listable_from_ui: true },
    ...{ external_id: '', icon_url: '', date_created: since, date_modified: since },
  };
}
