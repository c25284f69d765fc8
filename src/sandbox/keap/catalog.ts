import type { Rhythm } from './billing-cycle.js';
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

export interface SubscriptionPlan extends Rhythm {
  id: number;
  productId: number;
  price: Micros;
  /** How many cycles it runs; 0 for ever. */
  cycles: number;
  active: boolean;
  prorate: boolean;
  /** Smaller ones are shown first. */
  displayOrder: number;
  createdAt: number;
}

export type NewPlan = Omit<SubscriptionPlan, 'id' | 'createdAt'>;

/** Products and subscription plans. A SKU may belong to several products. */
export class Catalog {
  readonly #products = new Map<number, Product>();
  readonly #bySku = new Map<string, Product[]>();
  readonly #plans = new Map<number, SubscriptionPlan>();
  #nextId = 1;
  #nextPlanId: number;

  constructor(now: number) {
    for (const seed of keapSeed.products) this.add({ ...seed, price: toMicros(seed.price) }, now);
    for (const { id, ...plan } of keapSeed.subscriptionPlans) {
      this.#plans.set(id, { prorate: false, ...plan, id, price: toMicros(plan.price), createdAt: now });
    }
    this.#nextPlanId = Math.max(...this.#plans.keys()) + 1;
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

  plansOf(productId: number): SubscriptionPlan[] {
    return [...this.#plans.values()].filter((plan) => plan.productId === productId);
  }

  addPlan(plan: NewPlan, now: number): SubscriptionPlan {
    const added = { ...plan, id: this.#nextPlanId++, createdAt: now };
    this.#plans.set(added.id, added);
    return added;
  }

  deletePlan(plan: SubscriptionPlan): void {
    this.#plans.delete(plan.id);
  }
}
