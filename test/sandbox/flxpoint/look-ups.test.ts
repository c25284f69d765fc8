import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FlxpointSandbox, flxpointSeed } from '../../../src/sandbox/index.js';
import { api, flxpoint, listingOf, sentLine, stopFlxpoint } from './wire.js';

let sandbox: FlxpointSandbox;

beforeEach(async () => {
  sandbox = await flxpoint();
});
afterEach(stopFlxpoint);

const { accountId, channelId, otherChannelId, sourceId, otherSourceId, skus, variants } = flxpointSeed;
const get = async (path: string) => (await api(sandbox, 'GET', path)).body;
const status = async (path: string) => (await api(sandbox, 'GET', path)).status;

test.each(skus.managed)('%s is found by its SKU as a listing, a product and at both sources', async (sku) => {
  const [listing] = await get(`/listing/variants?skus=${sku}&channelId=${channelId}`);
  expect(listing).toMatchObject({ id: listingOf(sku), sku, channelId });
  const [product] = await get(`/product/variants?skus=${sku}&includeListingLinks=true`);
  expect(product).toMatchObject({ sku, listingLinks: [{ listingVariantId: listing.id, channelId }, {}] });
  expect(listing.productVariantId).toBe(product.id);
  for (const source of [sourceId, otherSourceId]) {
    const found = await get(`/inventory/variants?skus=SUP-${sku}&sourceId=${source}`);
    expect(found).toMatchObject([{ sku: `SUP-${sku}`, sourceId: source, quantity: 1_000 }]);
  }
});

test('none, one and two hits', async () => {
  const listings = (sku: string) => get(`/listing/variants?skus=${sku}&channelId=${channelId}`);
  const products = (sku: string) => get(`/product/variants?skus=${sku}`);
  expect([await listings('NO'), await products('NO')]).toEqual([[], []]);
  expect(await listings(skus.notListed)).toEqual([]);
  expect(await products(skus.notListed)).toHaveLength(1);
  expect(await listings(skus.unmanaged)).toMatchObject([{ productVariantId: null }]);
  expect(await products(skus.unmanaged)).toEqual([]);
  expect(await listings(skus.ambiguous)).toHaveLength(2);
  expect(await products(skus.ambiguous)).toHaveLength(2);
});

test('several values are sent one by one, never more than a page; a comma is part of a SKU', async () => {
  const listing = (query: string) => `/listing/variants?channelId=${channelId}&${query}`;
  expect(await get(listing('skus=MUG-B&skus=TEA-1'))).toHaveLength(2);
  expect(await get(listing('skus=MUG-B,TEA-1'))).toEqual([]);
  expect(await get(listing(`ids=${listingOf('POT-2')}`))).toMatchObject([{ sku: 'POT-2' }]);
  expect(await status(listing('skus=MUG-B&skus=TEA-1&pageSize=1'))).toBe(400);
  expect(await get(listing('pageSize=2&page=2'))).toHaveLength(2);
  expect(await get(listing('page=9'))).toEqual([]);
  expect(await get(`/listing/variants/count?channelId=${channelId}`)).toEqual({
    count: variants.filter(({ listingVariantId }) => listingVariantId !== null).length,
  });
});

test('an account token has to name channel and source; other tokens imply their own', async () => {
  expect(await status('/listing/variants?skus=MUG-B')).toBe(400);
  expect(await status('/inventory/variants?skus=SUP-MUG-B')).toBe(400);
  expect((await api(sandbox, 'GET', '/listing/variants?skus=MUG-B', undefined, 'channel')).body).toHaveLength(1);
  const own = await api(
    sandbox,
    'GET',
    `/inventory/variants?skus=SUP-MUG-B&sourceId=${otherSourceId}`,
    undefined,
    'source',
  );
  expect(own.body).toMatchObject([{ sourceId }]);
  const [other] = await get(`/listing/variants?skus=MUG-B&channelId=${otherChannelId}`);
  expect(other.id).not.toBe(listingOf('MUG-B'));
});

test('products not by SKU and id at once; of stock, ids win', async () => {
  const [{ id }] = await get(`/inventory/variants?skus=SUP-TEA-1&sourceId=${sourceId}`);
  expect(id).toBeGreaterThan(2 ** 32);
  expect(await get(`/inventory/variants?skus=SUP-MUG-B&ids=${id}&sourceId=${sourceId}`)).toMatchObject([{ id }]);
  expect(await status('/product/variants?skus=MUG-B&ids=915440')).toBe(400);
  expect(await get('/product/variants?ids=915440')).toMatchObject([{ sku: 'MUG-B' }]);
});

test('stock goes with what is set aside and what leaves', async () => {
  const stock = async () => (await get(`/inventory/variants?skus=SUP-KETTLE-E&sourceId=${sourceId}`))[0];
  const { fulfillmentRequestId } = await sentLine(sandbox);
  expect(await stock()).toMatchObject({ quantity: 1_000, committedQuantity: 2 });
  sandbox.controls.ship({ fulfillmentRequestId });
  expect(await stock()).toMatchObject({ quantity: 998, committedQuantity: 0 });
});

test('the account, its channels and its sources', async () => {
  expect(await get('/account')).toMatchObject({ id: accountId });
  expect(await get('/channel/')).toMatchObject([{ id: channelId, primary: true }, { id: otherChannelId }]);
  expect(await get(`/channel/${otherChannelId}`)).toMatchObject({ id: otherChannelId, autoGeneratePoOnImport: false });
  expect(await status('/channel/1')).toBe(404);
  expect(await get('/sources')).toMatchObject([{ id: sourceId, currency: { code: 'USD' } }, { id: otherSourceId }]);
  expect(await get(`/sources?filterByIds=${otherSourceId}`)).toMatchObject([{ id: otherSourceId }]);
});
