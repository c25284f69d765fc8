import type { FlxpointAt, FlxpointLine, FlxpointVariant } from '../../workflows/flxpoint/contract.js';
import type { FlxpointClient } from './client.js';
import type { Open } from './open.js';
import { may } from './rights.js';
import type { FlxpointSettings } from './settings.js';
import type { VariantThere } from './shapes.js';

/** The product of a line, or why there is none, for a person. */
export type FoundVariant = { readonly variant: FlxpointVariant } | { readonly refused: string };

/** The product of a line: the one variant id by which it is added. */
export function variantSteps({ open, settings }: Open) {
  return {
    /**
     * The listing of the order's channel where it has one, else the product of the catalogue. A given id is looked up too,
     * for the SKU by which the line's item is known again.
     */
    async findVariant(at: FlxpointAt, line: FlxpointLine, channelId: string | null): Promise<FoundVariant> {
      const client = open(at, [], [line.sku ?? []].flat());
      const { sku, listingVariantId, productVariantId } = line;
      if (listingVariantId !== undefined) {
        return byId(
          'listingVariantId',
          listingVariantId,
          await listings(client, settings, { ids: listingVariantId }, channelId),
        );
      }
      if (productVariantId !== undefined) {
        return byId('productVariantId', productVariantId, await client.productVariants({ ids: productVariantId }));
      }
      return bySku(client, settings, sku ?? '', channelId);
    },
  };
}

async function bySku(
  client: FlxpointClient,
  settings: FlxpointSettings,
  sku: string,
  channelId: string | null,
): Promise<FoundVariant> {
  const listed = withSku(await listings(client, settings, { skus: sku }, channelId), sku);
  if (listed.length > 0) return only('listingVariantId', sku, listed);
  if (!may(settings, 'productVariants.list')) return { refused: `the channel lists no product with the SKU ${sku}` };
  const products = withSku(await client.productVariants({ skus: sku }), sku);
  return only('productVariantId', sku, products);
}

/** A channel token implies the channel; an account token has to name it, so an order without one has no listings. */
async function listings(
  client: FlxpointClient,
  { tokenKind }: FlxpointSettings,
  query: { skus: string } | { ids: string },
  channelId: string | null,
): Promise<VariantThere[]> {
  if (tokenKind === 'channel') return client.listingVariants(query);
  return channelId === null ? [] : client.listingVariants({ ...query, channelId });
}

/** A filter that is not understood is passed over, so what comes is compared again, exactly. */
const withSku = (variants: readonly VariantThere[], sku: string): VariantThere[] =>
  variants.filter((variant) => variant.sku?.trim() === sku.trim());

function only(name: 'listingVariantId' | 'productVariantId', sku: string, variants: VariantThere[]): FoundVariant {
  const [first, ...more] = variants;
  if (first === undefined) return { refused: `no product has the SKU ${sku}` };
  if (more.length === 0) return { variant: { sku, [name]: first.id } };
  const ids = variants.map(({ id }) => id).join(', ');
  return { refused: `several products have the SKU ${sku}; give one of them as ${name}: ${ids}` };
}

function byId(
  name: 'listingVariantId' | 'productVariantId',
  wanted: string,
  variants: readonly VariantThere[],
): FoundVariant {
  const found = variants.find(({ id }) => id === wanted);
  if (found === undefined) return { refused: `${name} ${wanted} is not known` };
  return { variant: { ...(found.sku === undefined ? {} : { sku: found.sku }), [name]: wanted } };
}
