import type { Ids } from './ids.js';
import { logisticsPlusSeed } from './seed.js';

export interface ProductAttribute {
  key: string;
  requiredForWarehouseRelease?: boolean | undefined;
  requiredForRfConfirmation?: boolean | undefined;
}

export interface Product {
  id: string;
  /** Unique, and never changed. */
  productCode: string;
  productDescription: string;
  productUnit: string;
  /** A decimal as text. */
  unitPrice: string;
  unitPriceCurrency: string;
  dimHeight: number;
  dimWidth: number;
  dimDepth: number;
  dimUnit: string;
  weightPerProduct: number;
  weightPerProductUnit: string;
  clientProductCode?: string | undefined;
  clientProductDescription?: string | undefined;
  clientProductUnit?: string | undefined;
  /** ANE: each unit has a serial number. */
  pickMode: 'ANE' | 'ASP';
  productAttributes: ProductAttribute[];
}

export type NewProduct = Pick<Product, 'productCode' | 'productDescription'> & Partial<Omit<Product, 'id'>>;

/** The attribute by which goods with serial numbers are told apart. */
export const serialKey = 'Serial Number';

export const serialAttribute: ProductAttribute = {
  key: serialKey,
  requiredForWarehouseRelease: true,
  requiredForRfConfirmation: true,
};

/** The products of an account. */
export class Catalog {
  readonly #products = new Map<string, Product>();

  constructor(
    private readonly ids: Ids,
    now: number,
  ) {
    for (const seed of logisticsPlusSeed.products) {
      this.add({ ...seed, productAttributes: seed.pickMode === 'ANE' ? [serialAttribute] : [] }, now);
    }
  }

  add(product: NewProduct, now: number): Product {
    if (this.byCode(product.productCode) !== undefined) {
      throw new Error(`There is a product ${product.productCode} already.`);
    }
    const added: Product = {
      productUnit: 'UNT',
      unitPrice: '0.0000',
      unitPriceCurrency: 'USD',
      dimHeight: 4.5,
      dimWidth: 3.5,
      dimDepth: 3.5,
      dimUnit: 'IN',
      weightPerProduct: 1,
      weightPerProductUnit: 'LB',
      pickMode: 'ASP',
      productAttributes: [],
      ...product,
      id: this.ids.next(now),
    };
    this.#products.set(added.id, added);
    return added;
  }

  get(id: string): Product | undefined {
    return this.#products.get(id);
  }

  byCode(code: string): Product | undefined {
    return [...this.#products.values()].find(({ productCode }) => productCode === code);
  }

  all(): Iterable<Product> {
    return this.#products.values();
  }
}
