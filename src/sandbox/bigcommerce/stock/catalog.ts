import { bigcommerceSeed, type SeedProduct } from '../seed.js';

export type Product = SeedProduct;

export interface Variant {
  id: number;
  sku: string;
  skuId: number;
  value: { id: number; label: string } | null;
  product: Product;
}

/** The products of the store, each with its variants; a product without options has one of its own. */
export class Catalog {
  readonly products: readonly Product[] = bigcommerceSeed.products;
  readonly variants: readonly Variant[] = this.products.flatMap((product) =>
    product.variants.map(({ id, sku, skuId, value }) => ({ id, sku, skuId, value, product })),
  );

  product(id: number): Product | undefined {
    return this.products.find((product) => product.id === id);
  }

  variantsOf({ id }: Product): readonly Variant[] {
    return this.variants.filter(({ product }) => product.id === id);
  }

  variant(id: number): Variant | undefined {
    return this.variants.find((variant) => variant.id === id);
  }

  bySku(sku: string): Variant | undefined {
    return this.variants.find((variant) => variant.sku === sku);
  }
}
