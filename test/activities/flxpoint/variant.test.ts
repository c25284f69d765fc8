import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Received, Reply } from '../scripted-server.js';
import { ScriptedServer } from '../scripted-server.js';
import { at, handsOf, lineOf } from './rig.js';

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.stop());

const listing = { id: 330118, sku: 'TEE-GREEN-M' };
const product = { id: 915502, sku: 'TEE-GREEN-M' };

/** Both lists, whose pages after the first are empty. */
const catalogue =
  (listings: readonly object[], products: readonly object[] = []) =>
  ({ path }: Received): Reply => {
    const first = new URL(path, 'http://x').searchParams.get('page') === '1';
    const all = path.startsWith('/listing/variants') ? listings : products;
    return { body: first ? all : [] };
  };

const bySku = { sku: 'TEE-GREEN-M' };
const byListing = { sku: undefined, listingVariantId: '330118' };
const byProduct = { sku: undefined, productVariantId: '915502' };

test.each<[string, object, Parameters<typeof catalogue>, object]>([
  [
    "a listing of the order's channel",
    bySku,
    [[listing], [product]],
    { variant: { sku: 'TEE-GREEN-M', listingVariantId: '330118' } },
  ],
  [
    'a product where there is no listing',
    bySku,
    [[], [product]],
    { variant: { sku: 'TEE-GREEN-M', productVariantId: '915502' } },
  ],
  [
    'the exact SKU among others',
    bySku,
    [[{ id: 1, sku: 'TEE-GREEN-M2' }, { id: 2, sku: null }, listing]],
    { variant: { listingVariantId: '330118' } },
  ],
  [
    'a SKU in other letters, which is another',
    bySku,
    [[], [{ id: 1, sku: 'tee-green-m' }]],
    { refused: 'no product has the SKU TEE-GREEN-M' },
  ],
  ['no product', bySku, [[], []], { refused: 'no product has the SKU TEE-GREEN-M' }],
  [
    'several',
    bySku,
    [[listing, { id: 5, sku: 'TEE-GREEN-M' }]],
    { refused: 'several products have the SKU TEE-GREEN-M; give one of them as listingVariantId: 330118, 5' },
  ],
  ['a listing by its id', byListing, [[listing]], { variant: { sku: 'TEE-GREEN-M', listingVariantId: '330118' } }],
  ['a listing by an id of another channel', byListing, [[]], { refused: 'listingVariantId 330118 is not known' }],
  ['a product by its id', byProduct, [[], [product]], { variant: { sku: 'TEE-GREEN-M', productVariantId: '915502' } }],
  [
    'a product by its id when the filter is passed over',
    byProduct,
    [[], [{ id: 1, sku: 'X' }]],
    { refused: 'productVariantId 915502 is not known' },
  ],
])('%s', async (_, product, [listings, products], expected) => {
  server.answers(catalogue(listings, products));
  expect(await handsOf(server).findVariant(at, lineOf(product), '47110')).toMatchObject(expected);
});

test('the channel is named by an account token, implied by a channel token, and none for an order without one', async () => {
  server.answers(catalogue([listing], [product]));
  await handsOf(server).findVariant(at, lineOf(), '47110');
  expect(server.received[0]?.path).toBe('/listing/variants?skus=TEE-GREEN-M&channelId=47110&page=1&pageSize=50');
  server.answers(catalogue([listing], [product]));
  await handsOf(server, { tokenKind: 'channel' }).findVariant(at, lineOf(), '47110');
  expect(server.received[0]?.path).toBe('/listing/variants?skus=TEE-GREEN-M&page=1&pageSize=50');
  server.answers(catalogue([listing], [product]));
  await handsOf(server).findVariant(at, lineOf(), null);
  expect(server.received[0]?.path).toBe('/product/variants?skus=TEE-GREEN-M&page=1&pageSize=50');
});

test('a channel token has the listings only', async () => {
  server.answers(catalogue([], [product]));
  const hands = handsOf(server, { tokenKind: 'channel' });
  expect(await hands.findVariant(at, lineOf(), '47110')).toEqual({
    refused: 'the channel lists no product with the SKU TEE-GREEN-M',
  });
  expect(server.received.filter(({ path }) => path.startsWith('/product'))).toEqual([]);
});

test('the list is read while a page may be full, and no further when pages are not understood', async () => {
  const many = (from: number) => Array.from({ length: 50 }, (_, index) => ({ id: from + index, sku: `S-${index}` }));
  const find = () => handsOf(server).findVariant(at, lineOf(), '47110');
  const pages = [many(1), many(51), [listing]];
  server.answers(({ path }) => ({ body: pages[Number(new URL(path, 'http://x').searchParams.get('page')) - 1] }));
  expect(await find()).toHaveProperty('variant');
  expect(server.received).toHaveLength(3);
  server.answers({ body: [...many(1), listing] });
  expect(await find()).toHaveProperty('variant');
  expect(server.received).toHaveLength(2);
});
