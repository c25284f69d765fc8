import { jsonAnswer } from '../answer.js';
import { isOneOf, largestPage, listIn } from './query.js';
import { notFound } from './refusals.js';
import { type ApiRequest, type ApiRoute, idIn, sees } from './route.js';
import { flxpointSeed } from './seed.js';

const { accountId, channels, sources } = flxpointSeed;

export const accountRoutes: readonly ApiRoute[] = [
  {
    operation: 'account.get',
    method: 'GET',
    path: '/account',
    tokens: ['account'],
    // The authentication guide says so of this call alone.
    wrongKind: 403,
    handle: () =>
      jsonAnswer(200, {
        id: accountId,
        productPriceWorkflowEventId: null,
        defaultOrderRoutingGroupId: null,
        orderRoutingWorkflowEventId: null,
        subdomain: 'waybill',
        brandName: 'Waybill Goods',
        companyName: 'Waybill Goods Inc.',
      }),
  },
  {
    operation: 'channels.list',
    method: 'GET',
    // With the slash.
    path: '/channel/',
    tokens: ['account'],
    handle: () => jsonAnswer(200, channels.map(channelView)),
  },
  {
    operation: 'channels.get',
    method: 'GET',
    path: '/channel/:id',
    tokens: ['account', 'channel'],
    handle: (request) => jsonAnswer(200, channelView(channelOf(request))),
  },
  {
    operation: 'sources.list',
    method: 'GET',
    path: '/sources',
    tokens: ['account'],
    handle: ({ query }) => {
      const ids = listIn(query, 'filterByIds', largestPage)?.map(Number);
      return jsonAnswer(200, sources.filter(({ id }) => isOneOf<number>(id, ids)).map(sourceView));
    },
  },
];

function channelOf(request: ApiRequest) {
  const id = idIn(request);
  const found = channels.find((channel) => channel.id === id);
  if (found === undefined || !sees(request.caller.channelId, id)) throw notFound('channel', id);
  return found;
}

function channelView({ id, name }: (typeof channels)[number]): object {
  return {
    id,
    name,
    description: null,
    channelType: 'flxpoint.api.custom',
    accountId,
    primary: id === flxpointSeed.channelId,
    paymentCollection: true,
    archivedAt: null,
    // Requests are made when somebody makes them.
    autoGeneratePoOnImport: false,
    allowBackorder: false,
    allowDealers: false,
    inStoreOrder: false,
    listPriceProtection: false,
  };
}

const typeNames = { vendor_warehouse: 'Vendor Warehouse', internal_warehouse: 'Internal Warehouse' } as const;

function sourceView({ id, name, type }: (typeof sources)[number]): object {
  return {
    id,
    name,
    description: null,
    rateShopping: false,
    vendorId: null,
    type: { id: type === 'vendor_warehouse' ? 4 : 2, name: typeNames[type], handle: type },
    currency: { id: 1, code: 'USD', name: 'US Dollar', symbol: '$' },
  };
}
