import { flxpointSeed } from './seed.js';

/** A product as an order's line, a listing of a channel and a source's stock know it. */
export interface Variant {
  sku: string;
  title: string;
  price: number;
  weight: number;
  /** Null while the SKU is not managed. */
  productVariantId: number | null;
  listings: readonly { id: number; channelId: number }[];
  stock: readonly Stock[];
  components: readonly { variant: Variant; quantity: number }[];
}

export interface Stock {
  /** Longer than 32 bits. */
  inventoryVariantId: number;
  sourceId: number;
  /** The supplier's own. */
  sku: string;
  cost: number;
}

/** Added to the id in the first channel for the same listing in the other one. */
const otherChannelOffset = 1_000;
const firstInventoryVariantId = 5_120_047_711;
/** Units that a source shows of everything. */
export const stockOfEach = 1_000;

/** Every variant of the account. */
export class Catalog {
  readonly #variants: Variant[] = [];

  constructor() {
    for (const [index, seed] of flxpointSeed.variants.entries()) {
      const { components = {}, listingVariantId, ...rest } = seed;
      const { channelId, otherChannelId } = flxpointSeed;
      this.#variants.push({
        ...rest,
        listings:
          listingVariantId === null
            ? []
            : [
                { id: listingVariantId, channelId },
                { id: listingVariantId + otherChannelOffset, channelId: otherChannelId },
              ],
        // What is not managed is at no source, and a bundle in its parts only.
        stock: rest.productVariantId === null || seed.components !== undefined ? [] : stockOf(seed, index),
        components: Object.entries(components).map(([sku, quantity]) => ({ variant: this.expect(sku), quantity })),
      });
    }
  }

  all(): readonly Variant[] {
    return this.#variants;
  }

  byProduct(id: number): Variant | undefined {
    return this.#variants.find(({ productVariantId }) => productVariantId === id);
  }

  byListing(id: number, channelId: number): Variant | undefined {
    return this.#variants.find(({ listings }) =>
      listings.some((listing) => listing.id === id && listing.channelId === channelId),
    );
  }

  /** The first variant with this SKU; throws when there is none. */
  expect(sku: string): Variant {
    const found = this.#variants.find((variant) => variant.sku === sku);
    if (found === undefined) throw new Error(`There is no variant ${sku}.`);
    return found;
  }
}

function stockOf({ sku, price }: { sku: string; price: number }, index: number): Stock[] {
  return flxpointSeed.sources.map(({ id }, place) => ({
    inventoryVariantId: firstInventoryVariantId + 100 * place + index,
    sourceId: id,
    sku: `SUP-${sku}`,
    cost: price / 2,
  }));
}

export function listingIn({ listings }: Variant, channelId: number): number | null {
  return listings.find((listing) => listing.channelId === channelId)?.id ?? null;
}
