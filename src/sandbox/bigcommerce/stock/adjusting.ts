import { randomUUID } from 'node:crypto';
import { type Answer, jsonAnswer } from '../../answer.js';
import { isMembers, type Members } from '../members.js';
import { errorType, OddlyRefused } from '../refusals.js';
import { bigcommerceSeed } from '../seed.js';
import type { Store } from '../store.js';
import type { StockItem } from './stock.js';

const mostItems = 2_000;

interface Adjustment {
  item: StockItem;
  locationId: number;
  quantity: number;
}

/** Changes numbers some time later: by so many, or to so many. */
export function adjust(store: Store, members: Members, kind: 'relative' | 'absolute'): Answer {
  const { items } = members;
  if (!Array.isArray(items) || items.length === 0) throw problem('items is required.');
  if (items.length > mostItems) throw problem(`No more than ${mostItems} items can be adjusted at once.`);
  const adjustments = items.map((item) => adjustmentOf(store, isMembers(item) ? item : {}, kind));
  store.agenda.after(store.settings.stockDelayMs, () => {
    for (const { item, locationId, quantity } of adjustments) {
      const change = kind === 'relative' ? quantity : quantity - (item.onHand.get(locationId) ?? 0);
      store.stock.moveAt(item, locationId, change, 'adjustment', null);
    }
  });
  return jsonAnswer(200, { transaction_id: randomUUID() });
}

function adjustmentOf(store: Store, members: Members, kind: 'relative' | 'absolute'): Adjustment {
  const { location_id: locationId, quantity } = members;
  if (!bigcommerceSeed.locations.some(({ id }) => id === locationId)) throw problem('The location is not found.');
  const whole = typeof quantity === 'number' && Number.isSafeInteger(quantity);
  if (!whole || (kind === 'absolute' && quantity < 0)) throw problem('quantity is invalid.');
  return { item: itemOf(store, members), locationId: Number(locationId), quantity };
}

/** Named by what it is tracked by: its variant, or its product; a SKU names either. */
function itemOf({ catalog, stock }: Store, { sku, variant_id: variantId, product_id: productId }: Members): StockItem {
  if (sku !== undefined) {
    const variant = catalog.bySku(String(sku));
    return (variant && stock.of(variant)) ?? refuse(`[Item with sku ${String(sku)} is not tracked]`);
  }
  if (variantId !== undefined) {
    const variant = catalog.variant(Number(variantId));
    if (variant?.product.tracking === 'product') {
      throw problem(`[Item with variant_id ${variantId} is tracked by product, please update stock by product id]`);
    }
    return (variant && stock.of(variant)) ?? refuse(`[Item with variant_id ${variantId} is not tracked]`);
  }
  const product = catalog.product(Number(productId));
  if (product?.tracking === 'variant') {
    throw problem(`[Item with product_id ${productId} is tracked by variant, please update stock by variant id]`);
  }
  const [variant] = product === undefined ? [] : catalog.variantsOf(product);
  return (variant && stock.of(variant)) ?? refuse(`[Item with product_id ${productId} is not tracked]`);
}

function refuse(title: string): never {
  throw problem(title);
}

/** These refusals are of a media type of their own. */
function problem(title: string): OddlyRefused {
  const answer = jsonAnswer(422, { status: 422, title, type: errorType, errors: {} });
  return new OddlyRefused({ ...answer, headers: { 'content-type': 'application/problem+json' } });
}
