import { bigcommerceSeed } from '../seed.js';
import type { Catalog, Variant } from './catalog.js';

/** What stands in the store under one number: of a variant, or of a product that is tracked as a whole. */
export interface StockItem {
  productId: number;
  /** Null where the product is tracked as a whole. */
  variantId: number | null;
  skuId: number;
  sku: string;
  safetyStock: number;
  /** By location. */
  onHand: Map<number, number>;
}

/** Why a number moved. */
export type StockReason = 'order' | 'adjustment' | 'hand';

export interface StockMovement {
  time: number;
  sku: string;
  locationId: number;
  change: number;
  reason: StockReason;
  /** Of the order that moved it. */
  orderId: number | null;
}

/** Where orders take what they need. */
const defaultLocationId = 1;

/** All numbers of the store. Who moves them, and when, is decided elsewhere. */
export class Stock {
  readonly items: readonly StockItem[];
  readonly movements: StockMovement[] = [];

  /** `moved` hears of each change of a number. */
  constructor(
    catalog: Catalog,
    private readonly now: () => number,
    private readonly moved: (item: StockItem, reason: StockReason) => void,
  ) {
    this.items = catalog.products.flatMap((product) => {
      const variants = product.variants.slice(0, product.tracking === 'variant' ? undefined : 1);
      if (product.tracking === 'none') return [];
      return variants.map(({ id, sku, skuId, stock }) => ({
        productId: product.id,
        variantId: product.tracking === 'variant' ? id : null,
        ...{ skuId, sku, safetyStock: 0 },
        onHand: new Map(bigcommerceSeed.locations.map((location, index) => [location.id, index === 0 ? stock : 0])),
      }));
    });
  }

  /** Undefined where nothing is counted. */
  of({ id, product }: Pick<Variant, 'id' | 'product'>): StockItem | undefined {
    return this.items.find(({ productId, variantId }) => productId === product.id && (variantId ?? id) === id);
  }

  /** What orders may take. */
  available({ onHand, safetyStock }: StockItem): number {
    return Math.max(0, (onHand.get(defaultLocationId) ?? 0) - safetyStock);
  }

  level({ onHand }: StockItem): number {
    return [...onHand.values()].reduce((total, each) => total + each, 0);
  }

  /** Takes from the first location, or gives back to it. */
  move(item: StockItem, change: number, reason: StockReason, orderId: number | null): void {
    this.moveAt(item, defaultLocationId, change, reason, orderId);
  }

  moveAt(item: StockItem, locationId: number, change: number, reason: StockReason, orderId: number | null): void {
    if (change === 0) return;
    item.onHand.set(locationId, (item.onHand.get(locationId) ?? 0) + change);
    this.movements.push({ time: this.now(), sku: item.sku, locationId, change, reason, orderId });
    this.moved(item, reason);
  }
}
