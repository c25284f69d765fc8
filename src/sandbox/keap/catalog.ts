import { type Micros, toMicros } from './money.js';
import { keapSeed } from './seed.js';

export interface Product {
  id: number;
  name: string;
  sku: string;
  price: Micros;
  shortDescription: string;
  description: string | null;
  active: boolean;
  shippable: boolean;
  taxable: boolean;
  subscriptionOnly: boolean;
  storefrontHidden: boolean;
  weight: number | null;
  inventory: number;
  createdAt: number;
}

export type NewProduct = Pick<Product, 'name' | 'sku' | 'price'> & Partial<Product>;

export interface SubscriptionPlan {
  id: number;
  productId: number;
  price: Micros;
  /** Keap's codes: 1 year, 2 month, 3 week, 6 day. */
  cycle: string;
  frequency: number;
  active: boolean;
}

/** Products and subscription plans. A SKU may belong to several products. */
export class Catalog {
  readonly #products = new Map<number, Product>();
  readonly #bySku = new Map<string, Product[]>();
  readonly #plans = new Map<number, SubscriptionPlan>();
  #nextId = 1;

  constructor(now: number) {
    for (const seed of keapSeed.products) this.add({ ...seed, price: toMicros(seed.price) }, now);
    const plan = keapSeed.subscriptionPlan;
    this.#plans.set(plan.id, { ...plan, price: toMicros(plan.price), active: true });
  }

  add(product: NewProduct, now: number): Product {
    const id = product.id ?? this.#nextId;
    this.#nextId = Math.max(this.#nextId, id + 1);
    const added: Product = {
      shortDescription: product.name,
      description: null,
      active: true,
      shippable: true,
      taxable: true,
      subscriptionOnly: false,
      storefrontHidden: false,
      weight: null,
      inventory: 0,
      createdAt: now,
      ...product,
      id,
    };
    this.#products.set(id, added);
    const key = added.sku.toLowerCase();
    this.#bySku.set(key, [...(this.#bySku.get(key) ?? []), added]);
    return added;
  }

  get(id: number): Product | undefined {
    return this.#products.get(id);
  }

  bySku(sku: string): readonly Product[] {
    return this.#bySku.get(sku.toLowerCase()) ?? [];
  }

  all(): Iterable<Product> {
    return this.#products.values();
  }

  plan(id: number): SubscriptionPlan | undefined {
    return this.#plans.get(id);
  }

  plans(): Iterable<SubscriptionPlan> {
    return this.#plans.values();
  }
}
