import { jsonAnswer } from '../answer.js';
import { stockOfEach, type Variant } from './catalog.js';
import { currentState } from './orders.js';
import { type Measure, shipped } from './quantities.js';
import { flagIn, integerIn, isOneOf, listIn, pageOf, pageSizeIn } from './query.js';
import { refused } from './refusals.js';
import type { ApiRequest, ApiRoute } from './route.js';
import type { Tenant } from './tenant.js';

const names = { page: 'page', size: 'pageSize' };

export const variantRoutes: readonly ApiRoute[] = [
  {
    operation: 'listings.listVariants',
    method: 'GET',
    path: '/listing/variants',
    tokens: ['account', 'channel'],
    handle: (request) => jsonAnswer(200, pageOf(listedVariants(request), request.query, names)),
  },
  {
    operation: 'listings.countVariants',
    method: 'GET',
    path: '/listing/variants/count',
    tokens: ['account', 'channel'],
    handle: (request) => jsonAnswer(200, { count: listedVariants(request).length }),
  },
  {
    operation: 'products.listVariants',
    method: 'GET',
    path: '/product/variants',
    tokens: ['account'],
    handle: (request) => {
      const { query, tenant } = request;
      const { skus, ids } = wantedIn(query);
      if (skus !== undefined && ids !== undefined) throw refused(400, 'skus and ids cannot be sent together');
      const withListings = flagIn(query, 'includeListingLinks') ?? false;
      const found = tenant.catalog
        .all()
        .flatMap((variant) =>
          variant.productVariantId !== null && isOneOf(variant.sku, skus) && isOneOf(variant.productVariantId, ids)
            ? [{ ...variant, productVariantId: variant.productVariantId }]
            : [],
        )
        .map((variant) => ({
          id: variant.productVariantId,
          sku: variant.sku,
          title: variant.title,
          weight: variant.weight,
          ...(withListings && {
            listingLinks: variant.listings.map(({ id, channelId }) => ({ listingVariantId: id, channelId })),
          }),
        }));
      return jsonAnswer(200, pageOf(found, query, names));
    },
  },
  {
    operation: 'inventory.listVariants',
    method: 'GET',
    path: '/inventory/variants',
    tokens: ['account', 'source'],
    handle: (request) => {
      const { query, tenant } = request;
      const { skus, ids } = wantedIn(query);
      const sourceId = expectScope(request.caller.sourceId, query, 'sourceId');
      const found = tenant.catalog
        .all()
        .flatMap((variant) => variant.stock.map((stock) => ({ variant, stock })))
        .filter(
          ({ stock }) =>
            stock.sourceId === sourceId &&
            // Ids win over SKUs.
            (ids === undefined ? isOneOf(stock.sku, skus) : ids.includes(stock.inventoryVariantId)),
        )
        .map(({ variant, stock }) => ({
          id: stock.inventoryVariantId,
          sku: stock.sku,
          title: variant.title,
          sourceId,
          cost: stock.cost,
          ...stockLevels(tenant, stock.inventoryVariantId),
        }));
      return jsonAnswer(200, pageOf(found, query, names));
    },
  },
];

function listedVariants({ tenant, caller, query }: ApiRequest): object[] {
  const { skus, ids } = wantedIn(query);
  const channelId = expectScope(caller.channelId, query, 'channelId');
  const listing = ({ listings }: Variant) => listings.find((each) => each.channelId === channelId);
  return tenant.catalog.all().flatMap((variant) => {
    const listed = listing(variant);
    if (listed === undefined || !isOneOf(variant.sku, skus) || !isOneOf(listed.id, ids)) return [];
    return [
      {
        id: listed.id,
        sku: variant.sku,
        title: variant.title,
        channelId,
        price: variant.price,
        productVariantId: variant.productVariantId,
      },
    ];
  });
}

/** What a search names; not more of it than a page holds. */
function wantedIn(query: URLSearchParams): { skus: string[] | undefined; ids: number[] | undefined } {
  const most = pageSizeIn(query, 'pageSize');
  return { skus: listIn(query, 'skus', most), ids: listIn(query, 'ids', most)?.map(Number) };
}

/** Told by the token of one source or channel; every other token has to say it. */
function expectScope(own: number | null, query: URLSearchParams, name: string): number {
  const scope = own ?? integerIn(query, name);
  if (scope === undefined) throw refused(400, `${name} has to be sent`);
  return scope;
}

/** What a source has of a variant, and how much of that is set aside. */
function stockLevels({ orders }: Tenant, inventoryVariantId: number) {
  const requests = orders.all().flatMap((order) => currentState(order).fulfillmentRequests);
  const sum = (measure: Measure) =>
    requests.reduce(
      (total, request) =>
        total +
        request.items
          .filter((item) => item.inventoryVariantId === inventoryVariantId)
          .reduce((part, item) => part + measure(item, request), 0),
      0,
    );
  return { quantity: stockOfEach - sum(shipped), committedQuantity: sum(({ committedQuantity }) => committedQuantity) };
}
